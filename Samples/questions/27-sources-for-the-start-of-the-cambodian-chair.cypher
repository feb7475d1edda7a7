// Which source says that the Cambodian chair of ACCSM begins in 2025, and which say 2024?
MATCH (:State {name: 'Cambodia'})-[claim:CHAIRS]->(:Body {id: 'accsm'})
  WHERE claim.sinceText IN ['2024', '2025']
MATCH (source:Source {id: claim.source})
RETURN claim.sinceText AS since,
  claim.untilText AS until,
  source.id AS source,
  source.title AS title,
  source.publisher AS publisher,
  source.file AS file,
  source.url AS url
  ORDER BY since DESC, source
