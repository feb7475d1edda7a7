// Which priority areas does the ACCSM Work Plan 2021-2025 have?
MATCH (:Document {title: 'ACCSM Work Plan 2021-2025'})-[claim:HAS_PRIORITY_AREA]->(topic:Topic)
WITH topic, claim
  ORDER BY claim.source
RETURN topic.name AS priorityArea, collect(claim.source) AS sources
  ORDER BY priorityArea
