import PlenarySyntax

extension RewriteRules {
  /// Steps of a pattern that only `count` cares about are counted, not listed: `count(*)` over `(a)-->(b)-->(c)` is a
  /// sum of products of degrees.
  ///
  /// Before: `Aggregate count(*)` over `Expand`. After: `CountMatches`, alone for one total; below an `Aggregate` that
  /// sums its numbers when there are grouping keys.
  ///
  /// Holds when every aggregate is a `count` without DISTINCT of rows, of something the pattern binds, or of an
  /// expression over one of its nodes. Nodes and relationships that keys or conditions over several variables read stay
  /// listed; the rest must hang on one node. Relationships are tested beforehand. That none matches twice is seen to when
  /// the plan runs.
  /// Where conditions leave so few matches that listing them is less work, it stays at that.
  mutating func countMatchesWithoutListingThem(_ plan: Plan) -> Plan? {
    let aggregation: BoundAggregation
    let isForEachRow: Bool
    switch plan.kind {
    case .aggregate(let found): (aggregation, isForEachRow) = (found, false)
    case .aggregateForEachRow(let found, _): (aggregation, isForEachRow) = (found, true)
    default: return nil
    }
    guard !aggregation.aggregates.isEmpty, let whole = region(below: plan.inputs[0]) else { return nil }
    guard
      let measures = measures(
        of: aggregation, nodes: whole.nodes, bound: whole.nodes.union(whole.relationships))
    else { return nil }
    guard !aggregation.keys.contains(where: \.expression.isNondeterministic) else { return nil }
    let isTotal = aggregation.keys.isEmpty && !isForEachRow
    func reading(_ region: PatternRegion) -> PatternRegion {
      var region = region
      for key in aggregation.keys {
        region.needed.formUnion(key.expression.freeVariables(subqueries: planner.subqueries))
      }
      return region
    }
    let tested = whole.testingRelationships(planner.subqueries).map(reading)
    let region = reading(whole)
    for region in [tested, region].compactMap({ $0 }) {
      guard var pattern = wholePattern(of: region, isTotal: isTotal) else { continue }
      if isListingCheaper(region, than: pattern) { continue }
      pattern.measures = measures
      if pattern.scansRoot {
        return total(pattern, aggregation, Plan(.unit, estimatedRows: 1))
      }
      let conditions = pattern.conditions.removeValue(forKey: pattern.root) ?? []
      let input = scan(for: pattern.root, conditions)
      return isTotal ? total(pattern, aggregation, input) : grouped(pattern, aggregation, input, plan)
    }
    // What is better listed as a whole is not counted in part.
    guard wholePattern(of: region, isTotal: isTotal) == nil else { return nil }
    let started = startedWhereNeeded(region) ?? region
    guard let (rest, kept) = started.countedBranches(isTotal: isTotal, planner),
      rest.steps.count <= RewriteRules.countedStepLimit
    else { return nil }
    let known = Set(rest.steps.map(\.to) + [rest.root])
    guard measures.allSatisfy({ $0.condition.map { known.contains($0.node) } ?? true }) else { return nil }
    var pattern = rest
    pattern.measures = measures
    return isTotal ? total(pattern, aggregation, kept) : grouped(pattern, aggregation, kept, plan)
  }

  /// The whole region as one pattern, around the one node that is needed or the best of them.
  private func wholePattern(of region: PatternRegion, isTotal: Bool) -> CountedPattern? {
    guard region.needed.isDisjoint(with: region.relationships), region.steps.count <= RewriteRules.countedStepLimit
    else { return nil }
    let candidates = region.needed.intersection(region.nodes)
    guard let root = candidates.count == 1 ? candidates.first : candidates.isEmpty ? bestRoot(of: region) : nil,
      var pattern = region.counted(from: root, isTotal: isTotal)
    else { return nil }
    pattern.scansRoot = isTotal && candidates.isEmpty
    return pattern
  }

  /// A pattern that is found from a node of which only the number matters, from one that is needed instead, so that the
  /// other can be counted; `nil` unless that leaves less to list.
  private func startedWhereNeeded(_ region: PatternRegion) -> PatternRegion? {
    guard region.isScan, !region.needed.contains(region.start),
      let root = region.nodeOrder.first(where: region.needed.contains)
    else { return nil }
    let label = (region.conditions[root] ?? []).first { $0.testedLabel != nil }
    guard let turned = region.turned(to: scan(for: root, [label].compactMap { $0 })) else { return nil }
    let kept = turned.keptSteps
    var (rows, listed) = (turned.base.estimatedRows, 0.0)
    for step in turned.steps where kept.contains(step.relationship) {
      rows *= planner.fanOut(of: step, fromLabel: planner.label(askedBy: turned.conditions[step.from] ?? []))
      listed += rows
    }
    return turned.base.estimatedRows + listed * RewriteRules.rowCost < listingCost(of: region) ? turned : nil
  }

  /// Counting recurses once for each step of the pattern.
  static let countedStepLimit = 16

  func total(_ pattern: CountedPattern, _ aggregation: BoundAggregation, _ input: Plan) -> Plan {
    var pattern = pattern
    for index in pattern.measures.indices { pattern.measures[index].column = aggregation.aggregates[index].variable }
    return countMatches(pattern, input, estimatedRows: 1)
  }

  private func countMatches(_ pattern: CountedPattern, _ input: Plan, estimatedRows: Double) -> Plan {
    var plan = Plan(.countMatches(pattern), input, estimatedRows: estimatedRows)
    plan.steps = pattern.scansRoot ? costOfScanning(pattern) : cost(of: pattern, roots: input.estimatedRows)
    return plan
  }

  /// Each row says how many matches it stands for; groups sum these up.
  mutating func grouped(
    _ pattern: CountedPattern, _ aggregation: BoundAggregation, _ input: Plan, _ plan: Plan
  ) -> Plan? {
    guard let sum = FunctionRegistry.aggregateFunctions.first(where: { $0.name == "sum" }) else { return nil }
    var pattern = pattern
    var aggregation = aggregation
    for index in pattern.measures.indices {
      let column = planner.makeVariable(.integer)
      pattern.measures[index].column = column
      var aggregate = aggregation.aggregates[index].aggregate
      aggregate.function = sum
      aggregate.arguments = [BoundExpression(.variable(column), at: aggregate.range, type: .integer)]
      aggregation.aggregates[index].aggregate = aggregate
    }
    let counted = countMatches(pattern, input, estimatedRows: input.estimatedRows)
    var summed = Plan(
      .aggregate(aggregation), counted, estimatedRows: Swift.min(plan.estimatedRows, input.estimatedRows))
    if case .aggregateForEachRow(_, let row) = plan.kind { summed.kind = .aggregateForEachRow(aggregation, row: row) }
    return summed
  }

  /// What each aggregate counts, or `nil` if one of them does something else. The columns are set later.
  ///
  /// - Parameters:
  ///   - nodes: the nodes of the pattern.
  ///   - bound: what every match binds, so that it is never null.
  func measures(
    of aggregation: BoundAggregation, nodes: Set<VariableID>, bound: Set<VariableID>
  ) -> [CountedPattern.Measure]? {
    var measures: [CountedPattern.Measure] = []
    for (variable, aggregate) in aggregation.aggregates {
      guard !aggregate.isDistinct else { return nil }
      guard let function = aggregate.function else {
        measures.append(.init(column: variable, condition: nil))
        continue
      }
      guard function.name == "count", let argument = aggregate.arguments.first, !argument.isNondeterministic,
        !argument.containsSubquery
      else { return nil }
      if case .variable(let counted) = argument.kind {
        guard bound.contains(counted) else { return nil }
        measures.append(.init(column: variable, condition: nil))
        continue
      }
      let reads = argument.freeVariables(subqueries: planner.subqueries)
      guard reads.count == 1, let node = reads.first, nodes.contains(node) else { return nil }
      let isThere = BoundExpression(.isNull(argument, isNegated: true), at: argument.range, type: .boolean)
      measures.append(.init(column: variable, condition: (node, isThere)))
    }
    return measures
  }

  func scan(for node: VariableID, _ conditions: [BoundExpression]) -> Plan {
    var conditions = conditions
    var label: String?
    let isLabel = { (condition: BoundExpression) -> String? in
      if case .hasLabels(_, .name(let name)) = condition.kind { name } else { nil }
    }
    if let first = conditions.firstIndex(where: { isLabel($0) != nil }) {
      label = isLabel(conditions.remove(at: first))
    }
    let share = label.map(planner.labelShare) ?? 1
    let scan = Plan(
      .nodeScan(node, label: label), Plan(.unit, estimatedRows: 1),
      estimatedRows: share * Double(planner.statistics.nodeCount))
    return planner.filter(scan, by: conditions)
  }

  // MARK: Costs

  /// The node from which counting is expected to look at the fewest relationships.
  private func bestRoot(of region: PatternRegion) -> VariableID? {
    guard region.steps.allSatisfy({ !$0.isInto }) else { return region.start }
    let costs = region.nodeOrder.compactMap { root in
      region.counted(from: root, isTotal: true).map { (root, cost: costOfScanning($0)) }
    }
    return costs.min { $0.cost < $1.cost }?.0
  }

  /// What counting takes from every root there is: then every node is tested beforehand, however few the roots.
  private func costOfScanning(_ pattern: CountedPattern) -> Double {
    cost(of: pattern, roots: allRoots(of: pattern), testsAll: true)
  }

  /// How many nodes a scan for the root finds.
  private func allRoots(of pattern: CountedPattern) -> Double {
    Double(planner.statistics.nodeCount)
      * (planner.label(askedBy: pattern.conditions[pattern.root] ?? []).map(planner.labelShare) ?? 1)
  }

  /// How many nodes and relationships counting a tree looks at: each node once for each variable, but those again and
  /// again that steps lead to which must keep apart from others.
  ///
  /// - Parameter testsAll: whether every node is tested beforehand, met or not; from many roots it is anyway.
  private func cost(of pattern: CountedPattern, roots: Double, testsAll: Bool = false) -> Double {
    let nodeCount = Double(planner.statistics.nodeCount)
    func conditions(_ node: VariableID) -> [BoundExpression] { pattern.conditions[node] ?? [] }
    func share(_ conditions: [BoundExpression]) -> Double {
      conditions.reduce(1) { $0 * planner.selectivity(of: $1) }
    }
    /// A label that every relationship of the type leads to costs nothing.
    func asksMore(_ node: VariableID) -> Bool {
      conditions(node).contains { if case .hasLabels = $0.kind { false } else { true } }
    }
    /// How many nodes have the label that is asked for.
    func labelled(_ node: VariableID) -> Double {
      nodeCount * (planner.label(askedBy: conditions(node)).map(planner.labelShare) ?? 1)
    }
    let label = planner.label(askedBy: conditions(pattern.root))
    let rootShare = share(conditions(pattern.root)) / (label.map(planner.labelShare) ?? 1)
    var nodes = [pattern.root: roots * Swift.min(1, rootShare)]
    var total = roots * (asksMore(pattern.root) ? RewriteRules.testCost : 1)
    let walked = pattern.walkedSteps
    for step in pattern.steps where !step.isInto {
      let count = nodes[step.from] ?? nodeCount
      let asked = conditions(step.relationship)
      // All relationships there are, one after the other.
      if !asked.isEmpty { total += Double(planner.relationshipCount(of: step.types)) }
      if !asksMore(step.to), !pattern.steps.contains(where: { $0.from == step.to }) {
        total += count
        continue
      }
      let fanOut = planner.fanOut(of: step, fromLabel: planner.label(askedBy: conditions(step.from)))
      let visited = count * Swift.max(1, fanOut)
      let tested = testsAll || roots >= RewriteRules.manyRoots ? labelled(step.to) : Swift.min(visited, nodeCount)
      total += visited + (asksMore(step.to) ? tested * RewriteRules.testCost : 0)
      // Types mostly lead to the label that is asked for.
      let others = conditions(step.to).filter { if case .hasLabels = $0.kind { false } else { true } }
      let passing = visited * share(others + asked)
      nodes[step.to] = walked.contains(step.relationship) ? passing : Swift.min(passing, nodeCount)
    }
    return total
  }

  /// How much more it takes to test a condition than to look at a relationship.
  private static let testCost = 4.0
  /// So many roots make the counter test all nodes of the graph at once; see `MatchCounter`.
  private static let manyRoots = 1024.0
  /// How much more it takes to make a row than to look at a relationship.
  static let rowCost = 4.0

  /// Whether listing is expected to be so much less work that it is better than counting: where conditions far from the
  /// root leave few matches, starting from them beats looking at everything.
  private func isListingCheaper(_ region: PatternRegion, than pattern: CountedPattern) -> Bool {
    // Cycles are met by intersection, and no estimate of theirs is worth much.
    guard pattern.steps.allSatisfy({ !$0.isInto }) else { return false }
    return listingCost(of: region) < cost(of: pattern, roots: allRoots(of: pattern), testsAll: pattern.scansRoot)
  }

  /// What it takes to list the matches of a region, beside looking at that many relationships.
  func listingCost(of region: PatternRegion) -> Double {
    region.scannedRows + (region.listedRows - region.scannedRows) * RewriteRules.rowCost
  }
}
