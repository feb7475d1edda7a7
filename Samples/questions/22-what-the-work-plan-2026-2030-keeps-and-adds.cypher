// Does the work plan for 2026-2030 keep the priority areas of 2021-2025, and what new challenges should it
// address?
MATCH (next:Document {title: 'ACCSM Work Plan 2026-2030'})
MATCH (plan:Document)-[entry:HAS_PRIORITY_AREA|SHOULD_ADDRESS]->(topic:Topic)
  WHERE plan.title IN ['ACCSM Work Plan 2021-2025', 'ACCSM Work Plan 2026-2030']
WITH next, topic, plan, entry
  ORDER BY entry.source
WITH next, topic, collect(DISTINCT plan.title) AS plans, collect(DISTINCT entry.source) AS sources
RETURN topic.kind AS kind,
  topic.name AS name,
  'ACCSM Work Plan 2021-2025' IN plans AS in2021To2025,
  'ACCSM Work Plan 2026-2030' IN plans AS in2026To2030,
  next.status AS statusOfNewPlan,
  sources
  ORDER BY kind DESC, name
