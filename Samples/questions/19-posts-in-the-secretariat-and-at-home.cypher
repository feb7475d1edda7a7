// Who has held posts both in the ASEAN Secretariat and in a national civil service body?
MATCH (person:Person)-[office:HOLDS_OFFICE]->(:Body {name: 'ASEAN Secretariat'})
MATCH (person)-[post:HOLDS_OFFICE]->(agency:Body {kind: 'national-agency'})
RETURN person.name AS name,
  office.role AS postInSecretariat,
  office.since AS since,
  office.until AS until,
  post.role AS nationalPost,
  agency.name AS agency,
  post.since AS nationalSince,
  post.until AS nationalUntil,
  [office.source, post.source] AS sources
  ORDER BY name, since, nationalSince
