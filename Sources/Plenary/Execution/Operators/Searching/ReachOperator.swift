/// The nodes at the end of a chain of steps, each once, whichever input rows lead there.
final class ReachOperator: Operator {
  private let pattern: ReachPattern
  private let input: Operator
  /// The nodes found, and how many of them have been given out.
  private var found: [UInt32] = []
  private var given = 0
  private var search: Search?
  private var isDone = false

  init(_ pattern: ReachPattern, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.pattern = pattern
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if given < found.count {
        let end = min(given + context.batchSize, found.count)
        var batch = Batch(variableCount: context.variableCount, count: end - given)
        batch[pattern.to] = .nodes(Array(found[given..<end]))
        given = end
        return batch
      }
      guard !isDone else { return nil }
      given = 0
      if let length = pattern.length {
        isDone = true
        found = try withinLength(length)
      } else {
        guard let batch = try input.next() else { return nil }
        found = try alongChain(from: batch[pattern.from].nodeIDs)
      }
    }
  }

  // MARK: Variable lengths

  /// Breadth first from all starts at once: a node is reached within the length from some start exactly if it is on
  /// one of that many levels.
  private func withinLength(_ length: PathLength) throws -> [UInt32] {
    // Rows come first: what the operators below write must be seen.
    var batch = try input.next()
    let neighbours = Neighbourhood(of: pattern.steps[0], in: context.graph)
    let starts = NodeSet(capacity: context.graph.nodeCapacity)
    let reached = NodeSet(capacity: context.graph.nodeCapacity)
    var frontier: [UInt32] = []
    try memory.hold(starts.byteCount + reached.byteCount)
    while let rows = batch {
      for node in rows[pattern.from].nodeIDs where node != NodeID.noneRawValue && starts.insert(node) {
        frontier.append(node)
        if length.min == 0 { _ = reached.insert(node) }
      }
      batch = try input.next()
    }
    let tests = TrailTests(pattern.steps[0].trailTests, context)
    if let tests {
      frontier = try tests.passing(frontier)
      if length.min == 0 {
        for node in starts.nodes { reached.remove(node) }
        for node in frontier { _ = reached.insert(node) }
      }
    }
    var level = 0
    while !frontier.isEmpty, length.max.map({ level < $0 }) ?? true {
      level += 1
      let next =
        try tests?.insertNeighbours(of: frontier, neighbours, into: reached)
        ?? neighbours.insertNeighbours(of: frontier, into: reached) { try context.checkStop() }
      // A start that is met again is an end of the chain, but there is nothing new behind it.
      frontier = next.filter { !starts.contains($0) }
    }
    return reached.nodes
  }

  // MARK: Chains

  /// What is kept from one batch of starts to the next.
  private final class Search {
    let graph: Graph
    let neighbours: [Neighbourhood]
    let filters: [NodeFilter?]
    /// For each step the earlier ones whose relationship it could meet again.
    let excluding: [[Int]]
    /// The starts, and after each step the nodes met.
    let met: [NodeSet]

    init(_ pattern: ReachPattern, _ context: ExecutionContext) {
      let graph = context.graph
      self.graph = graph
      let neighbours = pattern.steps.map { Neighbourhood(of: $0, in: graph) }
      self.neighbours = neighbours
      filters = pattern.steps.map { step in
        pattern.conditions[step.to].map { NodeFilter(step.to, $0, context) }
      }
      excluding = pattern.steps.enumerated().map { index, step in
        pattern.steps[..<index].indices.filter { earlier in
          let other = pattern.steps[earlier]
          guard step.excluding.contains(other.relationship) else { return false }
          // Two steps after each other in one direction meet only in a loop.
          let isLoop = earlier == index - 1 && step.direction == other.direction && step.direction != .either
          return !isLoop || (neighbours[earlier].mayHaveLoops && neighbours[index].mayHaveLoops)
        }
      }
      met = (0...pattern.steps.count).map { _ in NodeSet(capacity: graph.nodeCapacity) }
    }

    /// Whether no step can meet a relationship again, so that it matters only where a node is.
    var isFree: Bool { excluding.allSatisfy(\.isEmpty) }
    /// Whether only the third of three directed steps can meet a relationship again, the first one.
    var isReturningPair: Bool { excluding == [[], [], [0]] }
  }

  private func alongChain(from starts: [UInt32]) throws -> [UInt32] {
    // What operators below have written must be seen.
    if let search, !search.graph.isIdentical(to: context.graph) { self.search = nil }
    let search = search ?? Search(pattern, context)
    self.search = search
    try memory.hold(search.met.reduce(0) { $0 + $1.byteCount })
    let new = starts.filter { $0 != NodeID.noneRawValue && search.met[0].insert($0) }
    var found: [UInt32] = []
    if search.isFree {
      found = new
      for step in pattern.steps.indices { found = try advance(found, step, search, search.met[step + 1]) }
    } else {
      for start in new {
        try context.checkStop()
        if search.isReturningPair {
          try returningPair(from: start, search, &found)
        } else {
          try walk(from: start, search, &found)
        }
      }
    }
    return found
  }

  /// The nodes one step further that were not met there yet and meet the conditions.
  private func advance(_ nodes: [UInt32], _ step: Int, _ search: Search, _ met: NodeSet) throws -> [UInt32] {
    let next = try search.neighbours[step].insertNeighbours(of: nodes, into: met) { try context.checkStop() }
    return try passing(next, search.filters[step])
  }

  private func passing(_ nodes: [UInt32], _ filter: NodeFilter?) throws -> [UInt32] {
    guard let filter else { return nodes }
    try filter.evaluate(nodes.filter { filter.answers[Int($0)] == NodeFilter.Answer.unknown })
    return nodes.filter { filter.passes($0) }
  }

  /// Three directed steps `(a)-[r1]->(b)-[r2]->(c)-[r3]->(d)` in which `r3` may not be `r1`.
  ///
  /// They can only be the same if the chain is back at `a` after two steps. From any other `c` all of `r3` are free.
  /// From `a`, an `r3` is free if some other `r1` leads back to `a`: with two of those all are, with one all but itself.
  private func returningPair(from start: UInt32, _ search: Search, _ found: inout [UInt32]) throws {
    let capacity = search.graph.nodeCapacity
    let first = try advance([start], 0, search, NodeSet(capacity: capacity))
    let second = try advance(first, 1, search, NodeSet(capacity: capacity))
    let ends = search.met[3]
    var new = try advance(second.filter { $0 != start }, 2, search, ends)
    if second.contains(start) {
      var leadingBack: [UInt32] = []
      try search.neighbours[0].forEach(at: start) { neighbour, relationship in
        guard leadingBack.count < 2, search.filters[0]?.passes(neighbour) ?? true else { return }
        var isBack = false
        search.neighbours[1].forEachRelationship(from: neighbour, to: start) { _ in isBack = true }
        if isBack { leadingBack.append(relationship) }
        try context.checkStop()
      }
      var more: [UInt32] = []
      search.neighbours[2].forEach(at: start) { neighbour, relationship in
        if leadingBack.count == 1, relationship == leadingBack[0] { return }
        if ends.insert(neighbour) { more.append(neighbour) }
      }
      new += try passing(more, search.filters[2])
    }
    found += new
  }

  /// Every trail along the chain from one start.
  private func walk(from start: UInt32, _ search: Search, _ found: inout [UInt32]) throws {
    var used = Array(repeating: RelationshipID.noneRawValue, count: pattern.steps.count)
    var candidates: [UInt32] = []
    let last = pattern.steps.count - 1
    func visit(_ node: UInt32, _ step: Int) throws {
      try context.checkStop()
      let filter = search.filters[step]
      if step < last, let filter {
        var open: [UInt32] = []
        search.neighbours[step].forEach(at: node) { neighbour, _ in
          if filter.answers[Int(neighbour)] == NodeFilter.Answer.unknown {
            filter.answers[Int(neighbour)] = NodeFilter.Answer.waits
            open.append(neighbour)
          }
        }
        try filter.evaluate(open)
      }
      try search.neighbours[step].forEach(at: node) { neighbour, relationship in
        if search.excluding[step].contains(where: { used[$0] == relationship }) { return }
        if step == last {
          if search.met[step + 1].insert(neighbour) { candidates.append(neighbour) }
        } else if filter?.passes(neighbour) ?? true {
          used[step] = relationship
          try visit(neighbour, step + 1)
        }
      }
    }
    try visit(start, 0)
    found += try passing(candidates, search.filters[last])
  }
}
