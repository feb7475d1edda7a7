extension MatchCounter {
  /// A pattern whose branches are single steps, as plain addresses: loops over many roots count no references.
  struct Star {
    /// One branch: the degrees of the root, by the list or as tested; or the neighbours with what the filter says of each.
    struct Branch {
      let rows: Range<Int>
      let offsets: UnsafeMutablePointer<UInt32>
      let neighbours: UnsafeMutablePointer<UInt32>
      let answers: UnsafeMutablePointer<UInt8>?
      let degrees: UnsafeMutablePointer<UInt32>?

      @inline(__always)
      func count(at node: UInt32) -> Int64 {
        let row = Int(node) &- rows.lowerBound
        guard row >= 0 && row < rows.count else { return 0 }
        if let degrees { return Int64(degrees[Int(node)]) }
        let (first, end) = (Int(offsets[row]), Int(offsets[row &+ 1]))
        guard let answers else { return Int64(end &- first) }
        var passing: Int64 = 0
        var position = first
        while position < end {
          // Only "passes" has this bit when all nodes are tested.
          passing &+= Int64(answers[Int(neighbours[position])] &>> 1)
          position &+= 1
        }
        return passing
      }

      @inline(__always)
      func hasMatch(at node: UInt32) -> Bool {
        let row = Int(node) &- rows.lowerBound
        guard row >= 0 && row < rows.count else { return false }
        if let degrees { return degrees[Int(node)] > 0 }
        let (first, end) = (Int(offsets[row]), Int(offsets[row &+ 1]))
        guard let answers else { return first < end }
        var position = first
        while position < end {
          if answers[Int(neighbours[position])] == NodeFilter.Answer.passes { return true }
          position &+= 1
        }
        return false
      }
    }

    var branches: [Branch]

    /// Whether there is a match at a node.
    @inline(__always)
    func hasMatch(at node: UInt32) -> Bool { branches.allSatisfy { $0.hasMatch(at: node) } }

    /// The matches at a node; `nil` when they are too many.
    @inline(__always)
    func count(at node: UInt32) -> Int64? {
      var product: Int64 = 1
      var isTooLarge = false
      for branch in branches where product != 0 {
        let (next, overflow) = product.multipliedReportingOverflow(by: branch.count(at: node))
        product = next
        isTooLarge = isTooLarge || overflow
      }
      return isTooLarge ? nil : product
    }
  }

  /// The pattern as a star, if it is one, all is in the base, and conditions are known for all nodes.
  func makeStar() -> Star? {
    guard core.isEmpty, length == nil, isDense == true, root.branches.allSatisfy(\.to.branches.isEmpty) else {
      return nil
    }
    var star = Star(branches: [])
    // Degrees come first: where one is zero, nothing else is looked at.
    for branch in root.branches.sorted(by: { $0.to.isPlain && !$1.to.isPlain }) {
      guard let list = branch.neighbours.onlyList, list.rows.isDense,
        branch.takesAny || branch.to.isPlain && branch.test?.degrees != nil
      else { return nil }
      let first = Int(list.rows.first)
      star.branches.append(
        Star.Branch(
          rows: first..<first + list.rows.idCount, offsets: list.offsets.start, neighbours: list.neighbours.start,
          answers: branch.to.filter?.answers, degrees: branch.test?.degrees))
    }
    return star
  }

  /// The matches of a star at all nodes; `nil` for any other pattern.
  func sumOverStars() throws -> Int64? {
    guard let star = makeStar(), let first = star.branches.first else { return nil }
    let rootAnswers = root.filter?.answers
    if rootAnswers == nil, star.branches.allSatisfy({ $0.answers == nil && $0.degrees == nil }) {
      let lists = root.branches.compactMap(\.neighbours.onlyList)
      if lists.count == 1 { return Int64(lists[0].relationshipCount) }
      if lists.count == 2 { return try sumOfDegreeProducts(lists[0], lists[1]) }
    }
    // The addresses are read only, and what they point to lives as long as this counter.
    nonisolated(unsafe) let (shared, answers) = (star, rootAnswers)
    let effort = root.branches.reduce(0) { $0 + ($1.neighbours.onlyList?.relationshipCount ?? 0) }
    let total = try context.sum(over: first.rows, effort: effort) { _, nextPart in
      var total: Int64 = 0
      var isTooLarge = false
      while let part = try nextPart() {
        for node in part {
          if let answers, answers[node] != NodeFilter.Answer.passes { continue }
          guard let count = shared.count(at: UInt32(truncatingIfNeeded: node)) else {
            throw MatchCounter.tooManyMatches
          }
          let (sum, overflow) = total.addingReportingOverflow(count)
          total = sum
          isTooLarge = isTooLarge || overflow
        }
      }
      if isTooLarge { throw MatchCounter.tooManyMatches }
      return total
    }
    guard let total else { throw MatchCounter.tooManyMatches }
    return total
  }

  func sumOfDegreeProducts(_ first: CompressedAdjacency, _ second: CompressedAdjacency) throws -> Int64 {
    let start = max(Int(first.rows.first), Int(second.rows.first))
    let end = min(Int(first.rows.first) + first.rows.idCount, Int(second.rows.first) + second.rows.idCount)
    guard start < end else { return 0 }
    // Degrees are below 2^32, and so is the sum of all of them: the total is below 2^64, and too large above 2^63.
    let a = first.offsets.start - Int(first.rows.first)
    let b = second.offsets.start - Int(second.rows.first)
    var total: UInt64 = 0
    for node in start..<end { total &+= UInt64(a[node + 1] &- a[node]) &* UInt64(b[node + 1] &- b[node]) }
    guard let total = Int64(exactly: total) else { throw MatchCounter.tooManyMatches }
    return total
  }

  /// `(a)-->(b)-->(c)-->(a)` over one kind of relationship and any nodes; `nil` for any other pattern.
  func directedTriangles() throws -> Int64? {
    guard core.count == 3, steps.count == 3, slots.count == 3, slots.allSatisfy(\.isPlain),
      !core[0].isInto, !core[1].isInto, core[2].isInto, core[1].from === core[0].to, core[2].from === core[1].to,
      core[0].from === root, core[2].to === root,
      core.allSatisfy({ $0.takesAny && $0.excluding.isEmpty && $0.outer.isEmpty }),
      let list = core[0].neighbours.onlyList, core.allSatisfy({ $0.neighbours.onlyList === list }),
      let mirror = core[2].neighbours.onlyMirror, !list.hasLoops, !list.hasParallels
    else { return nil }
    let triangles = DirectedTriangles(forward: list, backward: mirror, nodeCapacity: nodeCapacity)
    guard let total = try triangles.count(context) else { throw MatchCounter.tooManyMatches }
    return try multiply(total, 3)
  }
}
