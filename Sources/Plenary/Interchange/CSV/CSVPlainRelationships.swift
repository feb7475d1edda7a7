/// How to read relationships whose cells are written as most are: no quotes, ends that are plain digits.
///
/// Such records are taken apart and looked up in one pass over their bytes. Anything else in a record, errors too, is left
/// to the general way of reading, which starts again where the record begins.
struct CSVPlainRelationships: Sendable {
  enum Step: Sendable {
    case source
    case target
    case type
    case property
    case ignored
  }

  /// What each column holds.
  let steps: [Step]
  let sources: DenseIdentifiers
  let targets: DenseIdentifiers
  /// The columns that are properties.
  let properties: [Int]

  /// `nil` when the ids of one end are not whole numbers that lie close together.
  init?(_ table: CSVTable, source: CSVRelationshipFile.End, target: CSVRelationshipFile.End, keys: [KeyToken?]) {
    guard let sources = source.ids.dense, let targets = target.ids.dense else { return nil }
    self.sources = sources
    self.targets = targets
    var steps: [Step] = []
    for (index, column) in table.columns.enumerated() {
      switch column.role {
      case .start: steps.append(.source)
      case .end: steps.append(.target)
      case .type: steps.append(.type)
      default: steps.append(keys[index] == nil ? .ignored : .property)
      }
    }
    self.steps = steps
    properties = steps.indices.filter { if case .property = steps[$0] { true } else { false } }
  }
}

extension CSVRelationshipChunk {
  /// Adds records that are written plainly, up to the first that is not; `false` when there is nothing more to do in
  /// this way for now.
  mutating func appendPlain(_ reader: inout CSVReader) -> Bool {
    guard let plain = file.plain, !reader.hasInvalidText, reader.position < reader.bytes.count else { return false }
    var batch = PlainBatch(plain, reader)
    while batch.count < PlainBatch.limit, batch.readRecord() {}
    guard batch.count > 0 else { return false }
    var properties: [GraphBuilder.Column?]?
    if file.hasProperties {
      let records = batch.records
      var columns = [GraphBuilder.Column?](repeating: nil, count: plain.steps.count)
      for (place, index) in plain.properties.enumerated() {
        // What is wrong with a cell is told by the general way.
        guard let column = try? reader.properties(place, of: records, file.table.columns[index]) else { return false }
        columns[index] = column
      }
      properties = columns
    }
    let types = batch.types.map { (cell: UnsafeBufferPointer(rebasing: reader.bytes[$0.range]), count: $0.count) }
    append(batch.keys, types: types, properties: properties)
    reader.position = batch.position
    return batch.count == PlainBatch.limit
  }
}

/// Some records on their way.
private struct PlainBatch {
  static let limit = 2048

  private let plain: CSVPlainRelationships
  private let bytes: UnsafeBufferPointer<UInt8>
  private let delimiter: UInt8
  private let quote: UInt8
  /// Where the next record begins.
  private(set) var position: Int
  private(set) var keys: [UInt64] = []
  /// The cells that are properties.
  private(set) var records: CSVReader.Records
  /// Runs of the same `:TYPE` cell: where the first of them is.
  private(set) var types: [(range: Range<Int>, count: Int)] = []

  var count: Int { keys.count }

  init(_ plain: CSVPlainRelationships, _ reader: CSVReader) {
    self.plain = plain
    bytes = reader.bytes
    delimiter = reader.format.delimiter
    quote = reader.format.quote
    position = reader.position
    records = CSVReader.Records(columnCount: plain.properties.count)
    keys.reserveCapacity(PlainBatch.limit)
    records.cells.reserveCapacity(PlainBatch.limit * plain.properties.count)
  }

  /// Adds the next record; `false`, with nothing added, if it is not plain.
  @inline(__always)
  mutating func readRecord() -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let end = bytes.count
    var at = position
    var (source, target) = (NodeID.noneRawValue, NodeID.noneRawValue)
    var type = 0..<0
    let cellCount = records.cells.count
    let last = plain.steps.count - 1
    for column in 0...last {
      switch plain.steps[column] {
      case .source:
        guard let number = PlainBatch.number(base, &at, end) else { return undo(cellCount) }
        source = plain.sources.node(number)
      case .target:
        guard let number = PlainBatch.number(base, &at, end) else { return undo(cellCount) }
        target = plain.targets.node(number)
      case .type:
        let start = at
        guard skipCell(base, &at, end), at > start else { return undo(cellCount) }
        type = start..<at
      case .property:
        let start = at
        guard skipCell(base, &at, end), let size = Int32(exactly: at - start) else { return undo(cellCount) }
        records.cells.append(CSVReader.Cell(offset: start, count: size, form: .plain))
      case .ignored:
        guard skipCell(base, &at, end) else { return undo(cellCount) }
      }
      if column < last {
        guard at < end, base[at] == delimiter else { return undo(cellCount) }
        at &+= 1
      } else if at < end {
        if base[at] == UInt8(ascii: "\r") { at &+= 1 }
        guard at < end, base[at] == UInt8(ascii: "\n") else { return undo(cellCount) }
        at &+= 1
      }
    }
    guard source != NodeID.noneRawValue, target != NodeID.noneRawValue else { return undo(cellCount) }
    keys.append(RelationshipSegment.key(source, target))
    records.count &+= 1
    note(type)
    position = at
    return true
  }

  /// Up to 18 digits, which cannot overflow.
  @inline(__always)
  private static func number(_ base: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int64? {
    let start = at
    var number: Int64 = 0
    while at < end {
      let digit = base[at] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      number = number &* 10 &+ Int64(digit)
      at &+= 1
    }
    return at > start && at &- start <= 18 ? number : nil
  }

  /// Passes a cell; `false` if it holds a quote.
  @inline(__always)
  private func skipCell(_ base: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Bool {
    while at < end {
      let byte = base[at]
      if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return true }
      if byte == quote { return false }
      at &+= 1
    }
    return true
  }

  private mutating func undo(_ cellCount: Int) -> Bool {
    records.cells.removeLast(records.cells.count - cellCount)
    return false
  }

  @inline(__always)
  private mutating func note(_ type: Range<Int>) {
    guard !type.isEmpty else { return }
    if let last = types.last,
      UTF8Bytes.areEqual(UnsafeBufferPointer(rebasing: bytes[last.range]), UnsafeBufferPointer(rebasing: bytes[type]))
    {
      types[types.count &- 1].count &+= 1
    } else {
      types.append((type, 1))
    }
  }
}
