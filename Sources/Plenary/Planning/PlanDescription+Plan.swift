import PlenarySyntax

extension PlanDescription {
  /// Describes a plan in words of the query.
  ///
  /// - Parameter graph: the graph that it ran on, or would, as it was when it began.
  init(
    _ plan: Plan, of statement: PreparedStatement, on graph: Graph, _ parameters: MapValue, _ options: QueryOptions,
    profile: Profile? = nil
  ) {
    let writer = PlanWriter(statement, plan, graph, parameters)
    let threads = statement.shareableWork >= 0 ? plan.threadCounts(on: graph, options) : [:]
    self.init(plan, writer, threads, profile, statement.subplans)
  }

  /// - Parameter parent: the operator above, which may leave some of its work to this one.
  private init(
    _ plan: Plan, below parent: Plan? = nil, _ writer: PlanWriter, _ threads: [Int: Int], _ profile: Profile?,
    _ subplans: [Subplan]
  ) {
    (name, details) = writer.describe(plan)
    if let parent { details += writer.tests(madeBy: plan, for: parent) }
    estimatedRows = plan.estimatedRows
    self.threads = threads[plan.id]
    children =
      plan.inputs.map { PlanDescription($0, below: plan, writer, threads, profile, subplans) }
      + plan.expressions.flatMap(\.subqueries).map {
        PlanDescription(of: subplans[$0.index], writer, profile, subplans)
      }
    guard let profile else { return }
    let entry = profile.entries[plan.id]
    rows = entry?.rows ?? 0
    memory = entry?.memory ?? 0
    let inputs = plan.inputs.reduce(Duration.zero) { $0 + (profile.entries[$1.id]?.elapsed ?? .zero) }
    elapsed = Swift.max(.zero, (entry?.elapsed ?? .zero) - inputs)
  }
}

extension PlanDescription {
  /// Describes how a subquery of an expression is run.
  fileprivate init(of subplan: Subplan, _ writer: PlanWriter, _ profile: Profile?, _ subplans: [Subplan]) {
    estimatedRows = 1
    guard let pattern = subplan.counted else {
      (name, details) = ("Subquery", subplan.kind.word + (subplan.isConstant ? ", once" : ""))
      children = [PlanDescription(subplan.plan, writer, [:], profile, subplans)]
      return
    }
    (name, details) = ("SubqueryMatches", writer.counted(pattern))
    children = []
  }
}

extension Plan {
  /// The columns without a name in the text that it makes, if it is a projection.
  fileprivate func madeColumns(_ variables: [VariableInfo]) -> [VariableID] {
    guard case .project(let assignments) = kind else { return [] }
    return assignments.map(\.variable).filter { variables[$0.index].name.isEmpty }
  }
}

extension BoundExpression {
  /// The subqueries in it.
  fileprivate var subqueries: [SubqueryID] {
    if case .subquery(let id) = kind { return [id] }
    return children.flatMap(\.subqueries)
  }
}

/// Writes operators as text.
private struct PlanWriter {
  let variables: [VariableInfo]
  let text: String
  let graph: Graph
  let parameters: MapValue
  /// The columns without a name in the text that projections make: expressions that are needed several times.
  private var madeColumns: Set<VariableID> = []

  init(_ statement: PreparedStatement, _ plan: Plan, _ graph: Graph, _ parameters: MapValue) {
    variables = statement.variables
    text = statement.text
    self.graph = graph
    self.parameters = parameters
    for plan in [plan] + statement.subplans.map(\.plan) {
      plan.forEachOperator { madeColumns.formUnion($0.madeColumns(variables)) }
    }
  }

  func name(_ variable: VariableID) -> String {
    let name = variables[variable.index].name
    return name.isEmpty ? "_\(variable.index)" : name
  }

  /// An expression as the user wrote it, shortened when it is long; what is read from a column that the planner has
  /// made is the name of that.
  func source(_ expression: BoundExpression) -> String {
    let utf8 = Array(text.utf8)
    let start = Int(expression.range.start)
    let end = Swift.min(Int(expression.range.end), utf8.count)
    guard start < end else { return "" }
    var bytes: [UInt8] = []
    var position = start
    for (column, range) in columns(in: expression).sorted(by: { $0.range.start < $1.range.start })
    where range.start >= position && range.end <= end && range.start < range.end {
      bytes += utf8[position..<Int(range.start)] + name(column).utf8
      position = Int(range.end)
    }
    bytes += utf8[position..<end]
    let written = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return written.count > 60 ? written.prefix(57) + "..." : written
  }

  /// The columns made by the planner that an expression reads, and what they stand for.
  private func columns(in expression: BoundExpression) -> [(column: VariableID, range: SourceRange)] {
    if case .variable(let variable) = expression.kind {
      return madeColumns.contains(variable) ? [(variable, expression.range)] : []
    }
    return madeColumns.isEmpty ? [] : expression.children.flatMap { columns(in: $0) }
  }

  func filters(_ conditions: [BoundExpression]) -> String {
    conditions.isEmpty ? "" : " WHERE " + conditions.map(condition).joined(separator: " AND ")
  }

  func condition(_ expression: BoundExpression) -> String {
    switch expression.kind {
    case .hasLabels(let subject, let labels):
      if case .variable(let variable) = subject.kind { return "\(name(variable)):\(label(labels))" }
      return source(expression)
    case .comparison(.equal, let property, let value, _):
      // A property map has no text of its own for the comparison.
      if case .property(let subject, let key) = property.kind, case .variable(let variable) = subject.kind,
        expression.range == property.range || expression.range == value.range
      {
        return "\(name(variable)).\(key) = \(source(value))"
      }
      return source(expression)
    case .isNull(let subject, true):
      if case .variable(let variable) = subject.kind { return "\(name(variable)) IS NOT NULL" }
      // The condition of a counted expression has no text of its own.
      return source(expression) + (expression.range == subject.range ? " IS NOT NULL" : "")
    case .isElement(let subject, let type):
      guard case .variable(let variable) = subject.kind else { return source(expression) }
      return "\(name(variable)) is \(type == .list ? "a list of relationships" : type.phrase)"
    case .conditional(nil, let branches, _) where branches.count == 1 && branches[0].when.range == expression.range:
      // The negation of an alternative that is matched apart.
      return "(\(condition(branches[0].when))) IS NOT TRUE"
    default: return source(expression)
    }
  }

  /// The comparisons of a filter that the scan below it makes while it goes through ids.
  func tests(madeBy scan: Plan, for filter: Plan) -> String {
    guard case .filter(let conditions) = filter.kind, let input = scan.inputs.first, case .unit = input.kind else {
      return ""
    }
    let element: VariableID
    let isNode: Bool
    switch scan.kind {
    case .nodeScan(let node, _): (element, isNode) = (node, true)
    case .relationshipScan(let step, _, _): (element, isNode) = (step.relationship, false)
    default: return ""
    }
    let compared = conditions.compactMap { condition in
      PropertyComparison(condition, parameters).flatMap { $0.subject == element ? (condition, $0) : nil }
    }
    guard !compared.isEmpty, ScanTests.tests(for: compared.map(\.1), ofNodes: isNode, in: graph) != nil else {
      return ""
    }
    return ", testing " + compared.map { self.condition($0.0) }.joined(separator: " AND ")
  }

  /// What is asked of every node and relationship of a trail, and of its length.
  func trailTests(_ step: Expansion) -> String {
    let tests = step.trailTests.map { test in
      var text = condition(test.condition)
      // What none may meet stands in the text without a NOT.
      if case .not(let inner) = test.condition.kind, inner.range == test.condition.range { text = "NOT " + text }
      return "all \(test.isOfNodes ? "nodes" : "relationships") \(name(test.variable)) WHERE \(text)"
    }
    return (tests.isEmpty ? "" : " WITH " + tests.joined(separator: " AND "))
      + steps(step.lengthColumn)
  }

  /// That the steps of a trail are counted, if they are.
  private func steps(_ column: VariableID?) -> String { column.map { ", counting the steps as \(name($0))" } ?? "" }

  func label(_ expression: BoundLabelExpression) -> String {
    switch expression {
    case .name(let name): name
    case .wildcard: "%"
    case .not(let inner): "!" + label(inner)
    case .and(let parts): parts.map(label).joined(separator: "&")
    case .or(let parts): "(" + parts.map(label).joined(separator: "|") + ")"
    }
  }

  func step(_ step: Expansion, length: PathLength? = nil) -> String {
    var inside = variables[step.relationship.index].name
    if let types = step.types { inside += ":" + types.joined(separator: "|") }
    if let length { inside += "*\(length.min)..\(length.max.map(String.init) ?? "")" }
    let arrow = inside.isEmpty ? "--" : "-[\(inside)]-"
    let (left, right) = step.direction == .left ? ("<", "") : step.direction == .right ? ("", ">") : ("", "")
    let ends = step.isInto ? " (both ends known)" : ""
    return "(\(name(step.from)))\(left)\(arrow)\(right)(\(name(step.to)))\(ends)"
  }

  func sort(_ items: [BoundSortItem]) -> String {
    items.map { value($0.expression) + ($0.isDescending ? " DESC" : "") }.joined(separator: ", ")
  }

  func value(_ expression: BoundExpression) -> String {
    if case .variable(let variable) = expression.kind { return name(variable) }
    return source(expression)
  }

  func assignments(_ items: [BoundAssignment]) -> String {
    items.map { item in
      let written = value(item.expression)
      let name = name(item.variable)
      return written == name ? name : "\(written) AS \(name)"
    }.joined(separator: ", ")
  }

  /// The keys, then the aggregates: `a.city AS city: count(*)`.
  func aggregated(_ aggregation: BoundAggregation) -> String {
    assignments(aggregation.keys) + (aggregation.keys.isEmpty ? "" : ": ")
      + aggregation.aggregates.map { aggregated($0.aggregate) }.joined(separator: ", ")
  }

  /// `a.city; c.city OF (b)<--(a), (b)-->(c) WHERE c:Node`.
  private func crossTabulated(_ table: CrossTabulation) -> String {
    let steps = [table.near.step, table.far.step].compactMap { $0 }.map { step($0) }.joined(separator: ", ")
    let keys = [table.middleKeys, table.near.keys, table.far.keys].filter { !$0.isEmpty }.map(assignments)
    return keys.joined(separator: "; ") + " OF " + steps
      + filters(table.near.conditions + table.far.conditions)
  }

  /// An aggregate as the user wrote it; or what a rule has put in its place.
  private func aggregated(_ aggregate: BoundAggregate) -> String {
    name(of: aggregate) + (aggregate.valuesRead.map { $0 == 1 ? " (the first)" : " (the first \($0))" } ?? "")
  }

  private func name(of aggregate: BoundAggregate) -> String {
    let text = source(BoundExpression(.list(aggregate.arguments), at: aggregate.range))
    guard let function = aggregate.function, let argument = aggregate.arguments.first, argument.range != aggregate.range
    else { return text }
    func letters(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }
    let name =
      "\(function.name)(\(aggregate.isDistinct ? "DISTINCT " : "")\(aggregate.arguments.map(source).joined(separator: ", ")))"
    return letters(text) == letters(name) ? text : name
  }

  /// The steps, then the conditions: `of (a)-->(b), (b)-->(c) WHERE b:Person`.
  func counted(_ pattern: CountedPattern) -> String {
    let steps = pattern.steps.map { step($0, length: pattern.length) }.joined(separator: ", ")
    let extra = pattern.measures.compactMap(\.condition?.expression)
    let conditions = (pattern.conditions.sorted { $0.key < $1.key }.flatMap(\.value) + extra).map(condition)
    return "of " + steps + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
  }

  /// The chain, then the conditions within it: `(a)-[*1..3]->(b)`.
  func reached(_ pattern: ReachPattern) -> String {
    let steps = pattern.steps.map { step($0, length: pattern.length) }.joined(separator: ", ")
    let conditions = pattern.conditions.sorted { $0.key < $1.key }.flatMap(\.value).map(condition)
    return steps + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
      + pattern.steps.map(trailTests).joined()
  }

  func describe(_ plan: Plan) -> (name: String, details: String) {
    switch plan.kind {
    case .unit: ("SingleRow", "")
    case .argument: ("Argument", "")
    case .nodeScan(let node, nil): ("AllNodesScan", "(\(name(node)))")
    case .nodeScan(let node, let label?): ("NodeScan", "(\(name(node)):\(label))")
    case .indexSeek(let node, let search): describe(search, of: name(node))
    case .expand(let expansion): (expansion.isInto ? "ExpandInto" : "Expand", step(expansion))
    case .variableLengthExpand(let expansion, let length, _):
      ("VarLengthExpand", step(expansion, length: length) + trailTests(expansion))
    case .degreeTest(let expansion, let wantsNone): ("DegreeTest", (wantsNone ? "NOT " : "") + step(expansion))
    case .reach(let pattern): ("Reach", reached(pattern))
    case .relationshipScan(let expansion, let fromLabels, let toLabels):
      (
        "RelationshipScan",
        step(expansion)
          + (fromLabels.isEmpty ? "" : " FROM :" + fromLabels.joined(separator: "&"))
          + (toLabels.isEmpty ? "" : " TO :" + toLabels.joined(separator: "&"))
      )
    case .countMatches(let pattern) where pattern.isTest:
      ("MatchTest", (pattern.wantsNone ? "NOT " : "") + counted(pattern))
    case .countMatches(let pattern) where pattern.isOptional: ("CountOptionalMatches", counted(pattern))
    case .countMatches(let pattern): ("CountMatches", counted(pattern))
    case .relationshipEnds(let expansion): ("RelationshipEnds", step(expansion))
    case .shortestPath(let search):
      (
        search.findsAll ? "AllShortestPaths" : "ShortestPath",
        "(\(name(search.relationship.from))) to (\(name(search.relationship.to)))" + steps(search.lengthColumn)
      )
    case .filter(let conditions): ("Filter", conditions.map(condition).joined(separator: " AND "))
    case .project(let items): ("Project", assignments(items))
    case .unwind(let list, let variable): ("Unwind", "\(value(list)) AS \(name(variable))")
    case .aggregate(let aggregation): ("Aggregate", aggregated(aggregation))
    case .aggregateForEachRow(let aggregation, _): ("AggregateForEachRow", aggregated(aggregation))
    case .aggregateNeighbours(let neighbours):
      (
        "AggregateNeighbours",
        aggregated(neighbours.aggregation) + (neighbours.isOptional ? " OF OPTIONAL " : " OF ") + step(neighbours.step)
          + filters(neighbours.conditions + (neighbours.comparisons?.conditions ?? []))
      )
    case .crossTabulate(let table): ("CrossTabulate", crossTabulated(table))
    case .shortcut: ("Shortcut", "")
    case .graphCounts(let counting): ("GraphCounts", assignments([counting.key]))
    case .distinct(let columns): ("Distinct", columns.map(name).joined(separator: ", "))
    case .sort(let items): ("Sort", sort(items))
    case .topN(let items, let limit, let skip):
      ("TopN", sort(items) + " LIMIT \(value(limit))" + (skip.map { " SKIP \(value($0))" } ?? ""))
    case .skip(let count): ("Skip", value(count))
    case .limit(let count): ("Limit", value(count))
    case .sortForEachRow(let items, let limit?, let skip, _):
      ("TopNForEachRow", sort(items) + " LIMIT \(value(limit))" + (skip.map { " SKIP \(value($0))" } ?? ""))
    case .sortForEachRow(let items, nil, _, _): ("SortForEachRow", sort(items))
    case .skipForEachRow(let count, _): ("SkipForEachRow", value(count))
    case .limitForEachRow(let count, _): ("LimitForEachRow", value(count))
    case .cartesianProduct: ("CartesianProduct", "")
    case .hashJoin(let keys):
      ("HashJoin", keys.map { "\(value($0.left)) = \(value($0.right))" }.joined(separator: ", "))
    case .apply: ("Apply", "")
    case .optionalApply: ("OptionalApply", "")
    case .semiApply(_, let isAnti): (isAnti ? "AntiSemiApply" : "SemiApply", "")
    case .union: ("Union", "")
    case .create(let creation):
      ("Create", "\(creation.nodes.count) nodes, \(creation.relationships.count) relationships per row")
    case .merge: ("Merge", "")
    case .set(let items): ("SetProperties", "\(items.count) assignments")
    case .remove(let items): ("Remove", "\(items.count) items")
    case .delete(let items, let detach): (detach ? "DetachDelete" : "Delete", items.map(value).joined(separator: ", "))
    case .call(let call): ("ProcedureCall", call.procedure.name)
    }
  }

  private func describe(_ search: IndexSearch, of node: String) -> (name: String, details: String) {
    let (start, property) = ("(\(node):\(search.label)) WHERE ", "\(node).\(search.key)")
    switch search.wanted {
    case .equal(let wanted): return ("IndexSeek", "(\(node):\(search.label) {\(search.key): \(value(wanted))})")
    case .anyOf(let list): return ("IndexSeek", start + "\(property) IN \(elements(list))")
    case .prefix(let prefix): return ("IndexPrefixSeek", start + "\(property) STARTS WITH \(value(prefix))")
    case .range(let lower, let upper):
      let bounds = [
        lower.map { "\(property) \($0.isInclusive ? ">=" : ">") \(value($0.value))" },
        upper.map { "\(property) \($0.isInclusive ? "<=" : "<") \(value($0.value))" },
      ]
      return ("IndexRangeSeek", start + bounds.compactMap { $0 }.joined(separator: " AND "))
    }
  }

  /// A list to look for; one that the planner has made is nowhere in the text.
  private func elements(_ list: BoundExpression) -> String {
    guard case .list(let items) = list.kind, items.count <= 8 else { return value(list) }
    return "[" + items.map(value).joined(separator: ", ") + "]"
  }
}

extension PlanDescription: CustomStringConvertible {
  /// The plan as an indented tree, the last operator first.
  public var description: String {
    var lines: [(operator: String, columns: String)] = []
    write(into: &lines, depth: 0)
    let width = lines.map { $0.operator.count }.max() ?? 0
    return lines.map { line in
      line.operator + String(repeating: " ", count: width - line.operator.count) + "  " + line.columns
    }.joined(separator: "\n")
  }

  private func write(into lines: inout [(operator: String, columns: String)], depth: Int) {
    let indent = depth == 0 ? "" : String(repeating: "  ", count: depth - 1) + "└ "
    var columns = "~\(Int(Swift.min(estimatedRows.rounded(.up), 1e15))) rows"
    if let threads { columns += ", \(threads) threads" }
    if let rows { columns += ", \(rows) found" }
    if let memory, memory > 0 { columns += ", \(ByteCount.text(memory))" }
    if let elapsed {
      let microseconds = elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000
      columns += ", \(microseconds) µs"
    }
    lines.append((indent + name + (details.isEmpty ? "" : " " + details), columns))
    for child in children { child.write(into: &lines, depth: depth + 1) }
  }
}
