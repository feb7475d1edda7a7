/// Cycles of four: `(a)-->(b)-->(c)-->(d)-->(a)`, and every other way to turn its arrows.
extension MatchCounter {
  /// Two ways of two steps from the root to the node opposite.
  ///
  /// How often each node is reached the one way is counted first; the nodes reached the other way then say how many pairs
  /// there are. That takes as long as there are ways of two steps, where going around would take as long as there are ways
  /// of three.
  final class Crossing {
    /// One way: the node in between, and the lists of both steps.
    struct Way {
      let middle: Slot
      let first: CompressedAdjacency
      let second: CompressedAdjacency
      /// Whether its steps are the same relationship where it comes back to the root.
      let cannotReturn: Bool
    }

    let opposite: Slot
    let ways: (Way, Way)
    /// Whether the two ways use a relationship twice wherever they go over the same node.
    let cannotShare: Bool
    /// Whether they do so where they come back to the root.
    let cannotShareReturning: Bool
    /// By node how often the first way leads to it; zeros between roots.
    fileprivate let counts: UnsafeMutablePointer<Int64>

    init(_ ways: (Way, Way), to opposite: Slot, cannotShare: Bool, cannotShareReturning: Bool, nodeCapacity: Int) {
      self.ways = ways
      self.opposite = opposite
      self.cannotShare = cannotShare
      self.cannotShareReturning = cannotShareReturning
      counts = LargeMemory.allocateZeros(Int64.self, count: nodeCapacity)
    }

    deinit { LargeMemory.deallocateZeros(counts) }
  }

  /// The core as two ways that meet; `nil` for any other, and where two nodes may have several relationships or a node one
  /// to itself: then nodes do not tell which relationships were used.
  static func crossing(_ core: [Step], _ root: Slot, _ outer: [Slot], _ graph: Graph) -> Crossing? {
    guard core.count == 4, outer.isEmpty, core.allSatisfy({ $0.takesAny && $0.outerVariables.isEmpty })
    else { return nil }
    func others(at slot: Slot, than step: Step?) -> [Step] {
      core.filter { $0 !== step && ($0.from === slot || $0.to === slot) }
    }
    let atRoot = others(at: root, than: nil)
    guard atRoot.count == 2 else { return nil }
    let middles = atRoot.map { $0.otherEnd(than: root) }
    let atMiddles = zip(middles, atRoot).map { others(at: $0, than: $1) }
    guard middles[0] !== middles[1], middles.allSatisfy({ $0 !== root }), atMiddles.allSatisfy({ $0.count == 1 }) else {
      return nil
    }
    let (first, second) = (atMiddles[0][0], atMiddles[1][0])
    let opposite = first.otherEnd(than: middles[0])
    guard first !== second, opposite === second.otherEnd(than: middles[1]), opposite !== root,
      !middles.contains(where: { $0 === opposite })
    else { return nil }
    guard
      let lists = [(atRoot[0], root), (first, middles[0]), (atRoot[1], root), (second, middles[1])]
        .allLists({ $0.list(from: $1) }),
      let fromOpposite = [(first, opposite), (second, opposite)].allLists({ $0.list(from: $1) }),
      let toRoot = atRoot[1].list(from: middles[1]),
      lists.allSatisfy({ !$0.hasParallels && !$0.hasLoops })
    else { return nil }
    func mustDiffer(_ a: Step, _ b: Step) -> Bool {
      a.excluding.contains { $0 === b } || b.excluding.contains { $0 === a }
    }
    let ways = (
      Crossing.Way(
        middle: middles[0], first: lists[0], second: lists[1],
        cannotReturn: mustDiffer(atRoot[0], first) && fromOpposite[0] === lists[0]),
      Crossing.Way(
        middle: middles[1], first: lists[2], second: lists[3],
        cannotReturn: mustDiffer(atRoot[1], second) && fromOpposite[1] === lists[2])
    )
    return Crossing(
      ways, to: opposite,
      cannotShare: mustDiffer(atRoot[0], atRoot[1]) && lists[0] === lists[2]
        || mustDiffer(first, second) && lists[1] === lists[3],
      cannotShareReturning: mustDiffer(atRoot[0], second) && fromOpposite[1] === lists[0]
        || mustDiffer(first, atRoot[1]) && lists[1] === toRoot,
      nodeCapacity: graph.nodeCapacity)
  }

  /// The matches of both ways at a root.
  func walkAcross(_ crossing: Crossing, from root: UInt32) throws -> Int64 {
    let counts = crossing.counts
    let (first, second) = crossing.ways
    try forEach(of: first, from: root) { _, weight, opposite in
      counts[Int(opposite)] = try sum(counts[Int(opposite)], weight)
    }
    defer {
      for place in first.first.span(of: root) {
        let list = first.second
        for next in list.span(of: first.first.neighbours.start[place]) { counts[Int(list.neighbours.start[next])] = 0 }
      }
    }
    let opposite = crossing.opposite
    var total: Int64 = 0
    // How much of what was counted goes over the node that the second way goes over.
    var sharedMiddle = UInt32.max
    var shared: Int64 = 0
    try forEach(of: second, from: root) { middle, weight, node in
      var count = counts[Int(node)]
      guard count > 0, opposite.filter?.passes(node) ?? true else { return }
      if crossing.cannotShare || crossing.cannotShareReturning && node == root {
        if sharedMiddle != middle {
          sharedMiddle = middle
          shared = try part(of: first, from: root, over: middle)
        }
        if shared > 0, !(first.cannotReturn && node == root),
          first.second === second.second || !first.second.span(of: middle, neighbour: node).isEmpty
        {
          count -= shared
        }
      }
      guard count > 0 else { return }
      total = try sum(total, multiply(multiply(weight, count), product(of: opposite, at: node)))
    }
    return total
  }

  /// Calls `body` for each way of two steps with the node in between, what it counts for, and the node it leads to.
  @inline(__always)
  private func forEach(
    of way: Crossing.Way, from root: UInt32,
    _ body: (_ middle: UInt32, _ weight: Int64, _ opposite: UInt32) throws -> Void
  ) throws {
    let (near, far) = (way.first.neighbours.start, way.second.neighbours.start)
    for place in way.first.span(of: root) {
      let middle = near[place]
      guard way.middle.filter?.passes(middle) ?? true else { continue }
      try checkNowAndThen()
      let weight = try product(of: way.middle, at: middle)
      guard weight > 0 else { continue }
      for next in way.second.span(of: middle) where !(way.cannotReturn && far[next] == root) {
        try body(middle, weight, far[next])
      }
    }
  }

  /// What a way counts for where it goes over a node; 0 if it cannot.
  private func part(of way: Crossing.Way, from root: UInt32, over middle: UInt32) throws -> Int64 {
    guard way.middle.filter?.passes(middle) ?? true, !way.first.span(of: root, neighbour: middle).isEmpty else {
      return 0
    }
    return try product(of: way.middle, at: middle)
  }
}

extension MatchCounter.Step {
  fileprivate func otherEnd(than slot: MatchCounter.Slot) -> MatchCounter.Slot { from === slot ? to : from }

  /// The one list of the step as seen from one of its ends.
  fileprivate func list(from slot: MatchCounter.Slot) -> CompressedAdjacency? {
    from === slot ? neighbours.onlyList : neighbours.onlyMirror
  }
}

extension Array {
  /// The lists of all elements, or `nil` where one has none.
  fileprivate func allLists(_ list: (Element) -> CompressedAdjacency?) -> [CompressedAdjacency]? {
    let found = compactMap(list)
    return found.count == count ? found : nil
  }
}
