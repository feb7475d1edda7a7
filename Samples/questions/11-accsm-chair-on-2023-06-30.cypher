// Who chaired ACCSM on 2023-06-30?
WITH date('2023-06-30') AS day
MATCH (state:State)-[claim:CHAIRS]->(:Body {id: 'accsm'})
  WHERE coalesce(claim.since, day) <= day <= coalesce(claim.until, day)
    AND coalesce(claim.preferred, true)
WITH state, claim
  ORDER BY claim.source
RETURN state.name AS chair, collect(claim.source) AS sources
  ORDER BY chair
