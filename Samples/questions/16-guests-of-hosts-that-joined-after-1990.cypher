// Which partners and observers took part in meetings hosted by a state that joined ASEAN after 1990?
MATCH (host:State)-[membership:MEMBER_OF]->(:Body {shortName: 'ASEAN'})
  WHERE coalesce(membership.preferred, true)
WITH host, min(membership.since) AS joined
  WHERE joined > date('1990-12-31')
MATCH (host)-[:HOSTED]->(meeting:Meeting)<-[claim:PARTICIPATED_IN]-(guest:State)
  WHERE claim.role IN ['plus-three', 'observer', 'dialogue-partner', 'eas-participant']
WITH DISTINCT guest, host, meeting, claim
RETURN guest.name AS participant,
  claim.role AS role,
  meeting.name AS attended,
  host.name AS hostedBy,
  claim.source AS source
  ORDER BY participant, role, attended, source
