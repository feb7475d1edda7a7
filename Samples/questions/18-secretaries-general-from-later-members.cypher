// Which Secretaries-General came from a state that was not a founding member?
MATCH (person:Person)-[office:HOLDS_OFFICE]->(:Body {id: 'sg-asean'})
  WHERE coalesce(office.preferred, true)
MATCH (person)-[nationality:NATIONAL_OF]->(state:State)
  WHERE NOT (state)-[:MEMBER_OF {founding: true}]->(:Body {shortName: 'ASEAN'})
RETURN DISTINCT person.name AS secretaryGeneral,
  state.name AS comesFrom,
  nationality.source AS source
  ORDER BY secretaryGeneral
