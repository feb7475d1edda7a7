// Who chaired ACCSM on 2022-10-01?
WITH date('2022-10-01') AS day
MATCH (state:State)-[claim:CHAIRS]->(:Body {id: 'accsm'})
  WHERE coalesce(claim.since, day) <= day <= coalesce(claim.until, day)
    AND coalesce(claim.preferred, true)
RETURN state.name AS chair,
  claim.sinceText AS since,
  claim.untilText AS until,
  claim.source AS source,
  claim.conflicts AS conflicts
  ORDER BY since, chair, source
