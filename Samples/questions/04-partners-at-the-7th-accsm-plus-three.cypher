// Which partner states took part in the 7th ACCSM+3?
MATCH (state:State)-[claim:PARTICIPATED_IN {role: 'plus-three'}]->(:Meeting {name: '7th ACCSM+3'})
RETURN state.name AS partner, claim.source AS source
  ORDER BY partner, source
