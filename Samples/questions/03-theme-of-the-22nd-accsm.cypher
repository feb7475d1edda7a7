// Under which theme did the 22nd ACCSM meet?
MATCH (:Meeting {name: '22nd ACCSM'})-[claim:HAS_THEME]->(topic:Topic)
RETURN topic.name AS theme, claim.source AS source
  ORDER BY theme, source
