// Which declarations on the civil service were adopted at a meeting, and in which city and year?
MATCH (document:Document {kind: 'declaration'})-[claim:ADOPTED_AT]->(meeting:Meeting)
  WHERE document.title CONTAINS 'Civil Service'
RETURN document.title AS declaration,
  meeting.name AS adoptedAt,
  meeting.city AS city,
  meeting.startDate.year AS year,
  claim.source AS source
  ORDER BY meeting.startDate, declaration
