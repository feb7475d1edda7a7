// Which ACCSM and ACCSM+3 work plans covered 2018-06-30?
WITH date('2018-06-30') AS day
MATCH (plan:Document {kind: 'work-plan'})-[:ADOPTED_BY]->(body:Body)
  WHERE body.shortName IN ['ACCSM', 'ACCSM+3'] AND plan.periodStart <= day <= plan.periodEnd
RETURN plan.title AS workPlan,
  plan.periodStartText AS since,
  plan.periodEndText AS until,
  plan.source AS source
  ORDER BY workPlan
