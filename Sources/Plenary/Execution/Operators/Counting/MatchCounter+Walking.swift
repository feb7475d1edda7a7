extension MatchCounter {
  /// The matches of the core from one of its steps on, given what earlier steps have bound.
  func walk(_ index: Int) throws -> Int64 {
    guard index < core.count else { return 1 }
    try checkNowAndThen()
    let step = core[index]
    var total: Int64 = 0
    if step.isInto {
      try step.neighbours.forEachRelationship(from: step.from.node, to: step.to.node) { relationship in
        guard mayTake(relationship, step) else { return }
        step.relationship = relationship
        total = try sum(total, walk(index + 1))
      }
      return total
    }
    let to = step.to
    if let closing {
      if index == core.count - 2 { return try walkToMarked(step, closing.marks) }
      if index == core.count - 3, let total = try walkOnToMarked(step, core[index + 1], closing.marks) { return total }
    }
    if index == core.count - 1, let count = try lastCount(step) { return count }
    try step.neighbours.forEach(at: step.from.node) { neighbour, relationship in
      guard to.filter?.passes(neighbour) ?? true, mayTake(relationship, step) else { return }
      let weight = try product(of: to, at: neighbour)
      guard weight > 0 else { return }
      to.node = neighbour
      step.relationship = relationship
      total = try sum(total, multiply(weight, walk(index + 1)))
    }
    return total
  }

  /// Whether a step can take a relationship: no other step has, and it is one that is wanted.
  @inline(__always)
  func mayTake(_ relationship: UInt32, _ step: Step) -> Bool {
    for other in step.excluding where other.relationship == relationship { return false }
    if let test = step.test, !test.passes(relationship) { return false }
    return step.outer.isEmpty || !step.outer.contains { $0.holds(relationship, in: row) }
  }

  /// The matches of the last step: what all relationships at its node lead to, less what the used ones among them do;
  /// `nil` where they have to be looked at one by one.
  func lastCount(_ step: Step) throws -> Int64? {
    if step.to.isPlain { return lastDegree(step) }
    // Nodes are met again by rows that differ in a relationship only.
    guard !step.outer.isEmpty else { return nil }
    let node = step.from.node
    let memo = step.memo ?? LargeMemory.allocateZeros(Int64.self, count: nodeCapacity)
    step.memo = memo
    var count = memo[Int(node)] &- 1
    if count < 0 {
      count = try sum(over: step, at: node)
      if count < .max { memo[Int(node)] = count &+ 1 }
    }
    for relationship in usedRelationships(step) {
      count = try count &- matches(of: step, over: relationship, from: node)
    }
    return count
  }

  /// How many relationships the last step can take; `nil` where they have to be looked at one by one.
  func lastDegree(_ step: Step) -> Int64? {
    guard let degree = step.degree(of: step.from.node) else { return nil }
    return degree &- Int64(usedRelationships(step).count)
  }

  /// The relationships that the last step could take if others had not. Others may share one when they are free to.
  private func usedRelationships(_ step: Step) -> [UInt32] {
    used.removeAll(keepingCapacity: true)
    func add(_ relationship: UInt32) {
      if step.leads(relationship, from: step.from.node), !used.contains(relationship) { used.append(relationship) }
    }
    for other in step.excluding { add(other.relationship) }
    for column in step.outer { column.forEachRelationship(in: row, add) }
    return used
  }

  // MARK: Closing cycles

  /// The last two steps of a core that comes back to its root, as in `(a)-->(b)-->(c)-->(a)`: nodes next to the root
  /// are marked once for each root, so that a step into it is one bit to read.
  struct Closing {
    let marks: NodeSet
    /// The last step, and its relationships as seen from the root.
    let last: Step
    let fromRoot: Neighbourhood

    func mark(from root: UInt32) {
      guard let test = last.test else { return fromRoot.forEachNode(at: root) { _ = marks.insert($0) } }
      fromRoot.forEach(at: root) { neighbour, relationship in
        if test.passes(relationship) { _ = marks.insert(neighbour) }
      }
    }

    func unmark(from root: UInt32) { fromRoot.forEachNode(at: root) { marks.remove($0) } }
  }

  /// How the core closes; `nil` where it does not, or where a node next to the root could count more than once.
  static func closing(_ core: [Step], _ root: Slot, _ graph: Graph) -> Closing? {
    guard core.count >= 2, let last = core.last, last.isInto, last.excluding.isEmpty, last.outerVariables.isEmpty else {
      return nil
    }
    let before = core[core.count - 2]
    let isFromRoot = last.from === root && last.to === before.to
    guard !before.isInto, isFromRoot || (last.to === root && last.from === before.to), before.to !== root else {
      return nil
    }
    let fromRoot = isFromRoot ? last.neighbours : Neighbourhood(of: last.expansion.reversed, in: graph)
    guard let list = fromRoot.onlyList, !list.hasParallels else { return nil }
    return Closing(marks: NodeSet(capacity: graph.nodeCapacity), last: last, fromRoot: fromRoot)
  }

  /// The matches of the last two steps.
  func walkToMarked(_ step: Step, _ marks: NodeSet) throws -> Int64 {
    let to = step.to
    var total: Int64 = 0
    if to.isPlain, step.takesAny, step.excluding.isEmpty, step.outer.isEmpty {
      step.neighbours.forEachNode(at: step.from.node) { total &+= Int64(marks.counting($0)) }
      return total
    }
    try step.neighbours.forEach(at: step.from.node) { neighbour, relationship in
      guard marks.contains(neighbour), to.filter?.passes(neighbour) ?? true, mayTake(relationship, step) else { return }
      total = try sum(total, product(of: to, at: neighbour))
    }
    return total
  }

  /// The matches of the last three steps, where little is asked of the first two of them; `nil` for any others.
  ///
  /// Both loops in one place: passing the second step on for each node that the first leads to takes longer than the
  /// step, which for most nodes is short.
  private func walkOnToMarked(_ first: Step, _ second: Step, _ marks: NodeSet) throws -> Int64? {
    let middle = first.to
    guard second.from === middle, !second.isInto, middle.branches.isEmpty, second.to.isPlain,
      [first, second].allSatisfy({ $0.excluding.isEmpty && $0.outer.isEmpty })
    else { return nil }
    let (neighbours, filter, firstTest, secondTest) = (second.neighbours, middle.filter, first.test, second.test)
    var total: Int64 = 0
    try first.neighbours.forEach(at: first.from.node) { node, relationship in
      try checkNowAndThen()
      guard filter?.passes(node) ?? true, firstTest?.passes(relationship) ?? true else { return }
      guard let secondTest else {
        return neighbours.forEachNode(at: node) { total &+= Int64(marks.counting($0)) }
      }
      neighbours.forEach(at: node) { end, relationship in
        if secondTest.passes(relationship) { total &+= Int64(marks.counting(end)) }
      }
    }
    return total
  }

  // MARK: Trails

  /// The number of trails of some lengths at a node whose last node passes.
  func trailCount(at start: UInt32, _ step: Step, _ length: PathLength) throws -> Int64 {
    if let count = try wayCount(from: start, step, length) { return count }
    let neighbours = step.neighbours
    let filter = step.to.filter
    let maximum = length.max ?? .max
    guard maximum >= length.min else { return 0 }
    var total: Int64 = try length.min == 0 && passes(start, filter) ? 1 : 0
    guard maximum > 0 else { return total }
    // The nodes of the trail, each with the place in its list, and the relationships between them.
    var nodes = [start]
    var cursors = [neighbours.cursor(at: start)]
    var trail: [UInt32] = []
    while let last = cursors.indices.last {
      if trail.count > last { trail.removeLast() }
      if last + 1 == maximum, filter == nil {
        try checkNowAndThen()
        let node = nodes[last]
        var degree = neighbours.degree(of: node)
        for relationship in trail where neighbours.leads(relationship, from: node) { degree -= 1 }
        total = try sum(total, Int64(degree))
        cursors.removeLast()
        nodes.removeLast()
        continue
      }
      guard let (neighbour, relationship) = neighbours.next(&cursors[last]) else {
        cursors.removeLast()
        nodes.removeLast()
        continue
      }
      try checkNowAndThen()
      if trail.contains(relationship) { continue }
      if last + 1 >= length.min, try passes(neighbour, filter) { total = try sum(total, 1) }
      if last + 1 < maximum {
        trail.append(relationship)
        nodes.append(neighbour)
        cursors.append(neighbours.cursor(at: neighbour))
      }
    }
    return total
  }
}
