/// Finds which columns each operator must keep, from the root down.
///
/// Operators that copy rows (expand, joins) copy only these, so values nobody reads are never moved.
enum LivenessAnalysis {
  static func annotate(_ plan: Plan, keeping needed: [VariableID], subqueries: [BoundSubquery]) -> Plan {
    annotate(plan, Set(needed), subqueries)
  }

  private static func annotate(_ plan: Plan, _ needed: Set<VariableID>, _ subqueries: [BoundSubquery]) -> Plan {
    var plan = plan
    plan.live = needed.sorted()
    let requirements = requirements(of: plan, needed, subqueries)
    for (index, requirement) in requirements.enumerated() {
      plan.inputs[index] = annotate(plan.inputs[index], requirement, subqueries)
    }
    return plan
  }

  /// The columns each input must deliver.
  private static func requirements(
    of plan: Plan, _ needed: Set<VariableID>, _ subqueries: [BoundSubquery]
  ) -> [Set<VariableID>] {
    func reads(_ expressions: [BoundExpression]) -> Set<VariableID> {
      expressions.reduce(into: []) { $0.formUnion($1.freeVariables(subqueries: subqueries)) }
    }
    switch plan.kind {
    case .unit, .argument, .graphCounts: return []
    case .relationshipScan: return [[]]
    case .nodeScan(let node, _): return [needed.subtracting([node])]
    case .indexSeek(let node, let search): return [needed.subtracting([node]).union(reads(search.expressions))]
    case .expand(let step): return [requirement(of: step, needed)]
    case .variableLengthExpand(let step, _, let properties):
      return [requirement(of: step, needed).union(reads(properties.map(\.value)))]
    case .degreeTest(let step, _): return [needed.union([step.from])]
    case .reach(let pattern): return [[pattern.from]]
    case .countMatches(let pattern):
      let read = Set(pattern.scansRoot ? [] : [pattern.root] + pattern.outerNodes).union(pattern.outerRelationships)
      return [pattern.isTotal ? read : needed.subtracting(pattern.measures.map(\.column)).union(read)]
    case .aggregateNeighbours(let neighbours):
      let ofRows = neighbours.aggregation.keys.map(\.expression) + (neighbours.comparisons?.rowExpressions ?? [])
      return [reads(ofRows).union([neighbours.step.from] + neighbours.otherNodes)]
    case .crossTabulate(let table): return [[table.root]]
    case .relationshipEnds(let step):
      return [needed.union([step.relationship]).union(step.excluding).union([step.from, step.to])]
    case .shortestPath(let search):
      let relationship = search.relationship
      return [
        needed.subtracting(search.introduced).union([relationship.from, relationship.to])
          .union(reads(relationship.elementProperties.map(\.value)))
      ]
    case .filter(let conditions): return [needed.union(reads(conditions))]
    case .project(let assignments):
      // An assignment may read the old value of a variable it replaces.
      return [needed.subtracting(assignments.map(\.variable)).union(reads(assignments.map(\.expression)))]
    case .unwind(let list, let variable): return [needed.subtracting([variable]).union(reads([list]))]
    case .aggregate(let aggregation):
      return [
        reads(aggregation.keys.map(\.expression)).union(reads(aggregation.aggregates.flatMap(\.aggregate.arguments)))
      ]
    case .aggregateForEachRow(let aggregation, let row):
      return [reads(aggregation.aggregates.flatMap(\.aggregate.arguments)).union([row])]
    case .distinct(let columns): return [needed.union(columns)]
    case .sort(let items), .topN(let items, _, _): return [needed.union(reads(items.map(\.expression)))]
    case .skip, .limit, .shortcut: return [needed]
    case .sortForEachRow(let items, _, _, let row):
      return [needed.union(reads(items.map(\.expression))).union([row])]
    case .skipForEachRow(_, let row), .limitForEachRow(_, let row): return [needed.union([row])]
    case .cartesianProduct: return [needed, needed]
    case .hashJoin(let keys): return [needed.union(reads(keys.map(\.left))), needed.union(reads(keys.map(\.right)))]
    case .apply(let row, _), .semiApply(let row, _):
      let inner = plan.inputs[1]
      return [needed.union(inner.argumentReads(subqueries)), needed.union([row])]
    case .optionalApply(let row, let introduced):
      let inner = plan.inputs[1]
      return [
        needed.subtracting(introduced).union(inner.argumentReads(subqueries)),
        needed.intersection(introduced).union([row]),
      ]
    case .union(_, let sources):
      // Columns pair up by position; those nobody reads still pair, so all are kept.
      return sources.map(Set.init)
    case .create(let creation):
      var result = needed
      result.formUnion(reads(creation.nodes.compactMap(\.properties)))
      result.formUnion(reads(creation.relationships.compactMap(\.properties)))
      for relationship in creation.relationships { result.formUnion([relationship.from, relationship.to]) }
      result.subtract(creation.nodes.map(\.variable))
      result.subtract(creation.relationships.map(\.variable))
      return [result]
    case .merge(let merge, let row):
      var outer = needed
      outer.formUnion(reads(merge.creation.nodes.compactMap(\.properties)))
      outer.formUnion(reads(merge.creation.relationships.compactMap(\.properties)))
      for relationship in merge.creation.relationships { outer.formUnion([relationship.from, relationship.to]) }
      for item in merge.onCreate + merge.onMatch { outer.formUnion(reads(item.expressions)) }
      let made = Set(merge.creation.nodes.map(\.variable)).union(merge.creation.relationships.map(\.variable))
      let innerNeeded = made.union([row])
      return [outer.subtracting(made).union(plan.inputs[1].argumentReads(subqueries)).subtracting(made), innerNeeded]
    case .set(let items): return [needed.union(reads(items.flatMap(\.expressions)))]
    case .remove(let items): return [needed.union(reads(items.map(\.subject)))]
    case .delete(let items, _): return [needed.union(reads(items))]
    case .call(let call): return [needed.subtracting(call.yields.map(\.variable)).union(reads(call.arguments))]
    }
  }

  private static func requirement(of step: Expansion, _ needed: Set<VariableID>) -> Set<VariableID> {
    var result = needed
    result.remove(step.relationship)
    if let column = step.lengthColumn { result.remove(column) }
    if !step.isInto { result.remove(step.to) }
    result.insert(step.from)
    if step.isInto { result.insert(step.to) }
    result.formUnion(step.excluding)
    return result
  }
}

extension Plan {
  /// Every variable that the operators of a plan read: what an argument must offer, and more.
  func argumentReads(_ subqueries: [BoundSubquery]) -> Set<VariableID> {
    var result: Set<VariableID> = []
    forEachOperator { plan in
      for expression in plan.expressions { result.formUnion(expression.freeVariables(subqueries: subqueries)) }
      switch plan.kind {
      case .expand(let step), .variableLengthExpand(let step, _, _), .relationshipEnds(let step):
        result.formUnion([step.from, step.to, step.relationship])
        result.formUnion(step.excluding)
      case .degreeTest(let step, _): result.insert(step.from)
      case .reach(let pattern): result.insert(pattern.from)
      case .countMatches(let pattern):
        result.formUnion([pattern.root] + pattern.outerNodes + pattern.outerRelationships)
      case .aggregateNeighbours(let neighbours): result.formUnion([neighbours.step.from] + neighbours.otherNodes)
      case .crossTabulate(let table): result.insert(table.root)
      case .shortestPath(let search): result.formUnion([search.relationship.from, search.relationship.to])
      case .distinct(let columns): result.formUnion(columns)
      case .aggregateForEachRow(_, let row), .sortForEachRow(_, _, _, let row), .skipForEachRow(_, let row),
        .limitForEachRow(_, let row):
        result.insert(row)
      case .union(_, let sources): result.formUnion(sources.joined())
      case .create(let creation): result.formUnion(creation.relationships.flatMap { [$0.from, $0.to] })
      case .merge(let merge, _): result.formUnion(merge.creation.relationships.flatMap { [$0.from, $0.to] })
      default: break
      }
    }
    return result
  }

  /// The expressions an operator evaluates.
  var expressions: [BoundExpression] {
    switch kind {
    case .indexSeek(_, let search): search.expressions
    case .variableLengthExpand(_, _, let properties): properties.map(\.value)
    case .shortestPath(let search): search.relationship.elementProperties.map(\.value)
    case .reach(let pattern): pattern.conditions.values.flatMap { $0 }
    case .countMatches(let pattern):
      pattern.conditions.values.flatMap { $0 } + pattern.measures.compactMap(\.condition?.expression)
    case .aggregateNeighbours(let neighbours):
      neighbours.conditions + neighbours.aggregation.keys.map(\.expression)
        + neighbours.aggregation.aggregates.flatMap(\.aggregate.arguments)
        + (neighbours.comparisons.map { $0.values + $0.rowExpressions } ?? [])
    case .crossTabulate(let table):
      table.near.conditions + table.far.conditions + table.keys.map(\.expression)
    case .filter(let conditions): conditions
    case .project(let assignments): assignments.map(\.expression)
    case .unwind(let list, _): [list]
    case .aggregate(let aggregation), .aggregateForEachRow(let aggregation, _):
      aggregation.keys.map(\.expression) + aggregation.aggregates.flatMap(\.aggregate.arguments)
    case .sort(let items): items.map(\.expression)
    case .topN(let items, let limit, let skip): items.map(\.expression) + [limit] + [skip].compactMap { $0 }
    case .sortForEachRow(let items, let limit, let skip, _):
      items.map(\.expression) + [limit, skip].compactMap { $0 }
    case .skip(let count), .limit(let count), .skipForEachRow(let count, _), .limitForEachRow(let count, _): [count]
    case .hashJoin(let keys): keys.flatMap { [$0.left, $0.right] }
    case .create(let creation):
      creation.nodes.compactMap(\.properties) + creation.relationships.compactMap(\.properties)
    case .merge(let merge, _):
      merge.creation.nodes.compactMap(\.properties) + merge.creation.relationships.compactMap(\.properties)
        + (merge.onCreate + merge.onMatch).flatMap(\.expressions)
    case .set(let items): items.flatMap(\.expressions)
    case .remove(let items): items.map(\.subject)
    case .delete(let items, _): items
    case .call(let call): call.arguments
    default: []
    }
  }
}

extension BoundSetItem {
  /// What the assignment reads: its target and its value.
  var expressions: [BoundExpression] {
    switch self {
    case .property(let subject, _, let value), .replace(let subject, let value), .merge(let subject, let value):
      [subject, value]
    case .labels(let subject, _): [subject]
    }
  }
}

extension BoundRemoveItem {
  /// What something is removed from.
  var subject: BoundExpression {
    switch self {
    case .property(let subject, _), .labels(let subject, _): subject
    }
  }
}
