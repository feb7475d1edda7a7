import PlenarySyntax

/// The neighbours of every node sorted by a value of theirs, so that those for which it compares with something are found
/// by searching, not by looking at each.
///
/// Several threads may share one: once made it is only read.
final class SortedNeighbours: @unchecked Sendable {
  /// A run of the keys: the neighbours of a row that pass so far.
  private struct Span {
    var start: UInt32
    var end: UInt32
  }

  private let comparisons: NeighbourComparisons
  private let list: CompressedAdjacency
  /// When a row's own relationship is one too many; `nil` where that is known not to be.
  private let ownMatch: NeighbourComparisons.OwnMatch?
  private let order: OrderKeys
  /// At the positions of each node's neighbours their keys, ascending; where there is an equality, within those of which
  /// that has the same key.
  private let keys: FlatArray<Double>
  private let equality: (order: OrderKeys, keys: FlatArray<Double>)?
  /// By row of the list where its keys end: some neighbours have none.
  private let ends: FlatArray<UInt32>

  /// What a value is for every node or every relationship there is, NaN where it is null.
  private struct KeysByID: Sendable {
    let keys: FlatArray<Double>
    let isOfNode: Bool
  }

  /// Evaluates the values for all there are and sorts; `nil` where one gives something that cannot be ordered, or fails.
  ///
  /// O(relationships · log degree).
  ///
  /// - Parameters:
  ///   - step: leads to the neighbours, which are those of `list`.
  ///   - type: the type of the relationships; `nil` for any.
  ///   - filter: which neighbours count.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(
    _ comparisons: NeighbourComparisons, _ step: Expansion, type: TypeToken?, _ list: CompressedAdjacency,
    _ filter: NodeFilter?, _ context: ExecutionContext
  ) throws {
    let usesArithmetic = comparisons.comparisons.contains { $0.combination.operand != nil }
    func read(_ value: BoundExpression, _ question: OrderKeys.Question) throws -> (KeysByID, OrderKeys)? {
      try SortedNeighbours.read(value, question, step, type: type, filter, context)
    }
    guard
      let (own, order) = try read(
        comparisons.value, usesArithmetic ? .arithmetic : comparisons.onlyAskForEquality ? .equality : .order)
    else { return nil }
    var equal: (keys: KeysByID, order: OrderKeys)?
    if let equality = comparisons.equality {
      guard let read = try read(equality.value, .equality) else { return nil }
      equal = read
    }
    self.comparisons = comparisons
    self.list = list
    self.order = order
    // Without loops, those that are only counted for one are not.
    ownMatch = comparisons.ownMatch.flatMap { $0.loopEnd == nil || list.hasLoops ? $0 : nil }
    keys = FlatArray(uninitializedCount: list.neighbours.count)
    equality = equal.map { ($0.order, FlatArray(uninitializedCount: list.neighbours.count)) }
    ends = FlatArray(uninitializedCount: list.rows.rowCount)
    try sort(own, equal?.keys, filter, context)
  }

  private static func read(
    _ value: BoundExpression, _ question: OrderKeys.Question, _ step: Expansion, type: TypeToken?,
    _ filter: NodeFilter?,
    _ context: ExecutionContext
  ) throws -> (KeysByID, OrderKeys)? {
    var order = OrderKeys(for: question)
    let isOfNode = value.freeVariables(subqueries: []) == [step.to]
    let variable = isOfNode ? step.to : step.relationship
    let keys = FlatArray(
      repeating: Double.nan, count: isOfNode ? context.graph.nodeCapacity : context.graph.relationshipCapacity)
    let isRead = try context.evaluateForAll(value, of: variable, isOfNode: isOfNode, type: type, filter) {
      values, ids in
      guard let found = order.read(values) else { return false }
      for (id, key) in zip(ids, found) { keys.start[Int(id)] = key }
      return true
    }
    guard isRead else { return nil }
    let final = order.finish()
    if !final.isEmpty {
      for id in 0..<keys.count where !keys[id].isNaN { keys.start[id] = final[Int(keys[id])] }
    }
    return (KeysByID(keys: keys, isOfNode: isOfNode), order)
  }

  var byteCount: Int { keys.count * (equality == nil ? 8 : 16) + ends.count * 4 }

  /// Puts the keys of each node's neighbours in order.
  private func sort(_ own: KeysByID, _ equal: KeysByID?, _ filter: NodeFilter?, _ context: ExecutionContext) throws {
    let (list, keys, ends) = (list, keys, ends)
    let equalKeys = equality?.keys
    // Threads only read the answers.
    nonisolated(unsafe) let filter = own.isOfNode ? nil : filter
    _ = try context.sum(over: 0..<list.rows.rowCount, effort: list.neighbours.count) { _, nextPart in
      var pairs: [(equal: Double, own: Double)] = []
      while let part = try nextPart() {
        for row in part {
          let start = Int(list.offsets[row])
          var end = start
          for position in start..<Int(list.offsets[row + 1]) {
            let neighbour = list.neighbours[position]
            // A node that does not pass has no key.
            let key = own.keys[Int(own.isOfNode ? neighbour : list.relationship(at: position))]
            guard !key.isNaN, filter?.passes(neighbour) ?? true else { continue }
            if let equal, let equalKeys {
              let equalKey = equal.keys[Int(equal.isOfNode ? neighbour : list.relationship(at: position))]
              if equalKey.isNaN { continue }
              equalKeys.start[end] = equalKey
            }
            keys.start[end] = key
            end &+= 1
          }
          ends.start[row] = UInt32(truncatingIfNeeded: end)
          guard let equalKeys else {
            SortedNeighbours.sort(UnsafeMutableBufferPointer(start: keys.start + start, count: end - start))
            continue
          }
          pairs.removeAll(keepingCapacity: true)
          for position in start..<end { pairs.append((equalKeys[position], keys[position])) }
          pairs.sort { $0.equal < $1.equal || $0.equal == $1.equal && $0.own < $1.own }
          for (index, pair) in pairs.enumerated() {
            (equalKeys.start[start + index], keys.start[start + index]) = pair
          }
        }
      }
      return 0
    }
  }

  /// Most nodes have few neighbours.
  private static func sort(_ keys: UnsafeMutableBufferPointer<Double>) {
    var keys = keys
    guard keys.count <= 24 else { return keys.sort() }
    var next = 1
    while next < keys.count {
      let key = keys[next]
      var place = next
      while place > 0, keys[place &- 1] > key {
        keys[place] = keys[place &- 1]
        place &-= 1
      }
      keys[place] = key
      next &+= 1
    }
  }

  // MARK: Searching

  /// How many neighbours of some nodes, one for each row, compare as wanted.
  ///
  /// - Throws: what evaluating the row's values throws, and where these cannot be compared with the neighbours'.
  func counts(at nodes: [UInt32], _ batch: Batch, _ context: ExecutionContext) throws -> [Int32] {
    var spans = nodes.map { node -> Span in
      guard let row = list.rows.row(of: node) else { return Span(start: 0, end: 0) }
      return Span(start: list.offsets[row], end: ends[row])
    }
    if let equality, let bound = comparisons.equality?.bound {
      let bounds = try equality.order.keys(of: try context.evaluate(bound, batch))
      narrow(&spans, bounds, bounds, .equal, by: KeyAlone.self, in: equality.keys)
    }
    for comparison in comparisons.comparisons where comparison.operator != .notEqual {
      try narrow(&spans, by: comparison, batch, context)
    }
    var counts = spans.map { Int32(truncatingIfNeeded: $0.end &- $0.start) }
    if let last = comparisons.comparisons.last, last.operator == .notEqual {
      let bounds = try self.keys(of: last.bound, batch, context)
      for row in counts.indices where bounds[row].isNaN { counts[row] = 0 }
      // All but those that are equal.
      var equal = last
      equal.operator = .equal
      try narrow(&spans, by: equal, batch, context)
      for row in counts.indices where counts[row] > 0 {
        counts[row] -= Int32(truncatingIfNeeded: spans[row].end &- spans[row].start)
      }
    }
    if let ownMatch {
      let ends = ownMatch.loopEnd.map { batch[$0].nodeIDs } ?? nodes
      let matches = try context.evaluateCondition(ownMatch.condition, batch)
      for row in counts.indices where matches[row] == .true && ends[row] == nodes[row] { counts[row] -= 1 }
    }
    return counts
  }

  private func keys(of expression: BoundExpression, _ batch: Batch, _ context: ExecutionContext) throws -> [Double] {
    try order.keys(of: try context.evaluate(expression, batch))
  }

  private func narrow(
    _ spans: inout [Span], by comparison: NeighbourComparisons.Comparison, _ batch: Batch, _ context: ExecutionContext
  ) throws {
    let bounds = try keys(of: comparison.bound, batch, context)
    let op = comparison.operator
    guard let operand = comparison.combination.operand else {
      return narrow(&spans, bounds, bounds, op, by: KeyAlone.self, in: keys)
    }
    let operands = try keys(of: operand, batch, context)
    switch comparison.combination {
    case .alone: break
    case .plus: narrow(&spans, bounds, operands, op, by: KeyPlusOperand.self, in: keys)
    case .minus: narrow(&spans, bounds, operands, op, by: KeyMinusOperand.self, in: keys)
    case .subtractedFrom: narrow(&spans, bounds, operands, op, by: OperandMinusKey.self, in: keys)
    case .times: narrow(&spans, bounds, operands, op, by: KeyTimesOperand.self, in: keys)
    }
  }

  /// Leaves of each span the keys that, combined with the row's operand, compare with its bound.
  private func narrow<Combination: KeyCombination>(
    _ spans: inout [Span], _ bounds: [Double], _ operands: [Double], _ op: ComparisonOperator, by _: Combination.Type,
    in keys: FlatArray<Double>
  ) {
    let keys = UnsafePointer(keys.start)
    spans.withUnsafeMutableBufferPointer { spans in
      for row in spans.indices {
        let span = spans[row]
        guard span.start < span.end else { continue }
        let (bound, operand) = (bounds[row], operands[row])
        guard !bound.isNaN, !operand.isNaN else {
          spans[row].end = span.start
          continue
        }
        // What falls is turned around, so that it grows.
        let falls = Combination.falls(with: operand)
        let search = KeySearch<Combination>(
          keys: keys, operand: operand, limit: falls ? -bound : bound, sign: falls ? -1 : 1)
        switch falls ? op.mirrored : op {
        case .less: spans[row].end = search.first(of: span.start, span.end)
        case .lessOrEqual: spans[row].end = search.firstBeyond(of: span.start, span.end)
        case .greater: spans[row].start = search.firstBeyond(of: span.start, span.end)
        case .greaterOrEqual: spans[row].start = search.first(of: span.start, span.end)
        case .equal, .notEqual:
          let start = search.first(of: span.start, span.end)
          spans[row] = Span(start: start, end: search.firstBeyond(of: start, span.end))
        }
      }
    }
  }
}
