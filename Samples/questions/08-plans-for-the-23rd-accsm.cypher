// Where and when is the 23rd ACCSM planned, and who is to chair it?
MATCH (meeting:Meeting {name: '23rd ACCSM'})-[claim:CHAIRED_BY]->(state:State)
RETURN meeting.city AS city,
  meeting.startDateText AS date,
  state.name AS chair,
  meeting.status AS status,
  [meeting.source, claim.source] AS sources
  ORDER BY city, date, chair
