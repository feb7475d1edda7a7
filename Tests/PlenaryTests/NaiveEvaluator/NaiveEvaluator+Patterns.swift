@testable import Plenary
@testable import PlenarySyntax

extension NaiveEvaluator {
  /// A place in a graph pattern that is being filled.
  private struct Walk {
    /// The variables so far, those of nameless elements included.
    var row: NaiveRow
    /// The relationships in use: none is used twice in one MATCH.
    var used: Set<RelationshipID> = []
    /// The path being matched.
    var nodes: [NodeID] = []
    var relationships: [RelationshipID] = []
  }

  /// Every way to satisfy patterns and a condition: each extends the row.
  func matches(of patterns: [PathPattern], where condition: ExpressionID?, in row: NaiveRow) throws -> [NaiveRow] {
    var walks = [Walk(row: row)]
    for (number, pattern) in patterns.enumerated() {
      walks =
        pattern.search == .all
        ? walks.flatMap { self.walks(along: pattern, number, from: $0) }
        : walks.flatMap { searches(for: pattern, number, from: $0) }
    }
    work += 1 + walks.count
    guard work < NaiveEvaluator.workLimit else { throw NaiveWorkLimit() }
    return try walks.compactMap { walk in
      for (number, pattern) in patterns.enumerated() {
        for (place, element) in pattern.elements.enumerated() {
          let subject = walk.row[name(of: element, number, place)] ?? .null
          guard try holdsConditions(of: element, subject, in: walk.row) else { return nil }
        }
      }
      let row = walk.row.filter { !$0.key.hasPrefix("\u{1}") }
      if let condition, try evaluate(condition, row).truth() != .true { return nil }
      return row
    }
  }

  /// The variable of an element, or a name of our own.
  private func name(of element: PatternElement, _ pattern: Int, _ place: Int) -> String {
    switch element {
    case .node(let node): node.variable?.text ?? "\u{1}\(pattern).\(place)"
    case .relationship(let relationship): relationship.variable?.text ?? "\u{1}\(pattern).\(place)"
    }
  }

  // MARK: Walking

  private func walks(along pattern: PathPattern, _ number: Int, from walk: Walk) -> [Walk] {
    var start = walk
    start.nodes = []
    start.relationships = []
    var walks = graph.nodes().compactMap { bind($0.id, pattern, number, 0, in: start) }
    for place in stride(from: 1, to: pattern.elements.count, by: 2) {
      guard case .relationship(let relationship) = pattern.elements[place] else { continue }
      let name = name(of: pattern.elements[place], number, place)
      walks = walks.flatMap { walk in
        steps(along: relationship, named: name, from: walk).compactMap { step in
          step.nodes.last.flatMap { bind($0, pattern, number, place + 1, in: step) }
        }
      }
    }
    guard let variable = pattern.variable else { return walks }
    return walks.map { walk in
      var walk = walk
      walk.row[variable.text] = .path(PathValue(nodes: walk.nodes, relationships: walk.relationships))
      return walk
    }
  }

  /// Puts a node in its place if it fits there.
  private func bind(_ id: NodeID, _ pattern: PathPattern, _ number: Int, _ place: Int, in walk: Walk) -> Walk? {
    guard case .node(let node) = pattern.elements[place] else { return nil }
    if let labels = node.labels, !holds(labels, of: .node(id)) { return nil }
    var result = walk
    let name = name(of: pattern.elements[place], number, place)
    if let bound = walk.row[name] {
      guard case .node(id) = bound else { return nil }
    } else {
      result.row[name] = .node(id)
    }
    if place == 0 { result.nodes = [id] }
    return result
  }

  /// One relationship, or all the trails that a variable length allows.
  private func steps(along pattern: RelationshipPattern, named name: String, from walk: Walk) -> [Walk] {
    guard let length = pattern.length else {
      return hops(along: pattern, from: walk).compactMap { hop in
        var hop = hop
        let relationship = hop.relationships[hop.relationships.count - 1]
        if let bound = hop.row[name] {
          guard case .relationship(relationship) = bound else { return nil }
        } else {
          hop.row[name] = .relationship(relationship)
        }
        return hop
      }
    }
    var result: [Walk] = []
    var trails = [walk]
    var count = 0
    while !trails.isEmpty, count <= length.max ?? .max {
      if count >= length.min ?? 1 { result += trails }
      trails = trails.flatMap { hops(along: pattern, from: $0) }
      count += 1
    }
    return result.compactMap { trail in
      let list = Value.list(trail.relationships.dropFirst(walk.relationships.count).map(Value.relationship))
      if let bound = trail.row[name] { return bound == list ? trail : nil }
      var trail = trail
      trail.row[name] = list
      return trail
    }
  }

  /// Every unused relationship of the right type and direction at the end of a walk.
  private func hops(along pattern: RelationshipPattern, from walk: Walk) -> [Walk] {
    let end = walk.nodes[walk.nodes.count - 1]
    work += 1
    // Whoever asked looks at the limit and throws the result away.
    guard work < NaiveEvaluator.workLimit else { return [] }
    return allRelationships.flatMap { relationship -> [Walk] in
      guard !walk.used.contains(relationship.id) else { return [] }
      if let types = pattern.types, !holds(types, of: .relationship(relationship.id)) { return [] }
      var ends: [NodeID] = []
      if pattern.direction != .left, relationship.source.id == end { ends.append(relationship.target.id) }
      // A loop that may point either way is one match, not two.
      if pattern.direction != .right, relationship.target.id == end, ends != [relationship.source.id] {
        ends.append(relationship.source.id)
      }
      return ends.map { next in
        var hop = walk
        hop.used.insert(relationship.id)
        hop.relationships.append(relationship.id)
        hop.nodes.append(next)
        return hop
      }
    }
  }

  /// The shortest of all walks between each pair of nodes, or one of them.
  private func searches(for pattern: PathPattern, _ number: Int, from walk: Walk) -> [Walk] {
    var pattern = pattern
    if case .relationship(var relationship) = pattern.elements[1], relationship.length == nil {
      relationship.length = RelationshipPattern.Length(min: 1, max: 1, range: relationship.range)
      pattern.elements[1] = .relationship(relationship)
    }
    let found = walks(along: pattern, number, from: walk)
    let pairs = Dictionary(grouping: found) { [$0.nodes[0], $0.nodes[$0.nodes.count - 1]] }
    return pairs.values.flatMap { walks -> [Walk] in
      let length = walks.map(\.relationships.count).min()
      let shortest = walks.filter { $0.relationships.count == length }
      return pattern.search == .shortest ? Array(shortest.prefix(1)) : shortest
    }
  }

  // MARK: Conditions

  private func holdsConditions(of element: PatternElement, _ subject: Value, in row: NaiveRow) throws -> Bool {
    let row = row.filter { !$0.key.hasPrefix("\u{1}") }
    let (properties, condition) =
      switch element {
      case .node(let node): (node.properties, node.condition)
      case .relationship(let relationship): (relationship.properties, relationship.condition)
      }
    if let properties {
      guard case .map(let wanted) = try evaluate(properties, row) else {
        throw NaiveError(description: "expected a map of properties")
      }
      let subjects: [Value]
      if case .list(let relationships) = subject { subjects = relationships } else { subjects = [subject] }
      for subject in subjects {
        for (key, value) in wanted
        where Value.isEqual(try Value.property(key, of: subject, in: graph), value) != .true { return false }
      }
    }
    guard let condition else { return true }
    return try evaluate(condition, row).truth() == .true
  }

  /// Whether a label expression holds of a node's labels or a relationship's type.
  func holds(_ id: LabelExpressionID, of value: Value) -> Bool {
    let names: [String] =
      switch value {
      case .node(let id): graph.node(id)?.labels ?? []
      case .relationship(let id): [graph.relationship(id)?.type].compactMap { $0 }
      default: []
      }
    func holds(_ id: LabelExpressionID) -> Bool {
      switch tree[id].kind {
      case .name(let name): names.contains(name.text)
      case .wildcard: !names.isEmpty
      case .not(let operand): !holds(operand)
      case .and(let operands): operands.allSatisfy(holds)
      case .or(let operands): operands.contains(where: holds)
      }
    }
    return holds(id)
  }
}
