import PlenarySyntax

extension RewriteRules {
  /// Matches of one or two steps of which only keys of the nodes matter are counted by combinations of these: `RETURN
  /// a.city, c.city, count(*)` over `(a)-->(b)-->(c)` looks at the cities around each `b` once, and adds what is before it
  /// times what is after it to a table with a place for each pair.
  ///
  /// Before: `Aggregate` over `Expand`. After: `CrossTabulate` over the nodes in the middle, or over one end of the only
  /// step; as a `Shortcut`, since keys may fail for nodes that are never met, or be too many. What conditions, keys and
  /// aggregates say of several nodes is said of the combinations, each of which stands for many matches: so `WHERE a.city <
  /// c.city`, `RETURN a.age - c.age, count(*)`, `avg(c.age)` or `count(DISTINCT c.city)`.
  ///
  /// Holds when every aggregate is a `count`, `sum`, `avg`, `min` or `max`, nothing but nodes is read, both ends among
  /// them, and there are far fewer combinations than matches.
  mutating func countPairsOfKeysWithoutListingThem(_ plan: Plan) -> Plan? {
    guard let grouping = PairGrouping(plan), let region = region(below: grouping.input), region.isScan,
      let ends = endsOfSteps(of: region), region.listedRows >= Double(planner.statistics.nodeCount)
    else { return nil }
    var pairs = PairKeys(
      nodes: [ends.near.node, ends.far.node] + (ends.near.step.map { [$0.from] } ?? []),
      numbering: ValueNumbering(subqueries: planner.subqueries, subplans: subplans))
    let isSimple =
      region.others.isEmpty && grouping.countsOnly
      && grouping.keys.allSatisfy { pairs.readsOne($0.expression, planner) }
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
    var averages: [BoundAssignment] = []
    for (variable, aggregate) in isSimple ? [] : grouping.aggregates {
      if aggregate.function?.name == "avg", !aggregate.isDistinct {
        guard let average = average(aggregate, of: table.count, &pairs, into: &aggregates) else { return nil }
        averages.append(BoundAssignment(variable: variable, expression: average))
      } else {
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
    guard !pairs.keys(of: ends.near.node).isEmpty, !pairs.keys(of: ends.far.node).isEmpty,
      var result = tabulated(table, pairs, region, isSimple: isSimple)
    else { return nil }
    if !isSimple {
      result = Plan(
        .aggregate(BoundAggregation(keys: keys, aggregates: aggregates)), planner.filter(result, by: conditions),
        estimatedRows: plan.estimatedRows)
      if !averages.isEmpty { result = Plan(.project(averages), result, estimatedRows: plan.estimatedRows) }
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
    table.near.keys = pairs.keys(of: table.near.node)
    table.far.keys = pairs.keys(of: table.far.node)
    if table.near.step != nil { table.middleKeys = pairs.keys(of: table.root) }
    var rows = scan(for: table.root, region.conditions[table.root] ?? [])
    let label = planner.label(askedBy: region.conditions[table.root] ?? [])
    let steps = [table.near.step, table.far.step].compactMap { $0 }
    let looked = steps.reduce(0) { $0 + rows.estimatedRows * planner.fanOut(of: $1, fromLabel: label) }
    // Every node is asked for its keys, met or not, which is as much work as to list it.
    let cost = 2 * Double(planner.statistics.nodeCount) * RewriteRules.rowCost + rows.estimatedRows + looked
    let cells = [table.near, table.far, table.middle].reduce(1) { $0 * cellCount(of: $1, region) }
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
    guard let argument = result.arguments.first else { return nil }
    switch function.name {
    case "sum": return sum(of: times(count, argument), for: aggregate)
    case "count": return sum(of: numberPresent(of: argument, count), for: aggregate)
    default: return nil
    }
  }

  /// An average of matches from a sum and a number of pairs.
  private mutating func average(
    _ aggregate: BoundAggregate, of count: VariableID, _ pairs: inout PairKeys,
    into aggregates: inout [(variable: VariableID, aggregate: BoundAggregate)]
  ) -> BoundExpression? {
    guard let argument = aggregate.arguments.first.flatMap({ pairs.replacingParts(of: $0, &planner) }),
      let total = sum(of: times(count, argument), for: aggregate),
      let number = sum(of: numberPresent(of: argument, count), for: aggregate)
    else { return nil }
    let columns = [total, number].map { aggregate in
      let column = planner.makeVariable(.any)
      aggregates.append((column, aggregate))
      return BoundExpression(.variable(column), at: aggregate.range)
    }
    return average(of: columns[0], numbering: columns[1], at: aggregate.range)
  }

  /// What a value adds to a sum, met as often as a column says.
  private func times(_ count: VariableID, _ value: BoundExpression) -> BoundExpression {
    let number = BoundExpression(.variable(count), at: value.range, type: .integer)
    return BoundExpression(.binary(.multiply, value, number, operatorRange: value.range), at: value.range)
  }

  /// How many matches have a value, of as many as a column says.
  private func numberPresent(of value: BoundExpression, _ count: VariableID) -> BoundExpression {
    let isMissing = BoundExpression(.isNull(value, isNegated: false), at: value.range, type: .boolean)
    let zero = BoundExpression(.constant(.integer(0)), at: value.range, type: .integer)
    let number = BoundExpression(.variable(count), at: value.range, type: .integer)
    return BoundExpression(
      .conditional(subject: nil, branches: [BoundBranch(when: isMissing, then: zero)], otherwise: number),
      at: value.range, type: .integer)
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

/// The keys at the nodes of a pattern.
private struct PairKeys {
  private let nodes: Set<VariableID>
  private var keys: [VariableID: [BoundAssignment]] = [:]
  private var numbering: ValueNumbering
  /// The columns of parts that have a number.
  private var columns: [Int: VariableID] = [:]

  init(nodes: [VariableID], numbering: ValueNumbering) {
    self.nodes = Set(nodes)
    self.numbering = numbering
  }

  func keys(of node: VariableID) -> [BoundAssignment] { keys[node] ?? [] }

  /// Whether an expression reads one of the nodes and no more.
  func readsOne(_ expression: BoundExpression, _ planner: Planner) -> Bool {
    let reads = expression.freeVariables(subqueries: planner.subqueries)
    return reads.count == 1 && reads.isSubset(of: nodes)
  }

  /// Adds a key to the node that it reads.
  mutating func add(_ key: BoundAssignment, _ planner: Planner) {
    for node in key.expression.freeVariables(subqueries: planner.subqueries) { keys[node, default: []].append(key) }
  }

  /// The column of a part that reads one node.
  private mutating func column(of part: BoundExpression, _ planner: inout Planner) -> VariableID {
    let number = numbering.node(of: part).number
    if let known = number.flatMap({ columns[$0] }) { return known }
    let column = planner.makeVariable(part.type)
    if let number { columns[number] = column }
    add(BoundAssignment(variable: column, expression: part), planner)
    return column
  }

  /// An expression with keys in the place of its parts that read one node alone; `nil` where it reads anything else.
  mutating func replacingParts(of expression: BoundExpression, _ planner: inout Planner) -> BoundExpression? {
    guard !expression.containsSubquery else { return nil }
    let reads = expression.freeVariables(subqueries: planner.subqueries)
    if reads.isEmpty { return expression }
    guard reads.isSubset(of: nodes) else { return nil }
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
