// Who chaired ACCSM on 2024-12-01, and do the sources agree?
WITH date('2024-12-01') AS day
MATCH (state:State)-[claim:CHAIRS]->(:Body {id: 'accsm'})
  WHERE coalesce(claim.since, day) <= day <= coalesce(claim.until, day)
    AND coalesce(claim.preferred, true)
WITH collect({state: state.name, claim: claim}) AS claims, count(DISTINCT state) AS candidates
UNWIND claims AS entry
WITH entry.state AS chair, entry.claim AS claim, candidates
RETURN chair,
  claim.sinceText AS since,
  claim.untilText AS until,
  claim.source AS source,
  claim.conflicts AS conflicts,
  candidates = 1 AS sourcesAgree
  ORDER BY chair, since, source
