import PlenarySyntax

/// What an expression gives for every node, or every relationship, at an address of its own, so that a loop over
/// adjacency lists adds up numbers without making vectors.
final class DenseNumbers {
  enum Numbers {
    /// Small are those below 2^31: fewer than 2^32 of them add up to less than 2^63.
    case integers(FlatArray<Int64>, areSmall: Bool)
    /// None is NaN; some may be infinite.
    case floats(FlatArray<Double>, FloatMagnitudes)
  }

  let numbers: Numbers
  /// One for each number that counts, zero for others; `nil` when all count. Numbers that do not are zero.
  private let counts: FlatArray<UInt8>?
  /// Where a position of the list finds its number; `nil` where positions and numbers go together.
  let places: FlatArray<UInt32>?
  /// What to add to a position that is its own place.
  let offset: Int
  /// Whether the numbers lie in the graph.
  private let isBorrowed: Bool

  /// Evaluates an expression; `nil` where it gives something else than numbers of one type, or fails.
  ///
  /// - Parameters:
  ///   - variable: the node or relationship that the expression reads.
  ///   - type: the type of the relationships; `nil` for any.
  ///   - filter: which neighbours count.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(
    _ expression: BoundExpression, of variable: VariableID, isOfNode: Bool, type: TypeToken?,
    _ list: CompressedAdjacency, _ filter: NodeFilter?, _ context: ExecutionContext
  ) throws {
    places = isOfNode ? list.neighbours : list.relationships
    offset = isOfNode ? 0 : Int(list.firstRelationship)
    if filter == nil, let whole = DenseNumbers.wholeColumn(expression, isOfNode: isOfNode, type, context.graph) {
      (numbers, counts, isBorrowed) = (whole, nil, true)
      return
    }
    isBorrowed = false
    let capacity = isOfNode ? context.graph.nodeCapacity : context.graph.relationshipCapacity
    var reader = Column(capacity: capacity)
    let isRead = try context.evaluateForAll(
      expression, of: variable, isOfNode: isOfNode, type: type, filter
    ) { reader.read($0, $1) }
    guard isRead else { return nil }
    if !isOfNode, let filter { reader.keepOnly(list, filter) }
    guard let numbers = reader.numbers else { return nil }
    self.numbers = numbers
    counts = reader.isEveryOneCounted(context.graph, isOfNode: isOfNode, type, filter) ? nil : reader.counts
  }

  /// A property of which the graph has a float for every node, or every relationship of a type, and no NaN.
  private static func wholeColumn(
    _ expression: BoundExpression, isOfNode: Bool, _ type: TypeToken?, _ graph: Graph
  ) -> Numbers? {
    guard case .property(let subject, let name) = expression.kind, case .variable = subject.kind,
      let key = graph.keyToken(name)
    else { return nil }
    if let column = graph.wholeColumn(key, ofNodes: isOfNode), case .floats(let floats) = column.storage {
      return column.magnitudes.largest.isNaN ? nil : .floats(floats, column.magnitudes)
    }
    // Those of one type may be all that have the property.
    guard !isOfNode, let ids = type.flatMap(graph.idsOfRelationships),
      let column = graph.unchangedColumn(key, ofNodes: false), column.rows.isDense,
      column.rows.first == ids.lowerBound, column.rows.rowCount == ids.count, case .floats(let floats) = column.storage,
      !column.magnitudes.largest.isNaN
    else { return nil }
    return .floats(FlatArray(floats, countedFrom: Int(ids.lowerBound)), column.magnitudes)
  }

  /// How many bytes it keeps.
  var byteCount: Int {
    if isBorrowed { return 0 }
    let numberCount =
      switch numbers {
      case .integers(let integers, _): integers.count
      case .floats(let floats, _): floats.count
      }
    return numberCount * 8 + (counts?.count ?? 0)
  }

  /// How many numbers of a row's neighbours count.
  @inline(__always)
  func count(_ match: NeighbourReader.Match) -> Int64 {
    // When all neighbours that count have a number, that many.
    guard let counts = counts?.start else { return Int64(match.count) }
    let span = match.span
    var count: Int64 = 0
    if let places = places?.start {
      for position in span { count &+= Int64(counts[Int(places[position])]) }
    } else {
      for position in span { count &+= Int64(counts[position &+ offset]) }
    }
    return count
  }

  /// The least or the greatest number of each row's neighbours, null where none counts.
  func extremes(_ matches: [NeighbourReader.Match], isMinimum: Bool) -> Vector {
    switch numbers {
    case .floats(let floats, _): .floats(extremes(matches, floats) { isMinimum ? $0 < $1 : $0 > $1 })
    case .integers(let integers, _): .integers(extremes(matches, integers) { isMinimum ? $0 < $1 : $0 > $1 })
    }
  }

  private func extremes<Number: BitwiseCopyable & Sendable & ExpressibleByIntegerLiteral>(
    _ matches: [NeighbourReader.Match], _ numbers: FlatArray<Number>, _ goesBefore: (Number, Number) -> Bool
  ) -> NullableArray<Number> {
    var isNull: [Bool] = []
    let elements = matches.map { match -> Number in
      var best: Number?
      for position in match.span {
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
  func place(_ position: Int) -> Int {
    places.map { Int($0.start[position]) } ?? position &+ offset
  }
}

/// Numbers of one type by id, as they come in.
private struct Column {
  private let capacity: Int
  private(set) var numbers: DenseNumbers.Numbers?
  /// One for each id that has a number.
  let counts: FlatArray<UInt8>
  private var present = 0

  init(capacity: Int) {
    self.capacity = capacity
    counts = FlatArray(repeating: 0, count: capacity)
  }

  /// Takes in the values of some ids; false if they are no numbers of the type that the earlier ones have.
  mutating func read(_ vector: Vector, _ ids: [UInt32]) -> Bool {
    switch (vector, numbers) {
    case (.constant(.null, _), _): break
    case (.integers(let new), nil):
      let integers = FlatArray<Int64>(repeating: 0, count: capacity)
      numbers = .integers(integers, areSmall: store(new, ids, integers).areSmall)
    case (.integers(let new), .integers(let integers, let areSmall)):
      let new = store(new, ids, integers)
      numbers = .integers(integers, areSmall: areSmall && new.areSmall)
    case (.floats(let new), nil):
      let floats = FlatArray<Double>(repeating: 0, count: capacity)
      store(new, ids, floats)
      let magnitudes = new.elements.withUnsafeBufferPointer(FloatMagnitudes.init)
      numbers = .floats(floats, magnitudes)
      return !magnitudes.largest.isNaN
    case (.floats(let new), .floats(let floats, var magnitudes)):
      store(new, ids, floats)
      magnitudes.add(new.elements.withUnsafeBufferPointer(FloatMagnitudes.init))
      numbers = .floats(floats, magnitudes)
      return !magnitudes.largest.isNaN
    default: return false
    }
    return true
  }

  @discardableResult
  private mutating func store<Number>(
    _ new: NullableArray<Number>, _ ids: [UInt32], _ numbers: FlatArray<Number>
  ) -> NullableArray<Number> {
    for (row, id) in ids.enumerated() {
      let isPresent = new.isNull.map { !$0[row] } ?? true
      guard isPresent else { continue }
      numbers.start[Int(id)] = new.elements[row]
      counts.start[Int(id)] = 1
      present &+= 1
    }
    return new
  }

  /// Leaves out the relationships to neighbours that do not count.
  func keepOnly(_ list: CompressedAdjacency, _ filter: NodeFilter) {
    for position in 0..<list.neighbours.count where !filter.passes(list.neighbours.start[position]) {
      let relationship = Int(list.relationship(at: position))
      counts.start[relationship] = 0
      switch numbers {
      case .integers(let integers, _): integers.start[relationship] = 0
      case .floats(let floats, _): floats.start[relationship] = 0
      case nil: break
      }
    }
  }

  /// Whether whatever is met has a number that counts.
  func isEveryOneCounted(_ graph: Graph, isOfNode: Bool, _ type: TypeToken?, _ filter: NodeFilter?) -> Bool {
    let relationships = type.map(graph.count(of:)) ?? graph.relationshipCount
    return filter == nil && present == (isOfNode ? graph.nodeCount : relationships)
  }
}

extension NullableArray<Int64> {
  fileprivate var areSmall: Bool { elements.allSatisfy { $0.magnitude < 1 << 31 } }
}

extension ExecutionContext {
  /// Evaluates an expression for every node, or every relationship of a type; false where it fails for some, or `body`
  /// cannot take what it gives.
  ///
  /// - Parameters:
  ///   - variable: the node or relationship that the expression reads.
  ///   - type: the type of the relationships; `nil` for any.
  ///   - filter: which nodes are asked for; `nil` for all.
  ///   - body: takes the values of some ids.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  func evaluateForAll(
    _ expression: BoundExpression, of variable: VariableID, isOfNode: Bool, type: TypeToken?, _ filter: NodeFilter?,
    _ body: (Vector, [UInt32]) -> Bool
  ) throws -> Bool {
    do {
      var nodes = Graph.NodeScan(graph, label: nil)
      var relationships = Graph.RelationshipScan(graph, type: type)
      while var ids = isOfNode ? nodes.next(batchSize) : relationships.next(batchSize) {
        try checkStop()
        if isOfNode, let filter { ids = ids.filter { filter.passes($0) } }
        guard !ids.isEmpty else { continue }
        var batch = Batch(variableCount: variableCount, count: ids.count)
        batch[variable] = isOfNode ? .nodes(ids) : .relationships(ids)
        guard body(try evaluate(expression, batch), ids) else { return false }
      }
      return true
    } catch let error as QueryError where error.isStop {
      throw error
    } catch {
      return false
    }
  }
}
