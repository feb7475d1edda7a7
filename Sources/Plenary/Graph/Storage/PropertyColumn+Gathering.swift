extension PropertyColumn {
  /// The values of many ids; null where an id has none.
  func gather(_ ids: UnsafeBufferPointer<UInt32>) -> Vector {
    switch storage {
    case .int8(let numbers): return .integers(numbersOrNull(ids, WideningReader(start: numbers.start)))
    case .int16(let numbers): return .integers(numbersOrNull(ids, WideningReader(start: numbers.start)))
    case .int32(let numbers): return .integers(numbersOrNull(ids, WideningReader(start: numbers.start)))
    case .int64(let numbers): return .integers(numbersOrNull(ids, WideningReader(start: numbers.start)))
    case .floats(let numbers): return .floats(numbersOrNull(ids, PlainReader(start: numbers.start)))
    case .booleans(let truths): return .booleans(elements(ids, TruthReader(start: truths.start), absent: .null))
    case .strings(let heap, let offsets):
      let views = elements(ids, ViewReader(offsets: offsets.start), absent: .null)
      return .strings(StringVector(heap: heap, views: views))
    case .dictionary8(let codes, let heap, let offsets): return dictionary(ids, codes, heap, offsets)
    case .dictionary16(let codes, let heap, let offsets): return dictionary(ids, codes, heap, offsets)
    case .dictionary32(let codes, let heap, let offsets): return dictionary(ids, codes, heap, offsets)
    case .dates(let days): return .dates(numbersOrNull(ids, WideningReader(start: days.start)))
    case .values: return .values(ids.map(value(of:)))
    }
  }

  private func dictionary<Code: FixedWidthInteger>(
    _ ids: UnsafeBufferPointer<UInt32>, _ codes: FlatArray<Code>, _ heap: StringHeap, _ offsets: FlatArray<UInt32>
  ) -> Vector {
    let rows = elements(ids, CodeReader(start: codes.start), absent: StringVector.Codes.nullCode)
    return .strings(StringVector(heap: heap, codes: .init(rows: rows, offsets: offsets)))
  }

  /// Elements whose absence is a flag: none is made while all are there, the common case.
  private func numbersOrNull<Reader: RowReader>(
    _ ids: UnsafeBufferPointer<UInt32>, _ reader: Reader
  ) -> NullableArray<Reader.Element> where Reader.Element: Numeric & Sendable {
    if let run = rows.run(of: ids) { return NullableArray(PropertyColumn.run(run, reader)) }
    var isNull: [Bool]?
    let elements = gathered(ids, reader, absent: 0, isNull: &isNull)
    return NullableArray(elements, isNull: isNull)
  }

  /// Elements whose absence shows in themselves.
  private func elements<Reader: RowReader>(
    _ ids: UnsafeBufferPointer<UInt32>, _ reader: Reader, absent: Reader.Element
  ) -> [Reader.Element] {
    if let run = rows.run(of: ids) { return PropertyColumn.run(run, reader) }
    var isNull: [Bool]?
    return gathered(ids, reader, absent: absent, isNull: &isNull)
  }

  /// Neighbouring rows, as a scan asks for them: a copy.
  private static func run<Reader: RowReader>(_ rows: Range<Int>, _ reader: Reader) -> [Reader.Element] {
    // A literal is made without asking for the array's type, which costs more than all else about one value.
    if rows.count == 1 { return [reader[rows.lowerBound]] }
    return [Reader.Element](unsafeUninitializedCapacity: rows.count) { target, count in
      if let target = target.baseAddress { reader.copy(rows, to: target) }
      count = rows.count
    }
  }

  /// - Parameter isNull: for each id whether it has no value, where there is such an id.
  private func gathered<Reader: RowReader>(
    _ ids: UnsafeBufferPointer<UInt32>, _ reader: Reader, absent: Reader.Element, isNull: inout [Bool]?
  ) -> [Reader.Element] {
    guard rows.isDense else { return gatheredWithGaps(ids, reader, absent: absent, isNull: &isNull) }
    var misses = false
    defer { if misses { isNull = ids.map { row(of: $0) == nil } } }
    return [Reader.Element](unsafeUninitializedCapacity: ids.count) { target, count in
      let (first, rowCount) = (Int(rows.first), UInt(bitPattern: rows.rowCount))
      for index in 0..<ids.count {
        let row = Int(ids[index]) &- first
        let isPresent = UInt(bitPattern: row) < rowCount
        misses = misses || !isPresent
        target.initializeElement(at: index, to: isPresent ? reader[row] : absent)
      }
      count = ids.count
    }
  }

  private func gatheredWithGaps<Reader: RowReader>(
    _ ids: UnsafeBufferPointer<UInt32>, _ reader: Reader, absent: Reader.Element, isNull: inout [Bool]?
  ) -> [Reader.Element] {
    var misses = false
    var flags: [Bool] = []
    let elements = [Reader.Element](unsafeUninitializedCapacity: ids.count) { target, count in
      flags = [Bool](unsafeUninitializedCapacity: ids.count) { flags, flagCount in
        @inline(__always)
        func set(_ index: Int, _ element: Reader.Element, _ isPresent: Bool) {
          target.initializeElement(at: index, to: element)
          flags.initializeElement(at: index, to: !isPresent)
          misses = misses || !isPresent
        }
        let range = ids.run
        let isRun = range.map {
          rows.forEachRankedRow(of: $0) { index, row, isPresent in
            set(index, isPresent ? reader[row] : absent, isPresent)
          }
        }
        if isRun != true {
          for index in 0..<ids.count {
            let row = row(of: ids[index])
            set(index, row.map { reader[$0] } ?? absent, row != nil)
          }
        }
        flagCount = ids.count
      }
      count = ids.count
    }
    if misses { isNull = flags }
    return elements
  }
}

/// How the value of a row is read: a type for each form, because a closure that several loops share is called, not
/// inlined.
private protocol RowReader {
  associatedtype Element
  subscript(row: Int) -> Element { get }
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Element>)
}

extension RowReader {
  @inline(__always)
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Element>) {
    for index in 0..<rows.count { (target + index).initialize(to: self[rows.lowerBound &+ index]) }
  }
}

private struct PlainReader<Element>: RowReader {
  let start: UnsafeMutablePointer<Element>
  @inline(__always)
  subscript(row: Int) -> Element { start[row] }
  @inline(__always)
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Element>) {
    target.initialize(from: start + rows.lowerBound, count: rows.count)
  }
}

private struct WideningReader<Number: FixedWidthInteger>: RowReader {
  let start: UnsafeMutablePointer<Number>
  @inline(__always)
  subscript(row: Int) -> Int64 { Int64(truncatingIfNeeded: start[row]) }
}

private struct TruthReader: RowReader {
  let start: UnsafeMutablePointer<UInt8>
  @inline(__always)
  subscript(row: Int) -> Ternary { Ternary(start[row] != 0) }
}

private struct ViewReader: RowReader {
  let offsets: UnsafeMutablePointer<UInt32>
  @inline(__always)
  subscript(row: Int) -> StringVector.View {
    StringVector.View(offset: offsets[row], count: offsets[row &+ 1] &- offsets[row])
  }
}

private struct CodeReader<Code: FixedWidthInteger>: RowReader {
  let start: UnsafeMutablePointer<Code>
  @inline(__always)
  subscript(row: Int) -> UInt32 { UInt32(truncatingIfNeeded: start[row]) }
}
