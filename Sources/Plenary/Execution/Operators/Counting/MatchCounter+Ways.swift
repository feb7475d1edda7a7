/// Trails of any length where no way leads back: `(a)-[:REPLY_OF*]->(b)` in a tree, or among works that cite older ones.
///
/// No way takes a relationship twice then, so the trails from a node are those from its neighbours, one step longer. The
/// number is found once for each node, however many ways there are.
extension MatchCounter {
  /// What is known of the ways from a node.
  private enum Ways {
    static let unknown: Int64 = 0
    /// The search is below the node.
    static let open: Int64 = -1
    /// They may lead back to where they were.
    static let mayReturn: Int64 = -2
    // Otherwise their number, plus one.
  }

  /// A node whose ways are being added up.
  struct Visit {
    let node: UInt32
    /// The positions of the neighbours that are still to come.
    var next: Int
    let end: Int
    var ways: Int64 = 0
  }

  /// The trails from a node whose last node passes; `nil` where a way leads back, or where their length has other bounds
  /// than none, or at least one step.
  ///
  /// O(1) for a node that was met before; over all nodes O(nodes + relationships).
  func wayCount(from start: UInt32, _ step: Step, _ length: PathLength) throws -> Int64? {
    guard length.max == nil, length.min <= 1, step.takesAny, step.excluding.isEmpty, step.outer.isEmpty,
      let list = step.neighbours.onlyAddresses
    else { return nil }
    let memo = memo(of: root)
    if memo[Int(start)] == Ways.unknown, list.span(of: start).isEmpty { memo[Int(start)] = 1 }
    if memo[Int(start)] == Ways.unknown { try findWays(from: start, list, step.to.filter, memo) }
    guard memo[Int(start)] > 0 else { return nil }
    let ways = memo[Int(start)] - 1
    return try length.min == 0 && passes(start, step.to.filter) ? sum(ways, 1) : ways
  }

  /// Whether a node passes; it is tested when it is first met.
  func passes(_ node: UInt32, _ filter: NodeFilter?) throws -> Bool {
    guard let filter else { return true }
    if filter.answers[Int(node)] == NodeFilter.Answer.unknown { try filter.evaluate([node]) }
    return filter.passes(node)
  }

  /// Searches in depth, and adds up on the way back.
  private func findWays(
    from start: UInt32, _ list: AdjacencyAddresses, _ filter: NodeFilter?, _ memo: UnsafeMutablePointer<Int64>
  ) throws {
    // Taken out of this object, which reading it through takes as long as all else.
    var visits: [Visit] = []
    swap(&visits, &self.visits)
    func visit(_ node: UInt32) {
      let span = list.span(of: node)
      // Most ways end soon.
      memo[Int(node)] = span.isEmpty ? 1 : Ways.open
      if !span.isEmpty { visits.append(Visit(node: node, next: span.lowerBound, end: span.upperBound)) }
    }
    // What is left open by an error is not known.
    defer {
      for visit in visits { memo[Int(visit.node)] = Ways.unknown }
      visits.removeAll(keepingCapacity: true)
      swap(&visits, &self.visits)
    }
    visit(start)
    while let last = visits.indices.last {
      guard visits[last].next < visits[last].end else {
        memo[Int(visits[last].node)] = visits[last].ways + 1
        visits.removeLast()
        continue
      }
      try checkNowAndThen()
      let neighbour = list.neighbours[visits[last].next]
      switch memo[Int(neighbour)] {
      case Ways.unknown:
        visit(neighbour)
      case Ways.open, Ways.mayReturn:
        // So do the ways from all nodes that lead here.
        for visit in visits { memo[Int(visit.node)] = Ways.mayReturn }
        visits.removeAll(keepingCapacity: true)
        return
      case let known:
        visits[last].next += 1
        let ways = try sum(known - 1, try passes(neighbour, filter) ? 1 : 0)
        visits[last].ways = try sum(visits[last].ways, ways)
        guard visits[last].ways < .max else { throw MatchCounter.tooManyMatches }
      }
    }
  }
}
