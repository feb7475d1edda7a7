/// What one line of a graph in JSON says.
struct JSONLine: Sendable {
  enum Content: Sendable {
    case node(id: JSONIdentifier, labels: [String])
    case relationship(type: String, from: JSONIdentifier, to: JSONIdentifier)
    /// An index, and the name of the uniqueness constraint that it serves.
    case index(name: String, label: String, key: String, constraint: String?)
  }

  let content: Content
  let properties: [(key: String, value: Value)]
  /// Where the line begins in the file.
  let offset: Int

  /// Reads a line.
  ///
  /// - Throws: with the place, if it is no JSON or does not say what it should.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) throws(FileFailure) {
    self.offset = offset
    func failure(_ message: String) -> FileFailure { FileFailure(offset: offset, message: message) }
    let json: JSONValue
    do throws(JSONReader.Failure) {
      json = try JSONReader.read(bytes)
    } catch {
      throw FileFailure(offset: offset + error.offset, message: error.message)
    }
    guard case .object = json else {
      throw failure("found no object, expected one such as {\"type\":\"node\",\"id\":\"0\"}")
    }
    switch json["type"] {
    case .string("node")?:
      guard let id = JSONIdentifier(json["id"]) else {
        throw failure("found a node without an id, expected \"id\" with a string or an integer")
      }
      var labels: [String] = []
      switch json["labels"] {
      case nil, .null?: break
      case .array(let elements)?:
        for element in elements {
          guard case .string(let label) = element else {
            throw failure("found a label that is no string, expected \"labels\" with strings")
          }
          labels.append(label)
        }
      default: throw failure("found labels that are no array, expected \"labels\" with strings")
      }
      content = .node(id: id, labels: labels)
    case .string("relationship")?:
      guard case .string(let type)? = json["label"] else {
        throw failure("found a relationship without a type, expected \"label\" with a string")
      }
      guard let from = JSONIdentifier(json["start"]?["id"]), let to = JSONIdentifier(json["end"]?["id"]) else {
        throw failure(
          "found a relationship without both ends, expected \"start\" and \"end\" such as {\"id\":\"0\"}")
      }
      content = .relationship(type: type, from: from, to: to)
    case .string("index")?:
      guard case .string(let name)? = json["name"], case .string(let label)? = json["label"],
        case .string(let key)? = json["property"]
      else { throw failure("found an index without \"name\", \"label\" and \"property\", expected strings for them") }
      var constraint: String?
      if case .string(let name)? = json["constraint"] { constraint = name }
      content = .index(name: name, label: label, key: key, constraint: constraint)
    case .string(let type)?:
      throw failure("found type \"\(type)\", expected \"node\", \"relationship\" or \"index\"")
    default: throw failure("found no type, expected \"type\" with \"node\", \"relationship\" or \"index\"")
    }
    var properties: [(key: String, value: Value)] = []
    switch json["properties"] {
    case nil, .null?: break
    case .object(let members)?:
      for member in members {
        // The last of equal names counts.
        if let earlier = properties.firstIndex(where: { $0.key.hasSameCodePoints(as: member.name) }) {
          properties.remove(at: earlier)
        }
        do throws(JSONPropertyValue.Failure) {
          let value = try JSONPropertyValue.value(member.value)
          if !value.isAbsent { properties.append((member.name, value)) }
        } catch {
          throw failure("\(error.message), in property \"\(member.name)\"")
        }
      }
    default: throw failure("found properties that are no object, expected \"properties\" with one")
    }
    self.properties = properties
  }
}

/// The id of a node in JSON: `7` and `"7"` are the same.
enum JSONIdentifier: Hashable, Sendable {
  case number(Int64)
  case text([UInt8])

  init?(_ json: JSONValue?) {
    switch json {
    case .integer(let number)?: self = .number(number)
    case .string(let text)?:
      let bytes = Array(text.utf8)
      if let number = bytes.withUnsafeBufferPointer({ CSVNumbers.canonicalInteger($0) }) {
        self = .number(number)
      } else {
        self = .text(bytes)
      }
    default: return nil
    }
  }

  /// For messages.
  var text: String {
    switch self {
    case .number(let number): String(number)
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
