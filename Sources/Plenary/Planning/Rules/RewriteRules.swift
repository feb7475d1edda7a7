/// The rules that turn a plan into a faster one with the same rows, in the order they are applied.
///
/// A rule looks at one operator with what is below it and gives back what should stand there instead, or nothing when
/// it has no say. Rules see the plan after liveness analysis, so they know which columns anybody reads. They
/// prove what they need from the query alone: a plan is kept and run on later versions of the graph, so what holds of
/// the data (no loops, no parallel relationships) is for the operators to find out when they run.
struct RewriteRules {
  /// Statistics, the variables of the statement, and what subqueries capture.
  var planner: Planner
  /// The plans of the statement's subqueries that are made so far.
  let subplans: [Subplan]
  /// The nodes and relationships of which some expression reads a property, or may do so in a subquery.
  private(set) var readForProperties: Set<VariableID> = []
  /// Whether the rule being applied has changed anything.
  private var hasChanged = false

  init(planner: Planner, subplans: [Subplan]) {
    self.planner = planner
    self.subplans = subplans
  }

  /// Whether a condition must stay where it is: it may fail, and the plan is a careful one.
  func isFixed(_ condition: BoundExpression) -> Bool { planner.isCareful && condition.mayFailAsCondition }

  /// The subquery of a condition that asks whether it has a row, or that it has none.
  func existenceTest(_ condition: BoundExpression) -> (subquery: SubqueryID, wantsNone: Bool)? {
    var condition = condition
    var wantsNone = false
    while case .not(let inner) = condition.kind {
      condition = inner
      wantsNone.toggle()
    }
    guard case .subquery(let id) = condition.kind, id.index < subplans.count, case .exists = subplans[id.index].kind
    else { return nil }
    return (id, wantsNone)
  }

  /// The steps and filters right below an operator, if the rules may take them apart.
  func region(below plan: Plan) -> PatternRegion? {
    guard let region = PatternRegion(below: plan, subqueries: planner.subqueries) else { return nil }
    let conditions = region.conditions.values.joined() + region.others
    return conditions.contains(where: isFixed) ? nil : region
  }

  typealias Rule = @Sendable (inout RewriteRules, Plan) -> Plan?

  /// Every rule with its name, first to last.
  static let all: [(name: String, rule: Rule)] = [
    ("RunSubqueriesForAllRowsAtOnce", { $0.runSubqueriesForAllRowsAtOnce($1) }),
    ("TakeForTrueWhatWasTested", { $0.takeForTrueWhatWasTested($1) }),
    ("TestDegreesForExistence", { $0.testDegreesForExistence($1) }),
    ("TestMatchesForExistence", { $0.testMatchesForExistence($1) }),
    ("TestTrailsAsTheyGrow", { $0.testTrailsAsTheyGrow($1) }),
    ("CountStepsOfTrailsAsTheyGrow", { $0.countStepsOfTrailsAsTheyGrow($1) }),
    ("LeaveOutPathsThatNobodyReads", { $0.leaveOutPathsThatNobodyReads($1) }),
    ("SearchWhenOnlyDistinctEndsMatter", { $0.searchWhenOnlyDistinctEndsMatter($1) }),
    ("CountWhatIsCollectedForItsSize", { $0.countWhatIsCollectedForItsSize($1) }),
    ("CountMatchesWithoutListingThem", { $0.countMatchesWithoutListingThem($1) }),
    ("CountOptionalMatchesWithoutListingThem", { $0.countOptionalMatchesWithoutListingThem($1) }),
    ("CountPairsOfKeysWithoutListingThem", { $0.countPairsOfKeysWithoutListingThem($1) }),
    ("CountComparedNeighboursWithoutListingThem", { $0.countComparedNeighboursWithoutListingThem($1) }),
    ("ScanRelationshipsWhenEndsAreFree", { $0.scanRelationshipsWhenEndsAreFree($1) }),
    ("AggregateFarNeighboursOnce", { $0.aggregateFarNeighboursOnce($1) }),
    (
      "AggregateOptionalNeighboursWithoutListingThem", { $0.aggregateOptionalNeighboursWithoutListingThem($1) }
    ),
    ("AggregateNeighboursWithoutListingThem", { $0.aggregateNeighboursWithoutListingThem($1) }),
    ("CountTrailsWithoutListingThem", { $0.countTrailsWithoutListingThem($1) }),
    ("FindRelationshipsBeforeTheirEnds", { $0.findRelationshipsBeforeTheirEnds($1) }),
    ("ReadCountsOffTheGraph", { $0.readCountsOffTheGraph($1) }),
    ("CollectNoMoreThanIsRead", { $0.collectNoMoreThanIsRead($1) }),
    ("EvaluateCommonPartsOnce", { $0.evaluateCommonPartsOnce($1) }),
  ]

  /// Applies every rule to every operator, the leaves first, and finds out which columns each operator then keeps.
  mutating func apply(to plan: Plan, keeping needed: [VariableID]) -> Plan {
    func annotated(_ plan: Plan) -> Plan {
      LivenessAnalysis.annotate(plan, keeping: needed, subqueries: planner.subqueries)
    }
    readForProperties = Set(planner.subqueries.flatMap(\.captured))
    plan.forEachOperator { for expression in $0.expressions { expression.collectOwners(into: &readForProperties) } }
    return RewriteRules.all.reduce(annotated(plan)) { plan, entry in
      hasChanged = false
      let result = apply(entry.rule, to: plan)
      return hasChanged ? annotated(result) : result
    }
  }

  /// Plans are deep where clauses are many: first inputs are followed by a loop, only the others by recursion.
  private mutating func apply(_ rule: Rule, to plan: Plan) -> Plan {
    var spine = [plan]
    while let next = spine[spine.count - 1].inputs.first { spine.append(next) }
    var result: Plan?
    while var place = spine.popLast() {
      if let result { place.inputs[0] = result }
      for index in place.inputs.indices.dropFirst() { place.inputs[index] = apply(rule, to: place.inputs[index]) }
      let rewritten = rule(&self, place)
      if rewritten != nil { hasChanged = true }
      result = rewritten ?? place
    }
    return result ?? plan
  }
}

extension Planner {
  /// Finishes a plan: applies the rules, then finds out which columns each operator keeps.
  mutating func finish(_ plan: Plan, keeping needed: [VariableID], subplans: [Subplan]) -> Plan {
    guard usesOptimizer else { return LivenessAnalysis.annotate(plan, keeping: needed, subqueries: subqueries) }
    var rules = RewriteRules(planner: self, subplans: subplans)
    let plan = rules.apply(to: plan, keeping: needed)
    variables = rules.planner.variables
    return plan
  }
}

extension BoundExpression {
  /// Adds the variables of which it reads properties.
  fileprivate func collectOwners(into owners: inout Set<VariableID>) {
    if case .property(let subject, _) = kind, case .variable(let variable) = subject.kind { owners.insert(variable) }
    for child in children { child.collectOwners(into: &owners) }
  }
}
