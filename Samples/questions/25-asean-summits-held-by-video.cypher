// Which ASEAN Summits were held by video, and in which chair year?
MATCH (host:State)-[:HOSTED]->(summit:Meeting {mode: 'virtual'})
    -[:MEETING_OF]->(:Body {name: 'ASEAN Summit'})
RETURN DISTINCT summit.name AS name,
  summit.startDate.year AS year,
  host.name AS chair,
  summit.source AS source
  ORDER BY name
