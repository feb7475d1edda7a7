// How many relationship rows rest on the five seed files, on other sources, and on none; and how many are
// stated, derived or general knowledge?
MATCH ()-[claim]->()
  WHERE claim.origin = 'claim'
MATCH (source:Source {id: claim.source})
RETURN count(CASE WHEN source.kind = 'seed' THEN claim END) AS onSeedFiles,
  count(CASE WHEN NOT source.kind IN ['seed', 'none'] THEN claim END) AS onOtherSources,
  count(CASE WHEN source.kind = 'none' THEN claim END) AS onNone,
  count(CASE WHEN claim.confidence = 'stated' THEN claim END) AS stated,
  count(CASE WHEN claim.confidence = 'derived' THEN claim END) AS derived,
  count(CASE WHEN claim.confidence = 'general-knowledge' THEN claim END) AS generalKnowledge
