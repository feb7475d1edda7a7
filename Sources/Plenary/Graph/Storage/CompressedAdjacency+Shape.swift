import Synchronization

/// What counting wants to know of the shape of a graph. Read off the arrays once, then remembered with them.
extension CompressedAdjacency {
  /// Whether a node has a relationship to itself. The first call is O(nodes log degree).
  var hasLoops: Bool {
    remembered(in: loopKnowledge) {
      var isFound = false
      rows.forEachID { node in isFound = isFound || !span(of: node, neighbour: node).isEmpty }
      return isFound
    }
  }

  /// Whether two relationships join the same nodes. The first call is O(relationships).
  var hasParallels: Bool {
    remembered(in: parallelKnowledge) {
      let neighbours = neighbours.start
      for row in 0..<rows.rowCount {
        let (first, end) = (Int(offsets.start[row]), Int(offsets.start[row + 1]))
        guard end - first > 1 else { continue }
        for position in first + 1..<end where neighbours[position] == neighbours[position - 1] { return true }
      }
      return false
    }
  }

  /// How many relationships the node of an average relationship has: far more than the average node where few nodes have
  /// most. The first call is O(nodes).
  var degreeAtAverageRelationship: Double {
    remembered(in: degreeKnowledge) {
      var squares = 0.0
      for row in 0..<rows.rowCount {
        let degree = Double(offsets.start[row + 1] - offsets.start[row])
        squares += degree * degree
      }
      return squares / Double(max(1, relationshipCount))
    }
  }

  /// How many relationships the node has that an average relationship leads to. The first call is O(nodes).
  ///
  /// - Parameter mirror: the same relationships in the other direction.
  func degreeAfterAverageRelationship(_ mirror: CompressedAdjacency) -> Double {
    remembered(in: onwardDegreeKnowledge) {
      var ways = 0.0
      rows.forEachID { ways += Double(span(of: $0).count) * Double(mirror.span(of: $0).count) }
      return ways / Double(max(1, relationshipCount))
    }
  }

  private func remembered(in knowledge: borrowing Atomic<UInt64>, _ compute: () -> Double) -> Double {
    let known = knowledge.load(ordering: .relaxed)
    if known != .max { return Double(bitPattern: known) }
    let answer = compute()
    knowledge.store(answer.bitPattern, ordering: .relaxed)
    return answer
  }

  private func remembered(in knowledge: borrowing Atomic<UInt8>, _ compute: () -> Bool) -> Bool {
    let known = knowledge.load(ordering: .relaxed)
    if known != 0 { return known == 3 }
    // Two threads may both compute it: they come to the same answer.
    let answer = compute()
    knowledge.store(answer ? 3 : 2, ordering: .relaxed)
    return answer
  }
}
