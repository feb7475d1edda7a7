import PlenarySyntax

/// The relationships that a step of a pattern can take, made ready for loops over many nodes.
///
/// Types and directions are looked up once. Where nothing was written since the base was made, neighbours are read
/// straight from its arrays; otherwise each node is asked for in the graph's own careful way.
///
/// A class, and of one thread alone, so that passing it on counts references that no other thread counts.
final class Neighbourhood {
  let graph: Graph
  /// One entry for each direction.
  private let directions: [AdjacencyDirection]
  /// `nil` is any type.
  let types: [TypeToken]?
  /// The lists to read, one for each direction and type; those of the second direction start at `secondStart`.
  let lists: [CompressedAdjacency]
  /// The list of the other end for each of `lists`.
  private let mirrors: [CompressedAdjacency?]
  private let secondStart: Int
  /// The addresses of `lists` and of `mirrors`: reading them counts no references. They are good as long as those are.
  private let addresses: UnsafeMutablePointer<AdjacencyAddresses>
  private let mirrorAddresses: UnsafeMutablePointer<AdjacencyAddresses?>
  private let listCount: Int
  /// Whether the base says everything, so that `lists` are the whole truth.
  let isInBase: Bool
  /// Whether it is known that there are no loops.
  private var hasNoLoops: Bool?
  private var degreesAsked = 0
  private static let degreesBeforeLoops = 512

  convenience init(of step: Expansion, in graph: Graph) {
    self.init(direction: step.direction, types: step.types, in: graph)
  }

  init(direction: RelationshipPattern.Direction, types names: [String]?, in graph: Graph) {
    self.graph = graph
    directions = AdjacencyDirection.covering(direction)
    // A type that is named twice is taken once.
    let types = names.map { names in
      let found = names.compactMap(graph.typeToken)
      return found.count < 2 ? found : Set(found).sorted { $0.rawValue < $1.rawValue }
    }
    self.types = types
    let base = graph.state.base
    isInBase = graph.state.touchedNodes.isUntouched && graph.state.newRelationships.isEmpty
    let tokens = types ?? base.outgoing.indices.map { TypeToken(rawValue: UInt16($0)) }
    var lists: [CompressedAdjacency] = []
    var mirrors: [CompressedAdjacency?] = []
    lists.reserveCapacity(directions.count * tokens.count)
    mirrors.reserveCapacity(directions.count * tokens.count)
    var secondStart = 0
    for (index, direction) in directions.enumerated() {
      if index == 1 { secondStart = lists.count }
      for token in tokens {
        guard let list = base.adjacency(direction, token) else { continue }
        lists.append(list)
        mirrors.append(base.adjacency(direction.opposite, token))
      }
    }
    self.lists = lists
    self.mirrors = mirrors
    self.secondStart = directions.count == 2 ? secondStart : lists.count
    listCount = lists.count
    addresses = .allocate(capacity: lists.count)
    mirrorAddresses = .allocate(capacity: lists.count)
    for index in lists.indices {
      (addresses + index).initialize(to: AdjacencyAddresses(lists[index]))
      (mirrorAddresses + index).initialize(to: mirrors[index].map(AdjacencyAddresses.init))
    }
  }

  deinit {
    addresses.deallocate()
    mirrorAddresses.deallocate()
  }

  /// The one list to read when there is just one, and the base says everything.
  var onlyList: CompressedAdjacency? { isInBase && lists.count == 1 ? lists[0] : nil }

  /// The list of the other ends for `onlyList`.
  var onlyMirror: CompressedAdjacency? { isInBase && lists.count == 1 ? mirrors[0] : nil }

  /// Whether some node may have a relationship to itself that the step can take.
  var mayHaveLoops: Bool { !isInBase || lists.contains(where: \.hasLoops) }

  /// Whether the step leads to a node from anywhere, as far as the base tells.
  func canReach(_ node: UInt32) -> Bool { mirrors.contains { $0.map { !$0.span(of: node).isEmpty } ?? true } }

  /// Whether a condition asks for a label that every relationship the step can take has at that end, as the graph's
  /// counts tell.
  func promises(_ condition: BoundExpression, of step: Expansion, atEnd: Bool) -> Bool {
    guard case .hasLabels(_, .name(let name)) = condition.kind, let label = graph.labelToken(name) else { return false }
    let isTarget = (step.direction == .right) == atEnd
    let ends: [AdjacencyDirection] =
      step.direction == .either ? [.incoming, .outgoing] : [isTarget ? .incoming : .outgoing]
    return ends.allSatisfy { direction in
      guard let types else {
        return graph.relationshipCount(label: label, type: nil, direction: direction) == graph.relationshipCount
      }
      return types.allSatisfy { type in
        graph.relationshipCount(label: label, type: type, direction: direction) == graph.count(of: type)
      }
    }
  }

  /// Whether a relationship is one that the step can take at a node.
  func leads(_ relationship: UInt32, from node: UInt32) -> Bool {
    let (source, target) = graph.state.endpoints(of: relationship)
    guard types?.contains(graph.state.type(of: relationship)) ?? true else { return false }
    return directions.contains { ($0 == .outgoing ? source : target) == node }
  }

  /// Whether the lists say everything about a node: of what was written since the base was made only its ends differ.
  @inline(__always)
  private func isInBase(_ node: UInt32) -> Bool { isInBase || graph.state.isAdjacencyInBase(node) }

  /// Calls `body` with each neighbour of a node and the relationship to it. A loop is met once.
  @inline(__always)
  func forEach(at node: UInt32, _ body: (_ neighbour: UInt32, _ relationship: UInt32) throws -> Void) rethrows {
    guard isInBase(node) else { return try forEachInGraph(at: node, body) }
    for index in 0..<listCount {
      let list = addresses[index]
      // A loop is found from both of its ends; in an undirected pattern it is one match.
      let skipsLoops = index >= secondStart
      for position in list.span(of: node) {
        let neighbour = list.neighbours[position]
        if skipsLoops, neighbour == node { continue }
        try body(neighbour, list.relationship(at: position))
      }
    }
  }

  /// Whether a condition holds for a neighbour of a node and the relationship to it. Those after it are not tested.
  @inline(__always)
  func contains(
    at node: UInt32, where condition: (_ neighbour: UInt32, _ relationship: UInt32) throws -> Bool
  ) rethrows -> Bool {
    guard isInBase(node) else {
      var isFound = false
      try forEachInGraph(at: node) { isFound = try isFound || condition($0, $1) }
      return isFound
    }
    for index in 0..<listCount {
      let list = addresses[index]
      let skipsLoops = index >= secondStart
      for position in list.span(of: node) {
        let neighbour = list.neighbours[position]
        if skipsLoops, neighbour == node { continue }
        if try condition(neighbour, list.relationship(at: position)) { return true }
      }
    }
    return false
  }

  /// A place in the list of a node's neighbours, to come back to.
  struct Cursor {
    fileprivate let node: UInt32
    fileprivate let isInBase: Bool
    fileprivate var list = -1
    fileprivate var position = 0
    fileprivate var end = 0
    /// The neighbours themselves, of a node of which the base does not say everything.
    fileprivate var found: [(neighbour: UInt32, relationship: UInt32)] = []
  }

  /// A cursor before the first neighbour of a node.
  func cursor(at node: UInt32) -> Cursor {
    var cursor = Cursor(node: node, isInBase: isInBase(node))
    if !cursor.isInBase {
      forEachInGraph(at: node) { cursor.found.append(($0, $1)) }
      cursor.end = cursor.found.count
    }
    return cursor
  }

  /// The neighbour after a cursor, and the relationship to it. A loop is met once.
  @inline(__always)
  func next(_ cursor: inout Cursor) -> (neighbour: UInt32, relationship: UInt32)? {
    while true {
      if cursor.position < cursor.end {
        let position = cursor.position
        cursor.position &+= 1
        guard cursor.isInBase else { return cursor.found[position] }
        let list = addresses[cursor.list]
        let neighbour = list.neighbours[position]
        if cursor.list >= secondStart, neighbour == cursor.node { continue }
        return (neighbour, list.relationship(at: position))
      }
      guard cursor.isInBase, cursor.list &+ 1 < listCount else { return nil }
      cursor.list &+= 1
      let span = addresses[cursor.list].span(of: cursor.node)
      cursor.position = span.lowerBound
      cursor.end = span.upperBound
    }
  }

  /// Whether one list has all neighbours of every node.
  var areInPlace: Bool { isInBase && listCount == 1 }

  /// Where the one list is that has all neighbours of every node, if there is one.
  @inline(__always)
  var onlyAddresses: AdjacencyAddresses? { areInPlace ? addresses[0] : nil }

  /// The neighbours of a node where they lie, if `areInPlace`.
  @inline(__always)
  func inPlace(of node: UInt32) -> UnsafeBufferPointer<UInt32> {
    let list = addresses[0]
    let span = list.span(of: node)
    return UnsafeBufferPointer(start: list.neighbours + span.lowerBound, count: span.count)
  }

  /// Calls `body` with each neighbour of a node. A loop is met once.
  @inline(__always)
  func forEachNode(at node: UInt32, _ body: (UInt32) -> Void) {
    guard areInPlace else { return forEach(at: node) { neighbour, _ in body(neighbour) } }
    for neighbour in inPlace(of: node) { body(neighbour) }
  }

  /// Puts the neighbours of many nodes in a set and gives back those that were not in it, each once.
  ///
  /// - Parameter check: called once in a while, to stop the search.
  func insertNeighbours(of nodes: [UInt32], into met: NodeSet, check: () throws -> Void) throws -> [UInt32] {
    guard areInPlace else {
      var new: [UInt32] = []
      for (index, node) in nodes.enumerated() {
        if index & 1023 == 0 { try check() }
        forEachNode(at: node) { if met.insert($0) { new.append($0) } }
      }
      return new
    }
    // No more can be new than there are steps to take, or nodes.
    let bound = nodes.reduce(0) { $0 &+ inPlace(of: $1).count }
    return try [UInt32](unsafeUninitializedCapacity: min(bound, graph.nodeCapacity) + 1) { target, found in
      var count = 0
      for (index, node) in nodes.enumerated() {
        if index & 1023 == 0 { try check() }
        for neighbour in inPlace(of: node) {
          // Written in any case and counted when new: the processor cannot guess which are.
          target[count] = neighbour
          count &+= met.insertCounting(neighbour)
        }
      }
      found = count
    }
  }

  private func forEachInGraph(at node: UInt32, _ body: (UInt32, UInt32) throws -> Void) rethrows {
    guard node != NodeID.noneRawValue else { return }
    for (index, direction) in directions.enumerated() {
      func visit(_ type: TypeToken?) throws {
        try graph.forEachNeighbour(of: NodeID(node), direction, type: type) { neighbour, relationship in
          if index == 1, neighbour == node { return }
          try body(neighbour, relationship)
        }
      }
      if let types {
        for type in types { try visit(type) }
      } else {
        try visit(nil)
      }
    }
  }

  /// How many relationships the step can take at a node. O(1) for one direction in the base, and for both where nothing is
  /// a loop; else O(degree).
  @inline(__always)
  func degree(of node: UInt32) -> Int {
    secondStart == listCount || mayAddDegrees() ? degreeOrMore(of: node) : degreeByCounting(of: node)
  }

  /// Whether a node's degrees in both directions may be added up, asked of a step in both: once it is asked of many nodes,
  /// all relationships are looked at for loops.
  @inline(__always)
  private func mayAddDegrees() -> Bool {
    if let hasNoLoops { return hasNoLoops }
    degreesAsked &+= 1
    if degreesAsked > Neighbourhood.degreesBeforeLoops { hasNoLoops = !mayHaveLoops }
    return false
  }

  /// The degree of a node, or more where one that both directions hold, a loop, counts for two. O(1) in the base.
  @inline(__always)
  func degreeOrMore(of node: UInt32) -> Int {
    guard isInBase(node) else { return degreeByCounting(of: node) }
    var degree = 0
    for index in 0..<listCount { degree &+= addresses[index].span(of: node).count }
    return degree
  }

  private func degreeByCounting(of node: UInt32) -> Int {
    var degree = 0
    forEach(at: node) { _, _ in degree += 1 }
    return degree
  }

  /// Whether the step can take no relationship at a node.
  @inline(__always)
  func isEmpty(at node: UInt32) -> Bool {
    // A loop that the second direction leaves out is in the first.
    if isInBase(node) { return (0..<listCount).allSatisfy { addresses[$0].span(of: node).isEmpty } }
    return degreeByCounting(of: node) == 0
  }

  /// Of the two ends of a relationship, the one whose list is searched for it.
  enum SearchedEnd {
    case from, to
    case shorter
  }

  /// Calls `body` with each relationship from a node to a neighbour. A loop is met once.
  /// O(log degree) where both nodes are in the base, O(degree) otherwise.
  ///
  /// - Parameter end: a list that was searched just before is still near the processor, so better than a shorter one.
  @inline(__always)
  func forEachRelationship(
    from node: UInt32, to neighbour: UInt32, searching end: SearchedEnd = .shorter, _ body: (UInt32) throws -> Void
  ) rethrows {
    // What is between the two changes the lists of both, so those of one tell.
    guard isInBase(node) else {
      return try forEachInGraph(at: node) { found, relationship in
        if found == neighbour { try body(relationship) }
      }
    }
    for index in 0..<listCount {
      if index >= secondStart, neighbour == node { continue }
      let list = addresses[index]
      // The other end's list holds the same relationships.
      if let mirror = mirrorAddresses[index], end != .from {
        let span = mirror.span(of: neighbour)
        if end == .to || span.count < list.span(of: node).count {
          for position in mirror.positions(of: node, in: span) { try body(mirror.relationship(at: position)) }
          continue
        }
      }
      for position in list.positions(of: neighbour, in: list.span(of: node)) {
        try body(list.relationship(at: position))
      }
    }
  }
}
