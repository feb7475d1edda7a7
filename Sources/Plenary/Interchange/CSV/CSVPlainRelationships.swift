/// How to read relationships whose cells are written as most are: no quotes, ends that are plain digits.
///
/// Such records are taken apart in one pass over their bytes, and the nodes of their ends are then found for many at once.
/// Anything else in a record, errors too, is left to the general way of reading, which starts again where the record
/// begins.
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
  let sources: NodeIdentifiers
  let targets: NodeIdentifiers
  /// The columns that are properties.
  let properties: [Int]

  /// `nil` when the ids of one end are not whole numbers.
  init?(_ table: CSVTable, source: CSVRelationshipFile.End, target: CSVRelationshipFile.End, keys: [KeyToken?]) {
    guard source.ids.areIntegers, target.ids.areIntegers else { return nil }
    (sources, targets) = (source.ids, target.ids)
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
    batch.read(limit: PlainBatch.limit)
    var keys = batch.keys()
    if keys.count < batch.count {
      // One ends at no node: only those before it are taken.
      batch = PlainBatch(plain, reader)
      batch.read(limit: keys.count)
      keys = batch.keys()
    }
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
    append(keys, types: types, properties: properties)
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
  /// The ids of their ends.
  private var sources: [Int64] = []
  private var targets: [Int64] = []
  /// The cells that are properties.
  private(set) var records: CSVReader.Records
  /// Runs of the same `:TYPE` cell: where the first of them is.
  private(set) var types: [(range: Range<Int>, count: Int)] = []

  var count: Int { sources.count }

  init(_ plain: CSVPlainRelationships, _ reader: CSVReader) {
    self.plain = plain
    bytes = reader.bytes
    delimiter = reader.format.delimiter
    quote = reader.format.quote
    position = reader.position
    records = CSVReader.Records(columnCount: plain.properties.count)
    sources.reserveCapacity(PlainBatch.limit)
    targets.reserveCapacity(PlainBatch.limit)
    records.cells.reserveCapacity(PlainBatch.limit * plain.properties.count)
  }

  /// Adds records up to the first that is not plain.
  mutating func read(limit: Int) {
    while count < limit, readRecord() {}
  }

  /// Both ends of each as nodes, up to the first that ends at none.
  func keys() -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: count) { keys, count in
      keys.initialize(repeating: 0)
      let sourceCount = plain.sources.nodes(of: sources) { keys[$0] = GatheredRelationships.key($1, 0) }
      let targetCount = plain.targets.nodes(of: targets) { keys[$0] |= GatheredRelationships.key(0, $1) }
      count = min(sourceCount, targetCount)
    }
  }

  /// Adds the next record; `false`, with nothing added, if it is not plain.
  @inline(__always)
  private mutating func readRecord() -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let end = bytes.count
    var at = position
    var (source, target) = (0 as Int64, 0 as Int64)
    var type = 0..<0
    let cellCount = records.cells.count
    let last = plain.steps.count - 1
    for column in 0...last {
      switch plain.steps[column] {
      case .source:
        guard let number = PlainBatch.number(base, &at, end) else { return undo(cellCount) }
        source = number
      case .target:
        guard let number = PlainBatch.number(base, &at, end) else { return undo(cellCount) }
        target = number
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
    sources.append(source)
    targets.append(target)
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
