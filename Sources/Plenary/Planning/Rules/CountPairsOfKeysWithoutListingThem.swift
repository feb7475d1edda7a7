import PlenarySyntax

extension RewriteRules {
  /// Matches of one or two steps of which only keys at both ends matter are counted by pairs of these: `RETURN a.city,
  /// c.city, count(*)` over `(a)-->(b)-->(c)` looks at the cities around each `b` once, and adds what is before it times
  /// what is after it to a table with a place for each pair.
  ///
  /// Before: `Aggregate` over `Expand`. After: `CrossTabulate` over the nodes in the middle, or over one end of the only
  /// step; as a `Shortcut`, since keys may fail for nodes that are never met, or be too many. What conditions, keys and aggregates say of both ends together is said of the pairs, each of which stands for
  /// many matches: so `WHERE a.city < c.city`, `RETURN a.age - c.age, count(*)` or `count(DISTINCT c.city)`.
  ///
  /// Holds when every aggregate is a `count`, a `min`, a `max` or one with DISTINCT, nothing but the two ends is read, and
  /// there are far fewer pairs than matches.
  mutating func countPairsOfKeysWithoutListingThem(_ plan: Plan) -> Plan? {
    guard let grouping = PairGrouping(plan), let region = region(below: grouping.input), region.isScan,
      let ends = endsOfSteps(of: region), region.listedRows >= Double(planner.statistics.nodeCount)
    else { return nil }
    var pairs = PairKeys(
      near: ends.near.node, far: ends.far.node,
      numbering: ValueNumbering(subqueries: planner.subqueries, subplans: subplans))
    let isSimple =
      region.others.isEmpty && grouping.countsOnly
      && grouping.keys.allSatisfy { key in
        let reads = key.expression.freeVariables(subqueries: planner.subqueries)
        return reads == [ends.near.node] || reads == [ends.far.node]
      }
    var keys = grouping.keys
    if isSimple {
      for key in keys { pairs.add(key, planner) }
    } else {
      for index in keys.indices {
        guard let expression = pairs.replacingParts(of: keys[index].expression, &planner) else { return nil }
        keys[index].expression = expression
      }
    }
    var conditions: [BoundExpression] = []
    for condition in region.others {
      guard let condition = pairs.replacingParts(of: condition, &planner) else { return nil }
      conditions.append(condition)
    }
    let count = isSimple ? grouping.aggregates.first?.variable : nil
    let table = CrossTabulation(
      near: ends.near, far: ends.far, count: count ?? planner.makeVariable(.integer), mustDiffer: region.mustDiffer,
      areKeysRead: !isSimple)
    var aggregates: [(variable: VariableID, aggregate: BoundAggregate)] = []
    if !isSimple {
      for (variable, aggregate) in grouping.aggregates {
        guard let aggregate = self.aggregate(aggregate, of: table.count, &pairs, region) else { return nil }
        aggregates.append((variable, aggregate))
      }
    }
    // Where keys read one end, and aggregates the other, neighbours are aggregated without their own pairs.
    let readByKeys = grouping.keys.reduce(into: Set()) {
      $0.formUnion($1.expression.freeVariables(subqueries: planner.subqueries))
    }
    guard readByKeys.count > 1 || !conditions.isEmpty || grouping.aggregates.contains(where: \.aggregate.isDistinct)
    else { return nil }
    guard !pairs.near.isEmpty, !pairs.far.isEmpty,
      var result = tabulated(table, pairs, region, isSimple: isSimple)
    else { return nil }
    if !isSimple {
      result = Plan(
        .aggregate(BoundAggregation(keys: keys, aggregates: aggregates)), planner.filter(result, by: conditions),
        estimatedRows: plan.estimatedRows)
    }
    return Plan(.shortcut(for: plan, loopFree: [], finite: []), result, estimatedRows: plan.estimatedRows)
  }

  /// The ends of one step, or of two from the node between them; neither with keys yet.
  private func endsOfSteps(of region: PatternRegion) -> (near: CrossTabulation.End, far: CrossTabulation.End)? {
    func end(_ step: Expansion) -> CrossTabulation.End {
      .init(node: step.to, keys: [], conditions: region.conditions[step.to] ?? [], step: step)
    }
    if let (near, far) = region.stepsFromMiddle { return (end(near), end(far)) }
    guard region.steps.count == 1, let step = region.steps.first, !step.isInto, step.excluding.isEmpty else {
      return nil
    }
    return (.init(node: step.from, keys: [], conditions: [], step: nil), end(step))
  }

  private mutating func tabulated(
    _ table: CrossTabulation, _ pairs: PairKeys, _ region: PatternRegion, isSimple: Bool
  ) -> Plan? {
    var table = table
    table.near.keys = pairs.near
    table.far.keys = pairs.far
    var rows = scan(for: table.root, region.conditions[table.root] ?? [])
    let label = planner.label(askedBy: region.conditions[table.root] ?? [])
    let steps = [table.near.step, table.far.step].compactMap { $0 }
    let looked = steps.reduce(0) { $0 + rows.estimatedRows * planner.fanOut(of: $1, fromLabel: label) }
    // Every node is asked for its keys, met or not.
    let cost = 2 * Double(planner.statistics.nodeCount) + rows.estimatedRows + looked
    let cells = cellCount(of: table.near, region) * cellCount(of: table.far, region)
    guard cost < listingCost(of: region),
      cells <= Swift.min(Double(CrossTabulation.cellLimit), isSimple ? region.listedRows : region.listedRows / 4)
    else { return nil }
    rows = Plan(.crossTabulate(table), rows, estimatedRows: cells)
    rows.steps = cost
    return rows
  }

  /// How many combinations of its keys an end is expected to have.
  private func cellCount(of end: CrossTabulation.End, _ region: PatternRegion) -> Double {
    let scan = scan(for: end.node, region.conditions[end.node] ?? [])
    return planner.groupCount(of: end.keys.map(\.expression), in: scan)
  }

  /// An aggregate of matches as one of pairs.
  private mutating func aggregate(
    _ aggregate: BoundAggregate, of count: VariableID, _ pairs: inout PairKeys, _ region: PatternRegion
  ) -> BoundAggregate? {
    let number = BoundExpression(.variable(count), at: aggregate.range, type: .integer)
    var result = aggregate
    guard let function = aggregate.function else {
      return sum(of: number, for: aggregate)
    }
    for index in result.arguments.indices {
      // Whatever the pattern binds is there.
      if function.name == "count", !aggregate.isDistinct, case .variable(let variable) = result.arguments[index].kind,
        region.nodes.contains(variable) || region.relationships.contains(variable)
      {
        return sum(of: number, for: aggregate)
      }
      guard let argument = pairs.replacingParts(of: result.arguments[index], &planner) else { return nil }
      result.arguments[index] = argument
    }
    if ["min", "max"].contains(function.name) { return result }
    if aggregate.isDistinct { return ["count", "sum", "avg"].contains(function.name) ? result : nil }
    guard function.name == "count", let argument = result.arguments.first else { return nil }
    let isMissing = BoundExpression(.isNull(argument, isNegated: false), at: aggregate.range, type: .boolean)
    let zero = BoundExpression(.constant(.integer(0)), at: aggregate.range, type: .integer)
    return sum(
      of: BoundExpression(
        .conditional(subject: nil, branches: [BoundBranch(when: isMissing, then: zero)], otherwise: number),
        at: aggregate.range, type: .integer), for: aggregate)
  }

  private func sum(of number: BoundExpression, for aggregate: BoundAggregate) -> BoundAggregate? {
    var result = aggregate
    result.function = FunctionRegistry.aggregateFunctions.first { $0.name == "sum" }
    result.arguments = [number]
    return result.function == nil ? nil : result
  }
}

/// What is grouped, and by what: of an `Aggregate`, or of a DISTINCT, which is one without aggregates.
private struct PairGrouping {
  let keys: [BoundAssignment]
  let aggregates: [(variable: VariableID, aggregate: BoundAggregate)]
  let input: Plan

  init?(_ plan: Plan) {
    switch plan.kind {
    case .aggregate(let aggregation):
      (keys, aggregates, input) = (aggregation.keys, aggregation.aggregates, plan.inputs[0])
    case .distinct(let columns):
      guard case .project(let assignments) = plan.inputs[0].kind else { return nil }
      let known = Dictionary(assignments.map { ($0.variable, $0) }) { $1 }
      keys = columns.map {
        known[$0] ?? BoundAssignment(variable: $0, expression: BoundExpression(.variable($0), at: .init(at: 0)))
      }
      (aggregates, input) = ([], plan.inputs[0].inputs[0])
    default: return nil
    }
    guard !keys.isEmpty || !aggregates.isEmpty,
      !(keys.map(\.expression) + aggregates.flatMap(\.aggregate.arguments)).contains(where: \.isNondeterministic)
    else { return nil }
  }

  /// Whether it counts matches and no more, once at most.
  var countsOnly: Bool { aggregates.isEmpty || aggregates.count == 1 && aggregates[0].aggregate.function == nil }
}

/// The keys at the two ends of a pattern.
private struct PairKeys {
  private let ends: (near: VariableID, far: VariableID)
  private(set) var near: [BoundAssignment] = []
  private(set) var far: [BoundAssignment] = []
  private var numbering: ValueNumbering
  /// The columns of parts that have a number.
  private var columns: [Int: VariableID] = [:]

  init(near: VariableID, far: VariableID, numbering: ValueNumbering) {
    ends = (near, far)
    self.numbering = numbering
  }

  /// Adds a key to the end that it reads.
  mutating func add(_ key: BoundAssignment, _ planner: Planner) {
    if key.expression.freeVariables(subqueries: planner.subqueries) == [ends.near] {
      near.append(key)
    } else {
      far.append(key)
    }
  }

  /// The column of a part that reads one end.
  private mutating func column(of part: BoundExpression, _ planner: inout Planner) -> VariableID {
    let number = numbering.node(of: part).number
    if let known = number.flatMap({ columns[$0] }) { return known }
    let column = planner.makeVariable(part.type)
    if let number { columns[number] = column }
    add(BoundAssignment(variable: column, expression: part), planner)
    return column
  }

  /// An expression with keys in the place of its parts that read one end alone; `nil` where it reads anything else.
  mutating func replacingParts(of expression: BoundExpression, _ planner: inout Planner) -> BoundExpression? {
    guard !expression.containsSubquery else { return nil }
    let reads = expression.freeVariables(subqueries: planner.subqueries)
    if reads.isEmpty { return expression }
    guard reads.isSubset(of: [ends.near, ends.far]) else { return nil }
    guard reads.count > 1 else {
      let column = column(of: expression, &planner)
      return BoundExpression(.variable(column), at: expression.range, type: expression.type)
    }
    // A loop keeps what it captures.
    guard expression.childrenReadTheRow.allSatisfy({ $0 }) else { return nil }
    var children = expression.children
    for index in children.indices {
      guard let child = replacingParts(of: children[index], &planner) else { return nil }
      children[index] = child
    }
    return expression.with(children: children)
  }
}
