// Which people are recorded at both the 22nd ACCSM and the 7th ACCSM+3?
MATCH (person:Person)-[first:ATTENDED]->(:Meeting {name: '22nd ACCSM'})
MATCH (person)-[second:ATTENDED]->(:Meeting {name: '7th ACCSM+3'})
RETURN person.name AS name, first.role AS role, [first.source, second.source] AS sources
  ORDER BY name, role
