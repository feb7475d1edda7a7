// Who was Secretary-General of ASEAN on 2024-08-07, and from which state?
WITH date('2024-08-07') AS day
MATCH (person:Person)-[office:HOLDS_OFFICE]->(:Body {id: 'sg-asean'})
  WHERE coalesce(office.since, day) <= day <= coalesce(office.until, day)
    AND coalesce(office.preferred, true)
MATCH (person)-[nationality:NATIONAL_OF]->(state:State)
UNWIND [office.source, nationality.source] AS source
WITH DISTINCT person, state, source
  ORDER BY source
RETURN person.name AS secretaryGeneral, state.name AS comesFrom, collect(source) AS sources
  ORDER BY secretaryGeneral
