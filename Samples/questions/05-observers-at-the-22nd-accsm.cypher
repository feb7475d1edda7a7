// Who attended the 22nd ACCSM as an observer?
MATCH (participant)-[claim:PARTICIPATED_IN {role: 'observer'}]->(:Meeting {name: '22nd ACCSM'})
RETURN participant.name AS observer, claim.source AS source
  ORDER BY observer, source
