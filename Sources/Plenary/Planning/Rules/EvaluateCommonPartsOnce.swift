extension RewriteRules {
  /// An expression that an operator needs several times, or that a filter or projection below has evaluated already, is
  /// evaluated once and kept in a column: `WHERE size(split(a.name, ' ')) > 1 RETURN size(split(a.name, ' '))`. So is a
  /// subquery: `RETURN COUNT { (a)-->() } AS n ORDER BY COUNT { (a)-->() }` counts once.
  ///
  /// Before: `Project` over `Filter`, both with `size(split(a.name, ' '))`. After: both over one more `Project`, reading
  /// its column.
  ///
  /// Holds for what always gives the same value and is more work than reading a column. Nothing is evaluated for rows for
  /// which it was not before: of parts of CASE, AND and OR that may be passed over, only those join in that are evaluated
  /// elsewhere anyway. A condition on a property with few different values stays as it is, for it is evaluated once for
  /// each of these.
  mutating func evaluateCommonPartsOnce(_ plan: Plan) -> Plan? {
    var parts = self.parts(of: plan)
    guard parts.isWorthALook else { return nil }
    var numbering = ValueNumbering(subqueries: planner.subqueries, subplans: subplans)
    parts.number(&numbering)
    guard parts.size <= RewriteRules.commonPartsSizeLimit else { return nil }
    var result = plan

    // What projections below have made is read.
    let columns = columns(below: plan.inputs[0], &numbering)
    var hasChanged = false
    // What is made of columns may be a column in turn.
    while parts.replace(columns, &numbering) { hasChanged = true }

    // What filters right below evaluate for every row that comes to some condition is made before that.
    if let shared = shareWithFilters(below: plan, &parts, &numbering) {
      hasChanged = true
      result.inputs[0] = shared
    }

    // What the operator itself needs several times is made right below it.
    let (made, replacements) = commonParts(of: [parts], &numbering)
    if !made.isEmpty {
      hasChanged = true
      _ = parts.replace(replacements, &numbering)
      let rows = result.inputs[0].estimatedRows
      result.inputs[0] = made.reduce(result.inputs[0]) { Plan(.project($1), $0, estimatedRows: rows) }
    }
    guard hasChanged else { return nil }
    result.evaluatedParts = parts.all
    return result
  }

  /// The filters right below an operator, over a projection of what they have in common with it or with each other;
  /// `nil` if that is nothing.
  private mutating func shareWithFilters(
    below plan: Plan, _ parts: inout Parts, _ numbering: inout ValueNumbering
  ) -> Plan? {
    var filters: [Plan] = []
    var input = plan.inputs[0]
    while case .filter = input.kind {
      filters.append(input)
      input = input.inputs[0]
    }
    guard let first = filters.last, case .filter(let conditions) = first.kind else { return nil }
    parts.isCertain = false
    defer { parts.isCertain = true }
    for start in starts(of: conditions, in: filters, with: parts, &numbering).prefix(RewriteRules.commonPartsLimit) {
      // The conditions before this one are tested below the projection.
      filters[filters.count - 1].kind = .filter(Array(conditions[start...]))
      var tested = filters.map { self.parts(of: $0) }
      for index in tested.indices { tested[index].number(&numbering) }
      // Only the first condition is evaluated for all of the rows.
      for index in tested.indices.dropLast() { tested[index].isCertain = false }
      let (made, replacements) = commonParts(of: tested + [parts], &numbering)
      if made.isEmpty { continue }
      var place = planner.filter(input, by: Array(conditions[..<start]))
      let rows = place.estimatedRows
      place = made.reduce(place) { Plan(.project($1), $0, estimatedRows: rows) }
      for (index, var filter) in filters.enumerated().reversed() {
        _ = tested[index].replace(replacements, &numbering)
        filter.evaluatedParts = tested[index].all
        filter.inputs[0] = place
        place = filter
      }
      _ = parts.replace(replacements, &numbering)
      return place
    }
    return nil
  }

  /// The conditions of the lowest of some filters that evaluate what is needed in another place too.
  private func starts(
    of conditions: [BoundExpression], in filters: [Plan], with parts: Parts, _ numbering: inout ValueNumbering
  ) -> [Int] {
    var tested = filters.map { self.parts(of: $0) }
    var uses: [Int: Use] = [:]
    parts.countUses(besides: [:], &uses)
    for index in tested.indices {
      tested[index].number(&numbering)
      tested[index].countUses(besides: [:], &uses)
    }
    let repeated = Set(uses.filter { $0.value.count > 1 }.keys)
    guard let lowest = tested.last, !repeated.isEmpty else { return [] }
    return conditions.indices.filter { lowest.evaluates(repeated, at: $0) }
  }

  /// What is used several times and evaluated for all rows at least once, each with a new column.
  ///
  /// - Returns: the projections that make the columns, each of which may read those before it, and the columns by number.
  private mutating func commonParts(
    of groups: [Parts], _ numbering: inout ValueNumbering
  ) -> (made: [[BoundAssignment]], columns: [Int: BoundExpression]) {
    var made: [(number: Int, assignment: BoundAssignment)] = []
    var columns: [Int: BoundExpression] = [:]
    // The largest first: what is only part of them is left alone, unless they are made of it more than once.
    while made.count < RewriteRules.commonPartsLimit {
      var uses: [Int: Use] = [:]
      for group in groups { group.countUses(besides: columns, &uses) }
      for (number, assignment) in made {
        let node = numbering.node(of: assignment.expression)
        assignment.expression.countUses(node, isCertain: true, columns.filter { $0.key != number }, &uses)
        uses[number] = nil
      }
      let best = uses.filter { $0.value.isCertain && $0.value.count > 1 }.max { a, b in
        (a.value.size, b.key) < (b.value.size, a.key)
      }
      guard let (number, use) = best else { break }
      let column = planner.makeVariable(use.expression.type)
      made.append((number, BoundAssignment(variable: column, expression: use.expression)))
      columns[number] = BoundExpression(.variable(column), at: use.expression.range, type: use.expression.type)
    }
    var projections: [[BoundAssignment]] = []
    var levels: [VariableID: Int] = [:]
    for (number, var assignment) in made.reversed() {
      let others = columns.filter { $0.key != number }
      let node = numbering.node(of: assignment.expression)
      if let replaced = assignment.expression.replacing(others, node) { assignment.expression = replaced }
      let read = assignment.expression.freeVariables(subqueries: planner.subqueries).compactMap { levels[$0] }
      let level = (read.max() ?? -1) + 1
      levels[assignment.variable] = level
      if level == projections.count { projections.append([]) }
      projections[level].append(assignment)
    }
    return (projections, columns)
  }

  /// The expressions of an operator with the numbers of their parts.
  struct Parts {
    /// All of them, in their order.
    private(set) var all: [(expression: BoundExpression, isCertain: Bool)]
    /// Those that may be taken apart, by their place.
    private var nodes: [Int: ValueNumbering.Node] = [:]
    private let isLeftAlone: [Bool]
    /// Whether any of them is evaluated for all rows in question.
    var isCertain = true

    init(_ all: [(expression: BoundExpression, isCertain: Bool)], isLeftAlone: [Bool]) {
      self.all = all
      self.isLeftAlone = isLeftAlone
    }

    var isWorthALook: Bool {
      all.indices.contains { !isLeftAlone[$0] && all[$0].expression.containsCostlyPart }
    }

    var size: Int { nodes.values.reduce(0) { $0 + $1.size } }

    mutating func number(_ numbering: inout ValueNumbering) {
      for index in all.indices where !isLeftAlone[index] { nodes[index] = numbering.node(of: all[index].expression) }
    }

    /// Puts columns in the place of what they hold; false if there is nothing to put.
    mutating func replace(_ known: [Int: BoundExpression], _ numbering: inout ValueNumbering) -> Bool {
      var hasChanged = false
      for (index, node) in known.isEmpty ? [:] : nodes {
        guard let replaced = all[index].expression.replacing(known, node) else { continue }
        hasChanged = true
        all[index].expression = replaced
        nodes[index] = numbering.node(of: replaced)
      }
      return hasChanged
    }

    /// Whether an expression evaluates any of some others for all rows that it is evaluated for.
    func evaluates(_ others: Set<Int>, at index: Int) -> Bool {
      var uses: [Int: Use] = [:]
      if let node = nodes[index] { all[index].expression.countUses(node, isCertain: true, [:], &uses) }
      return uses.contains { others.contains($0.key) && $0.value.isCertain }
    }

    func countUses(besides known: [Int: BoundExpression], _ uses: inout [Int: Use]) {
      for (index, node) in nodes.sorted(by: { $0.key < $1.key }) {
        all[index].expression.countUses(node, isCertain: isCertain && all[index].isCertain, known, &uses)
      }
    }
  }

  /// How often an expression is needed.
  struct Use {
    var expression: BoundExpression
    var size: Int
    var count = 0
    var isCertain = false
  }

  /// Expressions beyond this size are left alone.
  private static let commonPartsSizeLimit = 2000
  private static let commonPartsLimit = 16

  /// The columns that projections below have made, by the number of the expression that each holds.
  private func columns(below plan: Plan, _ numbering: inout ValueNumbering) -> [Int: BoundExpression] {
    var result: [Int: BoundExpression] = [:]
    var reassigned: Set<VariableID> = []
    var place = plan
    while true {
      switch place.kind {
      case .filter, .sort, .topN, .skip, .limit, .sortForEachRow, .skipForEachRow, .limitForEachRow: break
      case .project(let assignments):
        let own = Set(assignments.map(\.variable))
        for assignment in assignments where !reassigned.contains(assignment.variable) {
          let expression = assignment.expression
          guard expression.containsCostlyPart,
            expression.freeVariables(subqueries: planner.subqueries).isDisjoint(with: reassigned.union(own))
          else { continue }
          let node = numbering.node(of: expression)
          guard let number = node.number, node.isWorthKeeping, result[number] == nil else { continue }
          result[number] = BoundExpression(.variable(assignment.variable), at: expression.range, type: expression.type)
        }
        reassigned.formUnion(own)
      default: return result
      }
      place = place.inputs[0]
    }
  }

  func parts(of plan: Plan) -> Parts {
    let all = plan.evaluatedParts
    let isFilter = if case .filter = plan.kind { true } else { false }
    return Parts(all, isLeftAlone: all.map { isFilter && isTestedByDictionary($0.expression) })
  }

  /// Whether a condition is evaluated once for each different value of a property.
  private func isTestedByDictionary(_ condition: BoundExpression) -> Bool {
    guard case .property(_, let name)? = condition.onlyProperty?.kind,
      let key = planner.statistics.keyToken(name)
    else {
      return false
    }
    return planner.statistics.isDictionary(key, ofNodes: true) || planner.statistics.isDictionary(key, ofNodes: false)
  }
}

extension Plan {
  /// The expressions that the operator evaluates for its input rows; whether each is evaluated for all of them.
  var evaluatedParts: [(expression: BoundExpression, isCertain: Bool)] {
    get {
      switch kind {
      case .project(let assignments): assignments.map { ($0.expression, true) }
      case .filter(let conditions): conditions.enumerated().map { ($1, $0 == 0) }
      case .aggregate(let aggregation), .aggregateForEachRow(let aggregation, _):
        (aggregation.keys.map(\.expression) + aggregation.aggregates.flatMap(\.aggregate.arguments)).map { ($0, true) }
      case .sort(let items), .topN(let items, _, _), .sortForEachRow(let items, _, _, _):
        items.enumerated().map { ($1.expression, $0 == 0) }
      default: []
      }
    }
    set {
      var rest = newValue.map(\.expression)[...]
      func next() -> BoundExpression { rest.removeFirst() }
      func replaced(_ aggregation: BoundAggregation) -> BoundAggregation {
        var result = aggregation
        for index in result.keys.indices { result.keys[index].expression = next() }
        for index in result.aggregates.indices {
          result.aggregates[index].aggregate.arguments = result.aggregates[index].aggregate.arguments.map { _ in next()
          }
        }
        return result
      }
      func replaced(_ items: [BoundSortItem]) -> [BoundSortItem] {
        items.map { BoundSortItem(expression: next(), isDescending: $0.isDescending) }
      }
      switch kind {
      case .project(let assignments):
        kind = .project(assignments.map { BoundAssignment(variable: $0.variable, expression: next()) })
      case .filter(let conditions): kind = .filter(conditions.map { _ in next() })
      case .aggregate(let aggregation): kind = .aggregate(replaced(aggregation))
      case .aggregateForEachRow(let aggregation, let row): kind = .aggregateForEachRow(replaced(aggregation), row: row)
      case .sort(let items): kind = .sort(replaced(items))
      case .topN(let items, let limit, let skip): kind = .topN(replaced(items), limit: limit, skip: skip)
      case .sortForEachRow(let items, let limit, let skip, let row):
        kind = .sortForEachRow(replaced(items), limit: limit, skip: skip, row: row)
      default: break
      }
    }
  }
}

extension BoundExpression {
  /// Counts what is worth evaluating once, without what has been taken care of.
  fileprivate func countUses(
    _ node: ValueNumbering.Node, isCertain: Bool, _ known: [Int: BoundExpression],
    _ uses: inout [Int: RewriteRules.Use]
  ) {
    if let number = node.number {
      if known[number] != nil { return }
      if node.isWorthKeeping {
        var use = uses[number] ?? RewriteRules.Use(expression: self, size: node.size)
        use.count += 1
        use.isCertain = use.isCertain || isCertain
        uses[number] = use
      }
    }
    let certain = childrenAreCertain
    let readsRow = childrenReadTheRow
    for (index, child) in children.enumerated() where readsRow[index] {
      child.countUses(node.parts[index], isCertain: isCertain && certain[index], known, &uses)
    }
  }

  /// The expression with what is known put in the place of its parts; `nil` if there is nothing to put.
  fileprivate func replacing(_ known: [Int: BoundExpression], _ node: ValueNumbering.Node) -> BoundExpression? {
    if let number = node.number, var value = known[number] {
      value.range = range
      return value
    }
    var children = children
    guard !children.isEmpty else { return nil }
    let readsRow = childrenReadTheRow
    var hasChanged = false
    for index in children.indices where readsRow[index] {
      guard let replaced = children[index].replacing(known, node.parts[index]) else { continue }
      children[index] = replaced
      hasChanged = true
    }
    return hasChanged ? with(children: children) : nil
  }
}
