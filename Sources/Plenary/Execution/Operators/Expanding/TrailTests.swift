/// The conditions on all nodes or all relationships of trails, tested once for each that is met.
final class TrailTests {
  private let ofNodes: [NodeFilter]
  private let ofRelationships: [NodeFilter]
  /// The nodes whose neighbours and relationships are tested.
  private let prepared: NodeSet
  private let context: ExecutionContext

  /// `nil` where nothing is asked.
  init?(_ tests: [TrailTest], _ context: ExecutionContext) {
    guard !tests.isEmpty else { return nil }
    func filters(_ isOfNodes: Bool) -> [NodeFilter] {
      tests.filter { $0.isOfNodes == isOfNodes }
        .map { NodeFilter($0.variable, [$0.condition], context, isOfRelationships: !isOfNodes) }
    }
    ofNodes = filters(true)
    ofRelationships = filters(false)
    prepared = NodeSet(capacity: context.graph.nodeCapacity)
    self.context = context
  }

  /// Those of the nodes that a trail may start at.
  func passing(_ nodes: [UInt32]) throws -> [UInt32] {
    var nodes = nodes
    for filter in ofNodes {
      try filter.evaluate(nodes.filter { filter.answers[Int($0)] == NodeFilter.Answer.unknown })
      nodes = nodes.filter(filter.passes)
    }
    return nodes
  }

  /// Tests what steps from some nodes lead over and to.
  func prepare(at nodes: [UInt32], _ neighbours: Neighbourhood) throws {
    let new = nodes.filter { prepared.insert($0) }
    guard !new.isEmpty else { return }
    for (filters, isOfNodes) in [(ofNodes, true), (ofRelationships, false)] {
      for filter in filters {
        var open: [UInt32] = []
        for (index, node) in new.enumerated() {
          if index & 1023 == 1023 { try context.checkStop() }
          neighbours.forEach(at: node) { neighbour, relationship in
            let id = isOfNodes ? neighbour : relationship
            if filter.answers[Int(id)] == NodeFilter.Answer.unknown {
              filter.answers[Int(id)] = NodeFilter.Answer.waits
              open.append(id)
            }
          }
        }
        try filter.evaluate(open)
      }
    }
  }

  /// Whether a trail may go on over a relationship to a node.
  ///
  /// - Precondition: what is next to the node it goes on from is prepared.
  @inline(__always)
  func accepts(_ relationship: UInt32, _ neighbour: UInt32) -> Bool {
    for filter in ofRelationships where !filter.passes(relationship) { return false }
    for filter in ofNodes where !filter.passes(neighbour) { return false }
    return true
  }

  /// Puts the nodes that trails go on to from some nodes in a set, and gives back those that were not in it.
  func insertNeighbours(of nodes: [UInt32], _ neighbours: Neighbourhood, into met: NodeSet) throws -> [UInt32] {
    try prepare(at: nodes, neighbours)
    var new: [UInt32] = []
    for (index, node) in nodes.enumerated() {
      if index & 1023 == 1023 { try context.checkStop() }
      neighbours.forEach(at: node) { neighbour, relationship in
        if accepts(relationship, neighbour), met.insert(neighbour) { new.append(neighbour) }
      }
    }
    return new
  }
}
