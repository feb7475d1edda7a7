extension Vector {
  /// The bytes of the rows themselves, without what values refer to. O(1).
  var slotBytes: Int {
    switch self {
    case .nodes(let ids), .relationships(let ids): ids.count * 4
    case .integers(let numbers), .dates(let numbers): numbers.elements.count * (numbers.isNull == nil ? 8 : 9)
    case .floats(let numbers): numbers.elements.count * (numbers.isNull == nil ? 8 : 9)
    case .booleans(let truths): truths.count
    case .strings(let strings): strings.slotBytes
    case .coded(let coded): coded.rows.count * 4
    case .values(let values): values.count * MemoryLayout<Value>.stride
    case .constant: MemoryLayout<Value>.stride
    }
  }

  /// The bytes that the rows refer to: texts, lists and maps. O(1) for a vector of numbers or ids, O(rows) for others.
  ///
  /// - Parameter asValues: whether the rows are kept as values, which copy the text that views only point to.
  func heapBytes(_ buffers: inout SharedBuffers, asValues: Bool = false) -> Int {
    switch self {
    case .values(let values):
      return values.reduce(0) { $0 + $1.heapBytes(&buffers) }
    case .constant(let value, _): return value.heapBytes(&buffers)
    case .coded(let coded) where asValues:
      return coded.rows.reduce(0) { $0 + coded.values[$1].heapBytes(&buffers) }
    case .strings(let strings) where asValues:
      return strings.views.reduce(0) { $0 + ($1.isNull ? 0 : Value.textBytes(Int($1.count))) }
    default: return 0
    }
  }
}

extension Batch {
  /// The bytes of the rows themselves in all columns. O(columns).
  var slotBytes: Int { columns.reduce(0) { $0 + ($1?.slotBytes ?? 0) } }
}

extension Value {
  /// What an object costs beside its content: its header and what the allocator rounds up.
  fileprivate static let objectBytes = 48
  /// How many elements of a long list are looked at; the others are taken to be like them.
  private static let sampleCount = 64

  /// The bytes of a text outside its value; short texts are inside.
  static func textBytes(_ utf8Count: Int) -> Int { utf8Count <= 15 ? 0 : utf8Count + objectBytes }

  /// The bytes of a list's or text's own buffer, for what lives no longer than a batch. O(1).
  var transientBytes: Int {
    switch self {
    case .list(let elements): elements.count * MemoryLayout<Value>.stride
    case .string(let text): text.utf8.count
    default: 0
    }
  }

  /// The bytes that a value refers to, each large buffer counted once. O(1) for a list of simple values.
  ///
  /// Lists in lists are as deep as the language allows them to be, so recursion is safe.
  func heapBytes(_ buffers: inout SharedBuffers) -> Int {
    buffers.startValue()
    return bytesInside(&buffers)
  }

  private func bytesInside(_ buffers: inout SharedBuffers) -> Int {
    switch self {
    case .null, .boolean, .integer, .float, .date, .localTime, .time, .localDateTime, .node, .relationship: return 0
    case .string(let text): return Value.textBytes(text.utf8.count)
    case .dateTime, .duration: return 2 * Value.objectBytes
    case .list(let elements):
      let bytes = Value.objectBytes + elements.count * MemoryLayout<Value>.stride
      guard buffers.enterContainer() else { return bytes }
      guard elements.withUnsafeBytes({ buffers.insert($0.baseAddress, bytes: bytes) }) else { return 0 }
      return bytes + Value.bytesInside(elements, count: elements.count, &buffers)
    case .map(let entries):
      // A key, a value, and their place in the hash table.
      let bytes = 2 * Value.objectBytes + entries.count * (MemoryLayout<(String, Value)>.stride + 8)
      guard buffers.enterContainer() else { return bytes }
      return bytes + Value.bytesInside(entries.values, count: entries.count, &buffers)
    case .path(let path):
      return PathValue.byteCount(length: path.length)
    }
  }

  private static func bytesInside(
    _ elements: some RandomAccessCollection<Value>, count: Int, _ buffers: inout SharedBuffers
  ) -> Int {
    let step = max(1, count / sampleCount)
    var total = 0
    var sampled = 0
    for offset in stride(from: 0, to: count, by: step) {
      total += elements[elements.index(elements.startIndex, offsetBy: offset)].bytesInside(&buffers)
      sampled += 1
    }
    return sampled == 0 ? 0 : Int(Double(total) / Double(sampled) * Double(count))
  }
}

extension PathValue {
  /// The bytes that a path of a length takes.
  static func byteCount(length: Int) -> Int { 2 * Value.objectBytes + 8 * length + 4 }
}
