// How many member states did ASEAN have on 1997-07-01, and which?
WITH date('1997-07-01') AS day
MATCH (state:State)-[membership:MEMBER_OF]->(:Body {shortName: 'ASEAN'})
  WHERE coalesce(membership.since, day) <= day <= coalesce(membership.until, day)
    AND coalesce(membership.preferred, true)
WITH state, membership
  ORDER BY state.name
RETURN count(DISTINCT state) AS members,
  collect(DISTINCT state.name) AS states,
  collect(DISTINCT membership.source) AS sources
