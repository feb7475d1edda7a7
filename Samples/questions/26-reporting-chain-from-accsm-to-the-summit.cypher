// By which chain of reporting is ACCSM tied to the ASEAN Summit?
MATCH chain = (:Body {id: 'accsm'})-[:REPORTS_TO*]->(:Body {id: 'asean-summit'})
RETURN [body IN nodes(chain) | body.name] AS bodies,
  [link IN relationships(chain) | link.source] AS sources
  ORDER BY length(chain), bodies
  LIMIT 1
