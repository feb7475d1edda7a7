import PlenarySyntax

/// The elements of one list for each row, which are made as they are asked for: no list is.
protocol ElementColumn {
  /// The number of rows.
  var count: Int { get }

  /// The places of the elements of a row's list, which are those of no other row's list; `nil` for null.
  func places(of row: Int) -> Range<Int>?

  /// The elements of some pieces of lists, one piece after the other.
  func elements(_ pieces: [ListPiece]) -> Vector

  /// The next elements from a place on, which moves on.
  func next(_ limit: Int, from cursor: inout ElementCursor) -> (rows: [Int32], pieces: [ListPiece])
}

/// Some elements of the list of one row, by their places.
typealias ListPiece = (row: Int, places: Range<Int>)

/// A row, and how many elements of its list come before.
struct ElementCursor {
  var row = 0
  var element = 0
}

extension ElementColumn {
  func next(_ limit: Int, from cursor: inout ElementCursor) -> (rows: [Int32], pieces: [ListPiece]) {
    var rows: [Int32] = []
    var pieces: [ListPiece] = []
    while cursor.row < count, rows.count < limit {
      if let places = places(of: cursor.row), places.count > cursor.element {
        let start = places.lowerBound + cursor.element
        let end = min(places.upperBound, start + limit - rows.count)
        pieces.append((cursor.row, start..<end))
        rows += repeatElement(Int32(cursor.row), count: end - start)
        cursor.element += end - start
        if end < places.upperBound { continue }
      }
      cursor = ElementCursor(row: cursor.row + 1)
    }
    return (rows, pieces)
  }
}

extension ExecutionContext {
  /// What an expression gives for some rows, if these are lists that need not be made: a property whose elements are
  /// numbered, calls of `range()` with integers and of `split()` at a fixed text. `nil` for anything else, errors among it.
  func elementColumn(_ list: BoundExpression, _ batch: Batch) throws -> (any ElementColumn)? {
    if let column = ListColumn(list, batch, self) { return column }
    guard case .call(let function, let arguments) = list.kind else { return nil }
    switch function.name {
    case "range": return IntegerRanges(try arguments.map { try evaluate($0, batch) })
    case "split":
      guard arguments.count == 2, case .constant(.string(let delimiter)) = arguments[1].kind, !delimiter.isEmpty,
        case .strings(let strings) = try evaluate(arguments[0], batch)
      else { return nil }
      return SplitTexts(strings, at: delimiter)
    default: return nil
    }
  }
}

/// The lists of `range()`.
private struct IntegerRanges: ElementColumn {
  private let starts: [Int64]
  /// Where the places of each row end.
  private let ends: [Int]
  private let isNull: [Bool]?
  private let step: Int64

  /// Longer lists are left to the function itself, which knows how long one may be.
  private static let mostElements = 1 << 20

  init?(_ arguments: [Vector]) {
    var step: Int64 = 1
    if arguments.count > 2 {
      guard case .constant(.integer(let number), _) = arguments[2], number != 0 else { return nil }
      step = number
    }
    guard arguments.count >= 2, let starts = arguments[0].wholeIntegers, let ends = arguments[1].wholeIntegers else {
      return nil
    }
    var total = 0
    var placeEnds: [Int] = []
    placeEnds.reserveCapacity(starts.elements.count)
    for (start, end) in zip(starts.elements, ends.elements) {
      if step > 0 ? start <= end : start >= end {
        // The distance of two 64-bit integers fits 64 bits without a sign.
        let distance = step > 0 ? UInt64(bitPattern: end &- start) : UInt64(bitPattern: start &- end)
        guard distance / step.magnitude < IntegerRanges.mostElements else { return nil }
        total += Int(distance / step.magnitude) + 1
      }
      placeEnds.append(total)
    }
    self.starts = starts.elements
    self.ends = placeEnds
    self.step = step
    switch (starts.isNull, ends.isNull) {
    case (nil, nil): isNull = nil
    case (let flags?, nil), (nil, let flags?): isNull = flags
    case (let some?, let others?): isNull = zip(some, others).map { $0 || $1 }
    }
  }

  var count: Int { ends.count }

  private func start(of row: Int) -> Int { row == 0 ? 0 : ends[row - 1] }

  func places(of row: Int) -> Range<Int>? { isNull?[row] ?? false ? nil : start(of: row)..<ends[row] }

  func elements(_ pieces: [ListPiece]) -> Vector {
    let size = pieces.reduce(0) { $0 + $1.places.count }
    return .integers(
      NullableArray(
        [Int64](unsafeUninitializedCapacity: size) { target, count in
          for (row, places) in pieces {
            let first = start(of: row)
            for place in places {
              target.initializeElement(at: count, to: starts[row] &+ Int64(place &- first) &* step)
              count &+= 1
            }
          }
        }))
  }
}

/// The lists of `split()`, of which no text is copied.
private struct SplitTexts: ElementColumn {
  private let heap: StringHeap
  private let parts: [StringVector.View]
  /// Where the parts of each row end, and for each row whether it is null.
  private let ends: [Int]
  private let isNull: [Bool]

  init(_ strings: StringVector, at delimiter: String) {
    heap = strings.heap
    isNull = strings.nullFlags
    (parts, ends) = TextColumns.parts(of: strings, at: delimiter)
  }

  var count: Int { ends.count }

  private func start(of row: Int) -> Int { row == 0 ? 0 : ends[row - 1] }

  func places(of row: Int) -> Range<Int>? { isNull[row] ? nil : start(of: row)..<ends[row] }

  func elements(_ pieces: [ListPiece]) -> Vector {
    var views: [StringVector.View] = []
    views.reserveCapacity(pieces.reduce(0) { $0 + $1.places.count })
    for piece in pieces { views += parts[piece.places] }
    return .strings(StringVector(heap: heap, views: views))
  }
}

extension Vector {
  /// The rows as integers; `nil` where some are neither that nor null.
  fileprivate var wholeIntegers: NullableArray<Int64>? {
    switch self {
    case .integers(let numbers): numbers
    case .constant(.integer(let number), let count): NullableArray(Array(repeating: number, count: count))
    default: nil
    }
  }
}
