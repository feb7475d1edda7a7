/// Whether there is a match, which is known as soon as one is found.
extension MatchCounter {
  func hasMatch(at node: UInt32) throws -> Bool {
    guard try hasBranches(of: root, at: node) else { return false }
    root.node = node
    if let meeting { return try walkToMeeting(meeting) > 0 }
    guard let closing else { return try canFinish(0) }
    closing.mark(from: node)
    defer { closing.unmark(from: node) }
    return try canFinish(0)
  }

  /// Whether every branch at a node has a match.
  func hasBranches(of slot: Slot, at node: UInt32) throws -> Bool {
    if slot.branches.isEmpty { return true }
    // A root is mostly asked for once.
    let memo = slot === root ? nil : memo(of: slot)
    if let known = memo?[Int(node)], known != 0 { return known > 1 }
    let result = try slot.branches.allSatisfy { try hasMatch(of: $0, at: node) }
    memo?[Int(node)] = result ? 2 : 1
    return result
  }

  private func hasMatch(of step: Step, at node: UInt32) throws -> Bool {
    let to = step.to
    if to.isPlain, step.takesAny { return !step.neighbours.isEmpty(at: node) }
    var cursor = step.neighbours.cursor(at: node)
    while let (neighbour, relationship) = step.neighbours.next(&cursor) {
      try checkNowAndThen()
      if step.test?.passes(relationship) ?? true, to.filter?.passes(neighbour) ?? true,
        try hasBranches(of: to, at: neighbour)
      {
        return true
      }
    }
    return false
  }

  /// Whether the core has a match from one of its steps on, given what earlier steps have bound.
  private func canFinish(_ index: Int) throws -> Bool {
    guard index < core.count else { return true }
    try checkNowAndThen()
    let step = core[index]
    if step.isInto {
      var isFound = false
      try step.neighbours.forEachRelationship(from: step.from.node, to: step.to.node) { relationship in
        if isFound || !mayTake(relationship, step) { return }
        step.relationship = relationship
        isFound = try canFinish(index + 1)
      }
      return isFound
    }
    let to = step.to
    let marks = index == core.count - 2 ? closing?.marks : nil
    if marks == nil, index == core.count - 1, to.isPlain, let degree = lastDegree(step) { return degree > 0 }
    var cursor = step.neighbours.cursor(at: step.from.node)
    while let (neighbour, relationship) = step.neighbours.next(&cursor) {
      if let marks, !marks.contains(neighbour) { continue }
      guard to.filter?.passes(neighbour) ?? true, mayTake(relationship, step),
        try hasBranches(of: to, at: neighbour)
      else { continue }
      // A marked node closes the cycle.
      if marks != nil { return true }
      to.node = neighbour
      step.relationship = relationship
      if try canFinish(index + 1) { return true }
    }
    return false
  }
}
