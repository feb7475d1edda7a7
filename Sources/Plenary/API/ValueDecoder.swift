/// Presents a row or a value to the initialiser of a `Decodable` type.
struct ValueDecoder: Decoder {
  /// What is decoded.
  enum Source {
    case row(Row)
    case value(Value)
  }

  let source: Source
  let graph: Graph
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let entries: NamedValues
    switch source {
    case .row(let row):
      // A single node, relationship or map is the thing to decode; a single scalar is a column by name.
      if row.columns.count == 1, let nested = NamedValues(row.value(0), in: graph), !Self.names(Key.self, in: row) {
        entries = nested
      } else {
        entries = .row(row)
      }
    case .value(let value):
      guard let nested = NamedValues(value, in: graph) else {
        throw mismatch([String: Value].self, found: value, "a Map, Node or Relationship")
      }
      entries = nested
    }
    return KeyedDecodingContainer(
      KeyedValueContainer<Key>(entries: entries, graph: graph, codingPath: codingPath))
  }

  /// Whether a key that can be told beforehand is the name of the row's column.
  ///
  /// The keys of a synthesised `CodingKeys` are an enum: it has a case of that name or none.
  private static func names<Key: CodingKey>(_ type: Key.Type, in row: Row) -> Bool {
    Key(stringValue: row.columns[0]) != nil
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch source {
    case .row(let row):
      if row.columns.count == 1, case .list(let values) = row.value(0) {
        return UnkeyedValueContainer(values: values, graph: graph, codingPath: codingPath)
      }
      return UnkeyedValueContainer(values: row.values, graph: graph, codingPath: codingPath)
    case .value(.list(let values)):
      return UnkeyedValueContainer(values: values, graph: graph, codingPath: codingPath)
    case .value(let value):
      throw mismatch([Value].self, found: value, "a List")
    }
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleValueContainer(value: try singleValue(), graph: graph, codingPath: codingPath)
  }

  private func singleValue() throws -> Value {
    switch source {
    case .value(let value): return value
    case .row(let row):
      guard row.columns.count == 1 else {
        throw DecodingError.typeMismatch(
          Value.self,
          .init(
            codingPath: codingPath, debugDescription: "found \(row.columns.count) columns, expected one for a scalar"))
      }
      return row.value(0)
    }
  }

  /// Decodes what the decoder stands for, asking the language's own types first.
  func decodeWhole<Target: Decodable>(_ type: Target.Type) throws -> Target {
    switch source {
    case .value(let value): return try decode(type, from: value, in: graph, at: codingPath)
    case .row(let row):
      if row.columns.count == 1, type is any ValueConvertible.Type {
        return try decode(type, from: row.value(0), in: graph, at: codingPath)
      }
      return try Target(from: self)
    }
  }

  private func mismatch(_ type: Any.Type, found value: Value, _ expected: String) -> DecodingError {
    decodingMismatch(type, ValueConversionError(found: value, expected: expected), codingPath)
  }
}

/// Decodes one value: through `ValueConvertible` where the type conforms, else through its own initialiser.
func decode<Target: Decodable>(
  _ type: Target.Type, from value: Value, in graph: Graph, at path: [any CodingKey]
) throws -> Target {
  if let convertible = type as? any ValueConvertible.Type {
    // The types of `Temporal` also take text, as they do from JSON.
    let isText = if case .string = value { true } else { false }
    if !isText || convertible is String.Type || !(type is any TemporalValue.Type) {
      if let target = try convert(convertible, value, in: graph, at: path) as? Target { return target }
    }
  }
  return try Target(from: ValueDecoder(source: .value(value), graph: graph, codingPath: path))
}

private func convert<Target: ValueConvertible>(
  _ type: Target.Type, _ value: Value, in graph: Graph, at path: [any CodingKey]
) throws -> Target {
  do throws(ValueConversionError) {
    return try Target(converting: value, in: graph)
  } catch {
    throw decodingMismatch(type, error, path)
  }
}

private func decodingMismatch(
  _ type: Any.Type, _ error: ValueConversionError, _ path: [any CodingKey]
) -> DecodingError {
  let context = DecodingError.Context(codingPath: path, debugDescription: error.description)
  return error.found == "null" ? .valueNotFound(type, context) : .typeMismatch(type, context)
}

/// Values by name: the columns of a row, the entries of a map, the properties of a node or relationship.
enum NamedValues {
  case row(Row)
  case map(MapValue)
  case node(Node)
  case relationship(Relationship)

  /// `nil` for a value that holds no names.
  init?(_ value: Value, in graph: Graph) {
    switch value {
    case .map(let entries): self = .map(entries)
    case .node(let id): self = .node(Node(id: id, graph: graph))
    case .relationship(let id): self = .relationship(Relationship(id: id, graph: graph))
    default: return nil
    }
  }

  var names: [String] {
    switch self {
    case .row(let row): row.columns
    case .map(let entries): entries.keys
    case .node(let node): node.properties.keys
    case .relationship(let relationship): relationship.properties.keys
    }
  }

  /// `nil` when there is nothing of that name; a property that is not there is null by openCypher's rules.
  func value(_ name: String) -> Value? {
    switch self {
    case .row(let row): return row.storage.position(of: name).map { row.value($0) }
    case .map(let entries): return entries[name]
    case .node(let node): return node[name].presentOrNil
    case .relationship(let relationship): return relationship[name].presentOrNil
    }
  }

  /// What holds the names, for messages.
  var noun: String {
    switch self {
    case .row: "column"
    case .map: "key"
    case .node, .relationship: "property"
    }
  }
}

extension Value {
  fileprivate var presentOrNil: Value? { isNull ? nil : self }
}

private struct KeyedValueContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let entries: NamedValues
  let graph: Graph
  let codingPath: [any CodingKey]

  var allKeys: [Key] { entries.names.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { entries.value(key.stringValue) != nil }

  private func value(_ key: Key) throws -> Value {
    guard let value = entries.value(key.stringValue) else {
      let names = entries.names
      throw DecodingError.keyNotFound(
        key,
        .init(
          codingPath: codingPath,
          debugDescription: "there is no \(entries.noun) \"\(key.stringValue)\", found "
            + (names.isEmpty ? "none" : names.quotedList)))
    }
    return value
  }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

  func decode<Target: Decodable>(_ type: Target.Type, forKey key: Key) throws -> Target {
    try Plenary.decode(type, from: value(key), in: graph, at: codingPath + [key])
  }

  private func decoder(_ key: Key) throws -> ValueDecoder {
    ValueDecoder(source: .value(try value(key)), graph: graph, codingPath: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try superDecoder(named: "super") }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

  private func superDecoder(named name: String) throws -> any Decoder {
    ValueDecoder(source: .value(entries.value(name) ?? .null), graph: graph, codingPath: codingPath)
  }
}

private struct UnkeyedValueContainer: UnkeyedDecodingContainer {
  let values: [Value]
  let graph: Graph
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(values: [Value], graph: Graph, codingPath: [any CodingKey]) {
    self.values = values
    self.graph = graph
    self.codingPath = codingPath
  }

  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex >= values.count }

  private var path: [any CodingKey] { codingPath + [IndexKey(index: currentIndex)] }

  private func next(_ type: Any.Type) throws -> Value {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        type, .init(codingPath: path, debugDescription: "found the end of the list, expected another element"))
    }
    return values[currentIndex]
  }

  mutating func decodeNil() throws -> Bool {
    guard try next(Never.self).isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Target: Decodable>(_ type: Target.Type) throws -> Target {
    let target = try Plenary.decode(type, from: next(type), in: graph, at: path)
    currentIndex += 1
    return target
  }

  private mutating func decoder() throws -> ValueDecoder {
    let decoder = ValueDecoder(source: .value(try next(Never.self)), graph: graph, codingPath: path)
    currentIndex += 1
    return decoder
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try decoder().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try decoder().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try decoder() }
}

private struct SingleValueContainer: SingleValueDecodingContainer {
  let value: Value
  let graph: Graph
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { value.isNull }

  func decode<Target: Decodable>(_ type: Target.Type) throws -> Target {
    try Plenary.decode(type, from: value, in: graph, at: codingPath)
  }
}

private struct IndexKey: CodingKey {
  let index: Int
  var intValue: Int? { index }
  var stringValue: String { "\(index)" }

  init(index: Int) { self.index = index }
  init?(intValue: Int) { index = intValue }
  init?(stringValue: String) { return nil }
}
