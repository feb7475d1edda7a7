/// A property whose values are lists, as numbers of their elements.
struct ListColumn: ElementColumn {
  let lists: ListElements
  private let rows: RowMap
  private let ids: [UInt32]
  /// Where `lists` has its numbers, and where those of each row end: so that reading them counts no references, which
  /// threads would wait for.
  private let codes: UnsafeMutablePointer<UInt32>
  private let offsets: UnsafeMutablePointer<UInt32>

  /// `nil` for anything else than a property of nodes or relationships that lies in the graph as it was loaded, where its
  /// values are no lists of which the elements are numbered, and where they are not yet and few are asked for.
  init?(_ expression: BoundExpression, _ batch: Batch, _ context: ExecutionContext) {
    guard !context.hasDeleted, case .property(let subject, let key) = expression.kind,
      case .variable(let variable) = subject.kind, let elements = batch.elements(of: variable),
      let token = context.graph.keyToken(key),
      let column = context.graph.unchangedColumn(token, ofNodes: elements.areNodes),
      batch.count >= ListColumn.fewRows || column.hasListElements, let lists = column.listElements
    else { return nil }
    self.lists = lists
    (codes, offsets) = (lists.codes.start, lists.offsets.start)
    rows = column.rows
    ids = elements.ids
  }

  /// Numbering the elements of a column takes longer than looking at the lists of few rows.
  private static let fewRows = 256

  var count: Int { ids.count }

  /// Where the elements of a row are; `nil` for null.
  @inline(__always)
  func span(_ row: Int) -> Range<Int>? {
    guard let place = rows.row(of: ids[row]) else { return nil }
    return Range(uncheckedBounds: (Int(offsets[place]), Int(offsets[place &+ 1])))
  }

  func places(of row: Int) -> Range<Int>? { span(row) }

  func elements(_ pieces: [ListPiece]) -> Vector {
    lists.vector(
      [UInt32](unsafeUninitializedCapacity: pieces.reduce(0) { $0 + $1.places.count }) { target, count in
        for piece in pieces {
          for place in piece.places {
            target.initializeElement(at: count, to: codes[place])
            count &+= 1
          }
        }
      })
  }

  /// `value IN list` for every row; `nil` where elements are of another kind.
  func contains(_ value: Value) -> [Ternary]? {
    guard lists.areOfKind(of: value) else { return nil }
    let wanted = lists.number(of: value)
    return (0..<count).map { row in
      guard let span = span(row) else { return .null }
      guard let wanted else { return .false }
      var isFound = false
      for place in span { isFound = isFound || codes[place] == wanted }
      return Ternary(isFound)
    }
  }

  /// `value IN list` for every row with a value of its own; `nil` where elements are of another kind.
  func contains(_ values: Vector) -> [Ternary]? {
    switch (values, lists.elements) {
    case (.integers(let numbers), .integers(let elements)):
      return truths { row, codes in
        if numbers.isNull?[row] == true { return nil }
        let wanted = numbers.elements[row]
        return codes.contains { elements.start[Int($0)] == wanted }
      }
    case (.strings(let strings), .strings(let heap, _)):
      guard let wanted = strings.codes else { return nil }
      // By code what it is among the elements; their own codes are that already.
      let numbers = strings.heap === heap ? nil : numbers(of: wanted, in: strings.heap)
      return truths { row, codes in
        guard wanted.rows[row] != StringVector.Codes.nullCode else { return nil }
        guard let numbers else { return codes.contains(wanted.rows[row]) }
        return numbers[Int(wanted.rows[row])].map(codes.contains) ?? false
      }
    default: return nil
    }
  }

  /// - Parameter isFound: whether a row's value is among elements, of which there are some; `nil` for null.
  @inline(__always)
  private func truths(_ isFound: (_ row: Int, _ codes: UnsafeBufferPointer<UInt32>) -> Bool?) -> [Ternary] {
    (0..<count).map { row in
      guard let span = span(row) else { return .null }
      if span.isEmpty { return .false }
      let codes = UnsafeBufferPointer(start: codes + span.lowerBound, count: span.count)
      return isFound(row, codes).map { Ternary($0) } ?? .null
    }
  }

  /// The numbers that the strings of a dictionary have as elements, as far as rows have them.
  private func numbers(of codes: StringVector.Codes, in heap: StringHeap) -> [UInt32?] {
    var numbers: [UInt32?] = Array(repeating: nil, count: max(0, codes.offsets.count - 1))
    for code in Set(codes.rows) where code != StringVector.Codes.nullCode {
      numbers[Int(code)] = lists.number(of: .string(heap.string(of: codes.offsets.view(Int(code)))))
    }
    return numbers
  }

  /// `size(list)` for every row.
  var sizes: NullableArray<Int64> {
    var isAnyNull = false
    let sizes = (0..<count).map { row -> Int64 in
      guard let span = span(row) else {
        isAnyNull = true
        return 0
      }
      return Int64(span.count)
    }
    return NullableArray(sizes, isNull: isAnyNull ? (0..<count).map { span($0) == nil } : nil)
  }
}
