// Which member states joined after 1990, in order of accession?
MATCH (state:State)-[membership:MEMBER_OF]->(:Body {shortName: 'ASEAN'})
  WHERE membership.since > date('1990-12-31') AND coalesce(membership.preferred, true)
WITH state, membership
  ORDER BY membership.source
RETURN membership.since AS joined, state.name AS member, collect(membership.source) AS sources
  ORDER BY joined, member
