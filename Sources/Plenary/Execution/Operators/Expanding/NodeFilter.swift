/// The conditions on one node of a pattern, remembered for each node of the graph once they were evaluated; or those on a
/// relationship.
///
/// A node that is met a thousand times is tested once.
final class NodeFilter {
  enum Answer {
    static let unknown: UInt8 = 0
    static let fails: UInt8 = 1
    static let passes: UInt8 = 2
    /// Met, but not tested yet.
    static let waits: UInt8 = 3
  }

  private let variable: VariableID
  private let conditions: [ConditionTest]
  private let context: ExecutionContext
  /// For each node whether it passes.
  let answers: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private let isOfRelationships: Bool

  /// Nodes are tested in batches of this size, as elsewhere.
  private static let batchSize = 2048

  /// - Parameter isOfRelationships: whether ids are those of relationships.
  init(
    _ variable: VariableID, _ conditions: [BoundExpression], _ context: ExecutionContext,
    isOfRelationships: Bool = false
  ) {
    self.variable = variable
    self.conditions = conditions.map { ConditionTest($0, context) }
    self.context = context
    self.isOfRelationships = isOfRelationships
    capacity = isOfRelationships ? context.graph.relationshipCapacity : context.graph.nodeCapacity
    answers = LargeMemory.allocateZeros(UInt8.self, count: capacity)
  }

  deinit { LargeMemory.deallocateZeros(answers) }

  @inline(__always)
  func passes(_ node: UInt32) -> Bool { answers[Int(node)] == Answer.passes }

  /// Tests nodes.
  func evaluate(_ nodes: [UInt32]) throws {
    var start = 0
    while start < nodes.count {
      try context.checkStop()
      let end = min(nodes.count, start + NodeFilter.batchSize)
      try evaluate(part: Array(nodes[start..<end]), conditions)
      start = end
    }
  }

  private func evaluate(part ids: [UInt32], _ conditions: [ConditionTest]) throws {
    var ids = ids
    for (index, condition) in conditions.enumerated() where !ids.isEmpty {
      var batch = Batch(variableCount: context.variableCount, count: ids.count)
      batch[variable] = isOfRelationships ? .relationships(ids) : .nodes(ids)
      let truths = try condition.truths(batch)
      for (id, truth) in zip(ids, truths) {
        answers[Int(id)] = truth == .true ? Answer.passes : Answer.fails
      }
      // The next condition sees only those that pass so far; it may fail for the others.
      if index < conditions.count - 1 { ids = ids.gathered(truths.positionsOfTrue) }
    }
    if conditions.isEmpty { for id in ids { answers[Int(id)] = Answer.passes } }
  }

  /// Tests all nodes that could pass. False when a condition failed with an error: it then has to be left to the nodes
  /// that are met, as they may never be ones it fails for.
  func evaluateAll() throws -> Bool {
    // A label that is asked for anyway says which nodes are worth a look.
    let label = conditions.lazy.compactMap(\.expression.testedLabel).first
    let others = conditions.filter { condition in
      guard let label, let name = condition.expression.testedLabel else { return true }
      return !name.hasSameCodePoints(as: label)
    }
    answers.update(repeating: Answer.fails, count: capacity)
    if let label, context.graph.labelToken(label) == nil { return true }
    var scan = Graph.NodeScan(context.graph, label: label.flatMap(context.graph.labelToken))
    do {
      while let ids = scan.next(NodeFilter.batchSize) {
        try context.checkStop()
        try evaluate(part: ids, others)
      }
      return true
    } catch let error as QueryError where error.isStop {
      throw error
    } catch {
      return false
    }
  }

  /// Goes back to knowing nothing.
  func forget() { answers.update(repeating: Answer.unknown, count: capacity) }
}

extension QueryError {
  /// Whether the statement was stopped from outside, rather than something in it being wrong.
  var isStop: Bool { code == .cancelled || code == .deadlineExceeded }
}
