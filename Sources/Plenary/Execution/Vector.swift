/// One column of a batch: values of one type side by side, or of any type.
///
/// The typed cases are for speed only; `values` can hold everything they can, and every operation works on it.
enum Vector: Sendable {
  /// Node ids; `NodeID.noneRawValue` is null.
  case nodes([UInt32])
  /// Relationship ids; `RelationshipID.noneRawValue` is null.
  case relationships([UInt32])
  /// Integers.
  case integers(NullableArray<Int64>)
  /// Floats.
  case floats(NullableArray<Double>)
  /// Truth values of three-valued logic.
  case booleans([Ternary])
  /// Strings, as views into a heap of bytes or codes of a dictionary.
  case strings(StringVector)
  /// Dates, as days since 1970-01-01.
  case dates(NullableArray<Int64>)
  /// Few different values of any type, as numbers.
  case coded(CodedVector)
  /// Values of any type.
  case values([Value])
  /// One value, `count` times.
  case constant(Value, count: Int)
}

/// Numbers of which some may be null.
struct NullableArray<Element: Sendable>: Sendable {
  /// The numbers; where `isNull` is set the number means nothing.
  var elements: [Element]
  /// One flag for each element, or `nil` when none is null: the common path tests nothing.
  var isNull: [Bool]?

  init(_ elements: [Element], isNull: [Bool]? = nil) {
    self.elements = elements
    self.isNull = isNull
  }
}

/// A truth value of three-valued logic.
///
/// A struct around a byte instead of an enum, so that kernels can treat a vector of them as bytes.
struct Ternary: Hashable, Sendable {
  var rawValue: UInt8

  static let `false` = Ternary(rawValue: 0)
  static let `true` = Ternary(rawValue: 1)
  static let null = Ternary(rawValue: 2)

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ value: Bool) { rawValue = value ? 1 : 0 }
  init(_ value: Bool?) { rawValue = value.map { $0 ? 1 : 0 } ?? 2 }

  /// `nil` for null.
  var boolean: Bool? { rawValue == 2 ? nil : rawValue == 1 }
}

extension Vector {
  /// The number of rows.
  var count: Int {
    switch self {
    case .nodes(let ids), .relationships(let ids): ids.count
    case .integers(let numbers), .dates(let numbers): numbers.elements.count
    case .floats(let numbers): numbers.elements.count
    case .booleans(let truths): truths.count
    case .strings(let strings): strings.count
    case .coded(let coded): coded.rows.count
    case .values(let values): values.count
    case .constant(_, let count): count
    }
  }

  /// The value of one row, whatever the type.
  subscript(row: Int) -> Value {
    switch self {
    case .nodes(let ids): ids[row] == NodeID.noneRawValue ? .null : .node(NodeID(ids[row]))
    case .relationships(let ids):
      ids[row] == RelationshipID.noneRawValue ? .null : .relationship(RelationshipID(ids[row]))
    case .integers(let numbers): numbers.isNull?[row] == true ? .null : .integer(numbers.elements[row])
    case .floats(let numbers): numbers.isNull?[row] == true ? .null : .float(numbers.elements[row])
    case .booleans(let truths): truths[row].boolean.map(Value.boolean) ?? .null
    case .strings(let strings):
      strings[row].isNull ? .null : .string(strings.heap.string(of: strings[row]))
    case .dates(let days):
      days.isNull?[row] == true ? .null : .date(Temporal.Date(uncheckedDays: days.elements[row]))
    case .coded(let coded): coded.values[coded.rows[row]]
    case .values(let values): values[row]
    case .constant(let value, _): value
    }
  }

  /// The rows at the given positions, in that order. O(rows).
  func gathered(_ rows: [Int32]) -> Vector {
    switch self {
    case .nodes(let ids): .nodes(ids.gathered(rows))
    case .relationships(let ids): .relationships(ids.gathered(rows))
    case .integers(let numbers): .integers(numbers.gathered(rows))
    case .floats(let numbers): .floats(numbers.gathered(rows))
    case .booleans(let truths): .booleans(truths.gathered(rows))
    case .strings(let strings): .strings(strings.gathered(rows))
    case .dates(let days): .dates(days.gathered(rows))
    case .coded(let coded): .coded(CodedVector(coded.rows.gathered(rows), of: coded.values))
    case .values(let values): .values(values.gathered(rows))
    case .constant(let value, _): .constant(value, count: rows.count)
    }
  }

  /// Whether it is known without looking that no row is null.
  var hasNoNulls: Bool {
    switch self {
    case .integers(let numbers), .dates(let numbers): numbers.isNull == nil
    case .floats(let numbers): numbers.isNull == nil
    case .nodes(let ids), .relationships(let ids): !ids.hasNone
    case .constant(let value, _): !value.isNull
    default: false
    }
  }

  /// By row whether it is null. O(rows).
  var nulls: [Bool] {
    switch self {
    case .integers(let numbers), .dates(let numbers): numbers.isNull ?? Array(repeating: false, count: count)
    case .floats(let numbers): numbers.isNull ?? Array(repeating: false, count: count)
    case .booleans(let truths): truths.map { $0 == .null }
    case .nodes(let ids), .relationships(let ids): ids.map { $0 == NodeID.noneRawValue }
    case .strings(let strings): (0..<strings.count).map { strings[$0].isNull }
    case .coded(let coded): coded.rows.map { coded.values[$0].isNull }
    case .values(let values): values.map(\.isNull)
    case .constant(let value, let count): Array(repeating: value.isNull, count: count)
    }
  }

  /// Every row as a value. O(rows).
  var valueArray: [Value] {
    switch self {
    case .values(let values): values
    case .constant(let value, let count): Array(repeating: value, count: count)
    default: (0..<count).map { self[$0] }
    }
  }

  /// A vector of the narrowest type that holds all the values. O(rows).
  init(narrowing values: [Value]) {
    self = Vector.narrowed(values) ?? .values(values)
  }

  private static func narrowed(_ values: [Value]) -> Vector? {
    switch values.first(where: { !$0.isAbsent }) {
    case .node:
      array(values, null: NodeID.noneRawValue) { if case .node(let id) = $0 { id.rawValue } else { nil } }
        .map(Vector.nodes)
    case .relationship:
      array(values, null: RelationshipID.noneRawValue) {
        if case .relationship(let id) = $0 { id.rawValue } else { nil }
      }.map(Vector.relationships)
    case .integer: nullableArray(values) { if case .integer(let number) = $0 { number } else { nil } }.map(integers)
    case .float: nullableArray(values) { if case .float(let number) = $0 { number } else { nil } }.map(floats)
    case .boolean:
      array(values, null: Ternary.null) { if case .boolean(let truth) = $0 { Ternary(truth) } else { nil } }
        .map(booleans)
    case .date:
      nullableArray(values) { if case .date(let date) = $0 { date.daysSinceEpoch } else { nil } }.map(dates)
    default: nil
    }
  }

  /// What each value holds; `nil` if one is neither null nor of the type asked for.
  @inline(__always)
  private static func array<Element>(
    _ values: [Value], null: Element, _ unwrap: (Value) -> Element?
  ) -> [Element]? {
    var result: [Element] = []
    result.reserveCapacity(values.count)
    for value in values {
      if let element = unwrap(value) {
        result.append(element)
      } else if case .null = value {
        result.append(null)
      } else {
        return nil
      }
    }
    return result
  }

  @inline(__always)
  private static func nullableArray<Element: ExpressibleByZero>(
    _ values: [Value], _ unwrap: (Value) -> Element?
  ) -> NullableArray<Element>? {
    var result = NullableArray<Element>([])
    result.elements.reserveCapacity(values.count)
    for value in values {
      if let element = unwrap(value) {
        result.append(element)
      } else if case .null = value {
        result.appendNull()
      } else {
        return nil
      }
    }
    return result
  }
}

/// An element of a column with something to stand where there is none.
protocol ExpressibleByZero: Sendable {
  static var zero: Self { get }
}

extension Int64: ExpressibleByZero {}
extension Double: ExpressibleByZero {}
extension Bool: ExpressibleByZero {
  static var zero: Bool { false }
}

extension NullableArray where Element: ExpressibleByZero {
  @inline(__always)
  mutating func append(_ element: Element) {
    elements.append(element)
    isNull?.append(false)
  }

  @inline(__always)
  mutating func appendNull() {
    if isNull == nil { isNull = Array(repeating: false, count: elements.count) }
    elements.append(.zero)
    isNull?.append(true)
  }
}

extension NullableArray {
  mutating func append(contentsOf other: NullableArray) {
    if isNull == nil, other.isNull != nil { isNull = Array(repeating: false, count: elements.count) }
    if isNull != nil { isNull? += other.isNull ?? Array(repeating: false, count: other.elements.count) }
    elements += other.elements
  }

  /// The rows at the given positions.
  func gathered(_ rows: [Int32]) -> NullableArray {
    NullableArray(elements.gathered(rows), isNull: isNull?.gathered(rows))
  }
}

extension Array {
  /// The elements at the given positions. O(positions).
  func gathered(_ rows: [Int32]) -> [Element] {
    withUnsafeBufferPointer { source in
      [Element](unsafeUninitializedCapacity: rows.count) { target, count in
        for (index, row) in rows.enumerated() {
          target.initializeElement(at: index, to: source[Int(row)])
        }
        count = rows.count
      }
    }
  }
}

extension Array<UInt32> {
  /// Whether one of these ids is "none". Without an exit in the middle, the loop takes many at once.
  var hasNone: Bool {
    var found = false
    for id in self { found = found || id == NodeID.noneRawValue }
    return found
  }
}
