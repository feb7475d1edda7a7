// How many ASEAN Summits did each state host up to 2023-09-07?
MATCH (host:State)-[:HOSTED]->(summit:Meeting)-[:MEETING_OF]->(asean:Body {name: 'ASEAN Summit'})
  WHERE coalesce(summit.endDate, summit.startDate) <= date('2023-09-07')
WITH asean, host, summit
  ORDER BY summit.source
WITH asean, host, count(DISTINCT summit) AS summits, collect(DISTINCT summit.source) AS sources
OPTIONAL MATCH (host)-[claim:CLAIMED_HOST_COUNT]->(asean)
RETURN host.name AS state, summits, sources, claim.count AS otherCount, claim.conflicts AS conflicts
  ORDER BY summits DESC, state
