import PlenarySyntax

/// What an expression gives for every node, or every relationship, at an address of its own, so that a loop over
/// adjacency lists adds up numbers without making vectors.
final class DenseNumbers {
  private enum Numbers {
    case integers(FlatArray<Int64>, isSmall: Bool)
    case floats(FlatArray<Double>)
  }

  private let numbers: Numbers
  /// One for each number that counts, zero for others; `nil` when all count. Numbers that do not are zero.
  private let counts: FlatArray<UInt8>?
  /// Where a position of the list finds its number; `nil` where positions and numbers go together.
  private let places: FlatArray<UInt32>?
  /// What to add to a position that is its own place.
  private let offset: Int

  /// Evaluates an expression; `nil` where it gives something else than numbers of one type, or fails.
  ///
  /// - Parameters:
  ///   - variable: the node or relationship that the expression reads.
  ///   - filter: which neighbours count.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(
    _ expression: BoundExpression, of variable: VariableID, isOfNode: Bool, _ list: CompressedAdjacency,
    _ filter: NodeFilter?, _ context: ExecutionContext
  ) throws {
    let capacity = isOfNode ? context.graph.nodeCapacity : context.graph.relationshipCapacity
    var reader = Column(capacity: capacity)
    do {
      var nodes = Graph.NodeScan(context.graph, label: nil)
      var relationships = Graph.RelationshipScan(context.graph, type: nil)
      while var ids = isOfNode ? nodes.next(context.batchSize) : relationships.next(context.batchSize) {
        try context.checkStop()
        if isOfNode, let filter { ids = ids.filter { filter.passes($0) } }
        guard !ids.isEmpty else { continue }
        var batch = Batch(variableCount: context.variableCount, count: ids.count)
        batch[variable] = isOfNode ? .nodes(ids) : .relationships(ids)
        guard reader.read(try context.evaluate(expression, batch), ids) else { return nil }
      }
    } catch let error as QueryError where error.isStop {
      throw error
    } catch {
      return nil
    }
    if !isOfNode, let filter { reader.keepOnly(list, filter) }
    guard let numbers = reader.numbers else { return nil }
    switch numbers {
    case .integers(let integers):
      // Fewer than 2^32 of them add up to less than 2^63.
      self.numbers = .integers(FlatArray(integers), isSmall: integers.allSatisfy { $0.magnitude < 1 << 31 })
    case .floats(let floats): self.numbers = .floats(FlatArray(floats))
    }
    counts = reader.isEveryOneCounted(context.graph, isOfNode: isOfNode, filter) ? nil : FlatArray(reader.counts)
    places = isOfNode ? list.neighbours : list.relationships
    offset = isOfNode ? 0 : Int(list.firstRelationship)
  }

  /// How many numbers of a span count.
  ///
  /// - Parameter known: how many neighbours count, which is the answer when all of them have a number.
  @inline(__always)
  func count(_ span: Range<Int>, known: Int64) -> Int64 {
    guard let counts = counts?.start else { return known }
    var count: Int64 = 0
    if let places = places?.start {
      for position in span { count &+= Int64(counts[Int(places[position])]) }
    } else {
      for position in span { count &+= Int64(counts[position &+ offset]) }
    }
    return count
  }

  /// Adds up the numbers of many spans, each for its group.
  func addSums(_ spans: [Range<Int>], _ matches: NeighbourReader.Matches, to sum: GroupedSum) {
    for (row, span) in spans.enumerated() {
      let count = count(span, known: matches.counts[row])
      if count > 0 { sum.add(self.sum(span), count: count, to: Int(matches.groups[row])) }
    }
  }

  @inline(__always)
  private func sum(_ span: Range<Int>) -> CompensatedSum {
    var result = CompensatedSum()
    switch numbers {
    case .floats(let floats):
      let floats = floats.start
      if let places = places?.start {
        for position in span { result.add(floats[Int(places[position])]) }
      } else {
        for position in span { result.add(floats[position &+ offset]) }
      }
    case .integers(let integers, isSmall: true):
      let integers = integers.start
      var sum: Int64 = 0
      if let places = places?.start {
        for position in span { sum &+= integers[Int(places[position])] }
      } else {
        for position in span { sum &+= integers[position &+ offset] }
      }
      result.add(sum)
    case .integers(let integers, isSmall: false):
      for position in span { result.add(integers.start[place(position)]) }
    }
    return result
  }

  /// The least or the greatest number of each span, null where none counts.
  func extremes(_ spans: [Range<Int>], isMinimum: Bool) -> Vector {
    switch numbers {
    case .floats(let floats): .floats(extremes(spans, floats) { isMinimum ? $0 < $1 : $0 > $1 })
    case .integers(let integers, _): .integers(extremes(spans, integers) { isMinimum ? $0 < $1 : $0 > $1 })
    }
  }

  private func extremes<Number: BitwiseCopyable & Sendable & ExpressibleByIntegerLiteral>(
    _ spans: [Range<Int>], _ numbers: FlatArray<Number>, _ goesBefore: (Number, Number) -> Bool
  ) -> NullableArray<Number> {
    var isNull: [Bool] = []
    let elements = spans.map { span -> Number in
      var best: Number?
      for position in span {
        let place = place(position)
        if counts.map({ $0[place] == 0 }) ?? false { continue }
        if best.map({ goesBefore(numbers[place], $0) }) ?? true { best = numbers[place] }
      }
      isNull.append(best == nil)
      return best ?? 0
    }
    return NullableArray(elements, isNull: isNull.contains(true) ? isNull : nil)
  }

  @inline(__always)
  private func place(_ position: Int) -> Int {
    places.map { Int($0.start[position]) } ?? position &+ offset
  }
}

/// Numbers of one type by id, as they come in.
private struct Column {
  enum Numbers {
    case integers([Int64])
    case floats([Double])
  }

  private let capacity: Int
  private(set) var numbers: Numbers?
  /// One for each id that has a number.
  private(set) var counts: [UInt8]
  private var present = 0

  init(capacity: Int) {
    self.capacity = capacity
    counts = Array(repeating: 0, count: capacity)
  }

  /// Takes in the values of some ids; false if they are no numbers of the type that the earlier ones have.
  mutating func read(_ vector: Vector, _ ids: [UInt32]) -> Bool {
    if case .constant(.null, _) = vector { return true }
    switch (vector, numbers) {
    case (.integers(let new), nil):
      var integers = Array(repeating: Int64(0), count: capacity)
      store(new, ids, &integers)
      numbers = .integers(integers)
    case (.integers(let new), .integers(var integers)):
      // Not kept twice, so that it is not copied.
      numbers = nil
      store(new, ids, &integers)
      numbers = .integers(integers)
    case (.floats(let new), nil):
      var floats = Array(repeating: 0.0, count: capacity)
      guard !new.elements.contains(where: \.isNaN) else { return false }
      store(new, ids, &floats)
      numbers = .floats(floats)
    case (.floats(let new), .floats(var floats)):
      guard !new.elements.contains(where: \.isNaN) else { return false }
      numbers = nil
      store(new, ids, &floats)
      numbers = .floats(floats)
    default: return false
    }
    return true
  }

  private mutating func store<Number>(_ new: NullableArray<Number>, _ ids: [UInt32], _ numbers: inout [Number]) {
    if let isNull = new.isNull {
      for (row, id) in ids.enumerated() where !isNull[row] {
        numbers[Int(id)] = new.elements[row]
        counts[Int(id)] = 1
        present += 1
      }
    } else {
      for (row, id) in ids.enumerated() {
        numbers[Int(id)] = new.elements[row]
        counts[Int(id)] = 1
      }
      present += ids.count
    }
  }

  /// Leaves out the relationships to neighbours that do not count.
  mutating func keepOnly(_ list: CompressedAdjacency, _ filter: NodeFilter) {
    let dropped = (0..<list.neighbours.count).lazy.filter { !filter.passes(list.neighbours.start[$0]) }
      .map { Int(list.relationship(at: $0)) }
    for relationship in dropped { counts[relationship] = 0 }
    switch numbers {
    case .integers(var integers):
      numbers = nil
      for relationship in dropped { integers[relationship] = 0 }
      numbers = .integers(integers)
    case .floats(var floats):
      numbers = nil
      for relationship in dropped { floats[relationship] = 0 }
      numbers = .floats(floats)
    case nil: break
    }
  }

  /// Whether whatever is met has a number that counts.
  func isEveryOneCounted(_ graph: Graph, isOfNode: Bool, _ filter: NodeFilter?) -> Bool {
    filter == nil && present == (isOfNode ? graph.nodeCount : graph.relationshipCount)
  }
}
