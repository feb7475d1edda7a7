// With which national bodies were the meetings of August 2024 organised?
MATCH (:Meeting {name: '22nd ACCSM'})-[claim:ORGANISED_WITH]->(body:Body)
RETURN body.name AS organiser, claim.source AS source
  ORDER BY organiser, source
