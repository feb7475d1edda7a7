/// Which relationships a step may take, where conditions ask something of them, or of both of their ends: tested once for
/// all there are.
///
/// Sendable because nothing of it changes once it is made.
final class RelationshipTest: @unchecked Sendable {
  private let passing: NodeSet
  /// By node how many of those that pass the step can take there; `nil` where that is not known.
  let degrees: UnsafeMutablePointer<UInt32>?

  /// So many relationships are tested at once.
  private static let batchSize = 4096

  /// - Parameter conditions: what is asked of the relationship of the step, and of its ends where it has a direction; none
  ///   of them may fail.
  init(_ step: Expansion, _ conditions: [BoundExpression], _ context: ExecutionContext) throws {
    let graph = context.graph
    passing = NodeSet(capacity: graph.relationshipCapacity)
    // One type, or any: then a relationship that is gone through is one that the step can take.
    let types = step.types.map { Array(Set($0.compactMap(graph.typeToken))) }
    let countsDegrees = types.map { $0.count <= 1 } ?? true
    degrees = countsDegrees ? LargeMemory.allocateZeros(UInt32.self, count: graph.nodeCapacity) : nil
    if let types, types.isEmpty { return }
    var scan = Graph.RelationshipScan(graph, type: countsDegrees ? types?.first : nil)
    let tests = conditions.map { ConditionTest($0, context) }
    let comparisons = tests.compactMap(\.comparison)
    if comparisons.count == tests.count,
      let made = ScanTests.tests(for: comparisons, ofNodes: false, in: graph)
    {
      while let ids = scan.next(RelationshipTest.batchSize, passing: made) {
        try context.checkStop()
        add(ids, step, graph)
      }
      return
    }
    while var ids = scan.next(RelationshipTest.batchSize) {
      try context.checkStop()
      // The next condition sees only those that pass so far.
      for test in tests where !ids.isEmpty {
        ids = ids.gathered(try test.truths(RelationshipTest.rows(of: ids, step, context)).positionsOfTrue)
      }
      add(ids, step, graph)
    }
  }

  /// Relationships with the nodes that a directed step over them leads from and to.
  private static func rows(of ids: [UInt32], _ step: Expansion, _ context: ExecutionContext) -> Batch {
    var batch = Batch(variableCount: context.variableCount, count: ids.count)
    batch[step.relationship] = .relationships(ids)
    guard step.direction != .either else { return batch }
    let ends = ids.map { context.graph.state.endpoints(of: $0) }
    let (sources, targets) = (Vector.nodes(ends.map(\.0)), Vector.nodes(ends.map(\.1)))
    batch[step.from] = step.direction == .right ? sources : targets
    batch[step.to] = step.direction == .right ? targets : sources
    return batch
  }

  deinit { if let degrees { LargeMemory.deallocateZeros(degrees) } }

  private func add(_ ids: [UInt32], _ step: Expansion, _ graph: Graph) {
    for id in ids { _ = passing.insert(id) }
    guard let degrees else { return }
    for id in ids {
      let (source, target) = graph.state.endpoints(of: id)
      switch step.direction {
      case .right: degrees[Int(source)] &+= 1
      case .left: degrees[Int(target)] &+= 1
      case .either:
        degrees[Int(source)] &+= 1
        if source != target { degrees[Int(target)] &+= 1 }
      }
    }
  }

  @inline(__always)
  func passes(_ relationship: UInt32) -> Bool { passing.contains(relationship) }
}
