// Who chaired the 22nd ACCSM?
MATCH (:Meeting {name: '22nd ACCSM'})-[claim:CHAIRED_BY]->(state:State)
RETURN state.name AS chair, claim.source AS source
  ORDER BY chair, source
