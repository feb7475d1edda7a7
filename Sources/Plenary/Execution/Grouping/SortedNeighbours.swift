import PlenarySyntax

/// The neighbours of every node sorted by a value of theirs, so that those for which it compares with something are found
/// by searching, not by looking at each.
///
/// Several threads may share one: once made it is only read.
final class SortedNeighbours: @unchecked Sendable {
  /// The neighbours of a row that pass so far.
  private typealias Span = KeyPlaces.Span

  private let comparisons: NeighbourComparisons
  private let list: CompressedAdjacency
  /// When a row's own relationship is one too many; `nil` where that is known not to be.
  private let ownMatch: NeighbourComparisons.OwnMatch?
  private let order: OrderKeys
  /// At the positions of each node's neighbours their keys, ascending; where there is an equality, within those of which
  /// that has the same key. With `places`, what is looked up there is side by side where it is equal, and need not ascend.
  private let keys: FlatArray<Double>
  private let equality: (order: OrderKeys, keys: FlatArray<Double>)?
  /// Tables for what rows are asked first, if that is to be equal to a key; `nil` also where keys are too many.
  private let places: KeyPlacesPool?
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
  ///   - usesTables: whether many rows will have the same node, one after the other.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(
    _ comparisons: NeighbourComparisons, _ step: Expansion, type: TypeToken?, _ list: CompressedAdjacency,
    _ filter: NodeFilter?, usesTables: Bool, _ context: ExecutionContext
  ) throws {
    let usesArithmetic = comparisons.comparisons.contains { $0.combination.operand != nil }
    func read(_ value: BoundExpression, _ question: OrderKeys.Question) throws -> (KeysByID, OrderKeys)? {
      try SortedNeighbours.read(value, question, step, type: type, filter, context)
    }
    let passing = try SortedNeighbours.test(comparisons, step, context)
    guard passing.isPossible,
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
    let firstAsked = equal?.keys ?? (comparisons.comparisons.first?.isEquality == true ? own : nil)
    places = usesTables ? firstAsked.flatMap { KeyRange(of: $0.keys) }.map { KeyPlacesPool(for: $0) } : nil
    try sort(own, equal?.keys, filter, passing.test, context)
  }

  /// Tests what the relationships must meet by themselves; not possible where that fails for one that may never be met.
  private static func test(
    _ comparisons: NeighbourComparisons, _ step: Expansion, _ context: ExecutionContext
  ) throws -> (test: RelationshipTest?, isPossible: Bool) {
    guard !comparisons.ofRelationship.isEmpty else { return (nil, true) }
    do {
      return (try RelationshipTest(step, comparisons.ofRelationship, context), true)
    } catch let error as QueryError where error.isStop {
      throw error
    } catch {
      return (nil, false)
    }
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
  private func sort(
    _ own: KeysByID, _ equal: KeysByID?, _ filter: NodeFilter?, _ test: RelationshipTest?, _ context: ExecutionContext
  ) throws {
    let (list, keys, ends, places) = (list, keys, ends, places)
    let equalKeys = equality?.keys
    // Threads only read the answers.
    nonisolated(unsafe) let filter = own.isOfNode ? nil : filter
    _ = try context.sum(over: 0..<list.rows.rowCount, effort: list.neighbours.count) { _, nextPart in
      var sorter = RowSorter(places: places?.make())
      while let part = try nextPart() {
        for row in part {
          let start = Int(list.offsets[row])
          var end = start
          for position in start..<Int(list.offsets[row + 1]) {
            let (neighbour, relationship) = (list.neighbours[position], list.relationship(at: position))
            if let test, !test.passes(relationship) { continue }
            // A node that does not pass has no key.
            let key = own.keys[Int(own.isOfNode ? neighbour : relationship)]
            guard !key.isNaN, filter?.passes(neighbour) ?? true else { continue }
            if let equal, let equalKeys {
              let equalKey = equal.keys[Int(equal.isOfNode ? neighbour : relationship)]
              if equalKey.isNaN { continue }
              equalKeys.start[end] = equalKey
            }
            keys.start[end] = key
            end &+= 1
          }
          ends.start[row] = UInt32(truncatingIfNeeded: end)
          if end - start > 1 { sorter.sort(keys.start, equalKeys?.start, start..<end) }
        }
      }
      return 0
    }
  }

  // MARK: Searching

  /// How many neighbours of some nodes, one for each row, compare as wanted.
  ///
  /// - Throws: what evaluating the row's values throws, and where these cannot be compared with the neighbours'.
  func counts(at nodes: [UInt32], _ batch: Batch, _ context: ExecutionContext) throws -> [Int32] {
    let (offsets, ends, rows) = (list.offsets.start, ends.start, list.rows)
    var found = 0
    var spans = nodes.map { node -> Span in
      guard let row = rows.row(of: node) else { return Span(start: 0, end: 0) }
      let span = Span(start: offsets[row], end: ends[row])
      found += span.isEmpty ? 0 : 1
      return span
    }
    // What few rows need is evaluated for those alone.
    if found * 2 < spans.count {
      let rows = spans.indices.filter { !spans[$0].isEmpty }
      var counts = Array(repeating: Int32(0), count: spans.count)
      guard !rows.isEmpty else { return counts }
      let found = try self.counts(
        at: rows.map { nodes[$0] }, batch.restricted(to: rows.map { Int32(truncatingIfNeeded: $0) }), context)
      for (row, count) in zip(rows, found) { counts[row] = count }
      return counts
    }
    if let equality, let bound = comparisons.equality?.bound {
      let bounds = try equality.order.keys(of: try context.evaluate(bound, batch))
      narrowToEqual(&spans, bounds, in: equality.keys)
    }
    for (index, comparison) in comparisons.comparisons.enumerated() where comparison.operator != .notEqual {
      if index == 0, equality == nil, comparison.isEquality {
        narrowToEqual(&spans, try keys(of: comparison.bound, batch, context), in: keys)
      } else {
        try narrow(&spans, by: comparison, batch, context)
      }
    }
    var counts = spans.map { Int32(truncatingIfNeeded: $0.end &- $0.start) }
    if let last = comparisons.comparisons.last, last.operator == .notEqual {
      for value in [last.bound, last.combination.operand].compactMap({ $0 }) {
        let keys = try self.keys(of: value, batch, context)
        // Nothing differs from null.
        for row in counts.indices where keys[row].isNaN { counts[row] = 0 }
      }
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

  /// Leaves of each span, which is that of all neighbours, the keys that are equal to the row's bound.
  private func narrowToEqual(_ spans: inout [Span], _ bounds: [Double], in keys: FlatArray<Double>) {
    guard let places else { return narrow(&spans, bounds, bounds, .equal, by: KeyAlone.self, in: keys) }
    places.withPlaces { places in
      spans.withUnsafeMutableBufferPointer { spans in
        for row in spans.indices where !spans[row].isEmpty {
          if !places.isFilled(with: spans[row]) { places.fill(with: spans[row], of: keys.start) }
          spans[row] = places[bounds[row]]
        }
      }
    }
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
        if span.isEmpty { continue }
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
