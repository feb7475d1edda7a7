/// A type that a value of the language can be read as.
///
/// The common types conform: `Bool`, integers, `Double`, `String`, the types of `Temporal`, `Value`, `NodeID`,
/// `RelationshipID`, `PathValue`, and of these optionals, arrays and dictionaries. Conform your own with the one
/// initialiser:
///
/// ```swift
/// enum Standing: String, ValueConvertible {
///   case member, partner, observer
///
///   init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
///     let name = try String(converting: value, in: graph)
///     guard let standing = Standing(rawValue: name) else {
///       throw ValueConversionError(found: value, expected: "member, partner or observer")
///     }
///     self = standing
///   }
/// }
/// ```
public protocol ValueConvertible {
  /// Reads a value; throws if it is of another type, or does not fit.
  ///
  /// - Parameter graph: the graph that ids in the value belong to.
  init(converting value: Value, in graph: Graph) throws(ValueConversionError)
}

/// Why a value cannot be read as a type: what was found, what was expected, and where inside a list or map.
public struct ValueConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found, for example `the String "abc"`.
  public var found: String
  /// What was expected, for example `an Integer`.
  public var expected: String
  /// The way to the value inside the outermost one, from the outside: `[2]`, `["name"]`.
  public var path: [String] = []

  /// Makes an error for a value that was found.
  public init(found value: Value, expected: String) {
    found = value.shownInMessage
    self.expected = expected
  }

  init(found: String, expected: String) {
    self.found = found
    self.expected = expected
  }

  /// The same error for a value inside another.
  func inside(_ step: String) -> ValueConversionError {
    var copy = self
    copy.path.insert(step, at: 0)
    return copy
  }

  /// `found the String "abc" at [2], expected an Integer`.
  public var description: String {
    "found \(found)" + (path.isEmpty ? "" : " at \(path.joined())") + ", expected \(expected)"
  }
}

extension Value {
  /// The type and, where it is short, the value itself, for messages: `the Integer 5`, `a List`, `null`.
  var shownInMessage: String {
    switch self {
    case .null: "null"
    case .string(let text):
      text.utf8.count <= 40 ? "the String \"\(text)\"" : "the String \"\(text.prefix(30))...\""
    case .boolean, .integer, .float, .date, .localTime, .time, .localDateTime, .dateTime, .duration:
      "the \(valueType) \(text ?? "")"
    case .list, .map, .node, .relationship, .path: valueType.phrase
    }
  }
}

// MARK: - Conformances

extension Value: ValueConvertible {
  /// Takes any value as it is.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) { self = value }
}

extension Bool: ValueConvertible {
  /// Reads a Boolean.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .boolean(let truth) = value else { throw ValueConversionError(found: value, expected: "a Boolean") }
    self = truth
  }
}

extension String: ValueConvertible {
  /// Reads a String.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .string(let text) = value else { throw ValueConversionError(found: value, expected: "a String") }
    self = text
  }
}

extension Double: ValueConvertible {
  /// Reads a Float, or an Integer as the nearest float.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    switch value {
    case .float(let number): self = number
    case .integer(let number): self = Double(number)
    default: throw ValueConversionError(found: value, expected: "a Float")
    }
  }
}

extension Float: ValueConvertible {
  /// Reads a Float or an Integer as the nearest 32-bit float.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    self = Float(try Double(converting: value, in: graph))
  }
}

extension ValueConvertible where Self: FixedWidthInteger {
  /// Reads an Integer that fits.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .integer(let number) = value else { throw ValueConversionError(found: value, expected: "an Integer") }
    guard let fitting = Self(exactly: number) else {
      throw ValueConversionError(found: value, expected: "an Integer from \(Self.min) to \(Self.max)")
    }
    self = fitting
  }
}

extension Int: ValueConvertible {}
extension Int64: ValueConvertible {}
extension Int32: ValueConvertible {}
extension Int16: ValueConvertible {}
extension Int8: ValueConvertible {}
extension UInt: ValueConvertible {}
extension UInt64: ValueConvertible {}
extension UInt32: ValueConvertible {}
extension UInt16: ValueConvertible {}
extension UInt8: ValueConvertible {}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
  /// Reads null as `nil`, and anything else as the wrapped type.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    if case .null = value { self = nil } else { self = try Wrapped(converting: value, in: graph) }
  }
}

extension Array: ValueConvertible where Element: ValueConvertible {
  /// Reads a List, element by element.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .list(let values) = value else { throw ValueConversionError(found: value, expected: "a List") }
    self = []
    reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      do throws(ValueConversionError) {
        append(try Element(converting: value, in: graph))
      } catch {
        throw error.inside("[\(index)]")
      }
    }
  }
}

extension Dictionary: ValueConvertible where Key == String, Value: ValueConvertible {
  /// Reads a Map, value by value.
  ///
  /// Keys that Swift takes for the same `String`, though their code points differ, cannot stand side by side in a
  /// dictionary: an error.
  public init(converting value: Plenary.Value, in graph: Graph) throws(ValueConversionError) {
    guard case .map(let entries) = value else { throw ValueConversionError(found: value, expected: "a Map") }
    self = Dictionary(minimumCapacity: entries.count)
    for (key, value) in entries {
      do throws(ValueConversionError) {
        guard updateValue(try Value(converting: value, in: graph), forKey: key) == nil else {
          throw ValueConversionError(found: "key \"\(key)\" in two spellings", expected: "distinct keys")
        }
      } catch {
        throw error.inside("[\"\(key)\"]")
      }
    }
  }
}

extension NodeID: ValueConvertible {
  /// Reads a Node.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .node(let id) = value else { throw ValueConversionError(found: value, expected: "a Node") }
    self = id
  }
}

extension RelationshipID: ValueConvertible {
  /// Reads a Relationship.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .relationship(let id) = value else {
      throw ValueConversionError(found: value, expected: "a Relationship")
    }
    self = id
  }
}

extension PathValue: ValueConvertible {
  /// Reads a Path.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .path(let path) = value else { throw ValueConversionError(found: value, expected: "a Path") }
    self = path
  }
}

extension Node: ValueConvertible {
  /// Reads a Node, as a view of it in the result's graph.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    self.init(id: try NodeID(converting: value, in: graph), graph: graph)
  }
}

extension Relationship: ValueConvertible {
  /// Reads a Relationship, as a view of it in the result's graph.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    self.init(id: try RelationshipID(converting: value, in: graph), graph: graph)
  }
}
