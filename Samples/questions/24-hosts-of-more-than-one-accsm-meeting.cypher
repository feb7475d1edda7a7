// Which states host more than one of the meetings filed under ACCSM, ACCSM+3 and the Heads retreats
// (workshops, forums, preparatory and planned meetings included, separate senior officials meetings not)?
MATCH (host:State)-[:HOSTED]->(meeting:Meeting)-[:MEETING_OF]->(body:Body)
  WHERE body.shortName IN ['ACCSM', 'ACCSM+3', 'AHOCS Retreat']
    AND meeting.confidence <> 'general-knowledge'
WITH host, meeting
  ORDER BY meeting.source
WITH host, count(DISTINCT meeting) AS meetings, collect(DISTINCT meeting.source) AS sources
  WHERE meetings > 1
RETURN host.name AS state, meetings, sources
  ORDER BY meetings DESC, state
