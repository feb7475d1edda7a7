extension MatchCounter {
  /// The matches of all branches at a node.
  func product(of slot: Slot, at node: UInt32) throws -> Int64 {
    if slot.branches.isEmpty { return 1 }
    // A root is mostly asked for once.
    let memo = slot === root ? nil : memo(of: slot)
    if let known = memo?[Int(node)], known != 0 { return known &- 1 }
    var result: Int64 = 1
    for branch in slot.branches where result > 0 { result = try multiply(result, sum(over: branch, at: node)) }
    if result < .max { memo?[Int(node)] = result + 1 }
    return result
  }

  func memo(of slot: Slot) -> UnsafeMutablePointer<Int64> {
    if let memo = slot.memo { return memo }
    let memo = LargeMemory.allocateZeros(Int64.self, count: nodeCapacity)
    slot.memo = memo
    return memo
  }

  /// The matches of one branch at a node.
  func sum(over step: Step, at node: UInt32) throws -> Int64 {
    let to = step.to
    if to.isPlain, let degree = step.degree(of: node) { return degree }
    var total: Int64 = 0
    if to.branches.isEmpty, step.takesAny, let answers = to.filter?.answers {
      if let list = step.neighbours.onlyList, isDense == true {
        let neighbours = list.neighbours.start
        // Only "passes" has this bit once all nodes are tested.
        for position in list.span(of: node) { total &+= Int64(answers[Int(neighbours[position])] &>> 1) }
      } else {
        step.neighbours.forEach(at: node) { neighbour, _ in
          total &+= answers[Int(neighbour)] == NodeFilter.Answer.passes ? 1 : 0
        }
      }
      return total
    }
    try checkNowAndThen()
    try step.neighbours.forEach(at: node) { neighbour, relationship in
      guard to.filter?.passes(neighbour) ?? true, step.test?.passes(relationship) ?? true else { return }
      total = try sum(total, product(of: to, at: neighbour))
    }
    return total
  }

  /// The matches of one step at each root, less the one over the relationship that the row has found already; `nil` where
  /// there is more to the pattern.
  func countsBesideAnother(_ roots: [UInt32]) throws -> [Int64]? {
    guard steps.count == 1, core.count == 1, length == nil, !isTest, let step = core.first, !step.isInto,
      step.outer.count == 1, case .relationships(let found) = step.outer[0]
    else { return nil }
    var result: [Int64] = []
    result.reserveCapacity(roots.count)
    // Rows with the same root mostly come one after the other.
    var (previous, ofPrevious) = (NodeID.noneRawValue, Int64(0))
    for (root, relationship) in zip(roots, found) {
      if root != previous {
        let isNode = root != NodeID.noneRawValue && (self.root.filter?.passes(root) ?? true)
        (previous, ofPrevious) = (root, isNode ? try sum(over: step, at: root) : 0)
      }
      let isCounted =
        ofPrevious > 0 && relationship != RelationshipID.noneRawValue && step.leads(relationship, from: root)
      result.append(isCounted ? ofPrevious &- (try matches(of: step, over: relationship, from: root)) : ofPrevious)
    }
    return result
  }

  /// What one relationship that a step can take adds to the matches at its node.
  func matches(of step: Step, over relationship: UInt32, from node: UInt32) throws -> Int64 {
    let (source, target) = graph.state.endpoints(of: relationship)
    let end = source == node ? target : source
    return step.to.filter?.passes(end) ?? true ? try product(of: step.to, at: end) : 0
  }

  func checkNowAndThen() throws {
    workSinceCheck &+= 1
    if workSinceCheck >= MatchCounter.workBetweenChecks {
      workSinceCheck = 0
      try context.checkStop()
    }
  }
}

extension MatchCounter.Step {
  /// Whether it can take a relationship at a node.
  func leads(_ relationship: UInt32, from node: UInt32) -> Bool {
    neighbours.leads(relationship, from: node) && test?.passes(relationship) ?? true
  }

  /// How many relationships it can take at a node; `nil` where they have to be looked at one by one.
  @inline(__always)
  func degree(of node: UInt32) -> Int64? {
    guard let test else { return Int64(neighbours.degree(of: node)) }
    return test.degrees.map { Int64($0[Int(node)]) }
  }
}
