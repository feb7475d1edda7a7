// What was Timor-Leste to ASEAN on 2010-01-01, 2023-06-30 and 2026-01-01?
UNWIND [date('2010-01-01'), date('2023-06-30'), date('2026-01-01')] AS day
MATCH (state:State {name: 'Timor-Leste'}), (asean:Body {shortName: 'ASEAN'})
OPTIONAL MATCH (state)-[standing:MEMBER_OF|OBSERVER_OF]->(asean)
  WHERE coalesce(standing.since, day) <= day <= coalesce(standing.until, day)
    AND coalesce(standing.preferred, true)
WITH day, standing
  ORDER BY standing.source
RETURN day,
  coalesce(standing.role, 'no recorded status') AS status,
  collect(standing.source) AS sources
  ORDER BY day, status
