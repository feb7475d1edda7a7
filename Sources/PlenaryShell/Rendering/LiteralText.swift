import Plenary
import PlenarySyntax

/// Values as a person reads them: the literals of the language, nodes and paths as patterns.
///
/// | value | text |
/// |---|---|
/// | string | as it is in a cell of its own, `'quoted'` inside lists, maps and patterns |
/// | list, map | `[1, 'a']`, `{key: 'value'}` |
/// | node | `(:State {name: 'Brunei'})` |
/// | relationship | `[:MEMBER_OF {since: 1995}]` |
/// | path | `(:State {…})-[:MEMBER_OF]->(:Body {…})` |
/// | temporal | ISO 8601 |
struct LiteralText {
  private let elements: GraphElements

  init(graph: Graph) { elements = GraphElements(graph) }

  /// The text of a value that stands by itself.
  func text(of value: Value) -> String {
    if case .string(let text) = value { return text }
    var result = ""
    write(value, to: &result)
    return result
  }

  /// Writes a value as it stands inside others.
  func write(_ value: Value, to result: inout String) {
    switch value {
    case .null: result += "null"
    case .boolean(let truth): result += truth ? "true" : "false"
    case .integer(let number): result += String(number)
    case .float(let number): result += Self.text(of: number)
    case .string(let text): result += QuotedText.literal(text)
    case .date(let date): result += String(describing: date)
    case .localTime(let time): result += String(describing: time)
    case .time(let time): result += String(describing: time)
    case .localDateTime(let dateTime): result += String(describing: dateTime)
    case .dateTime(let dateTime): result += String(describing: dateTime)
    case .duration(let duration): result += String(describing: duration)
    case .list(let values):
      result += "["
      for (index, element) in values.enumerated() {
        if index > 0 { result += ", " }
        write(element, to: &result)
      }
      result += "]"
    case .map(let entries): write(entries.lazy.map { ($0.key, $0.value) }, to: &result)
    case .node(let id): write(id, to: &result)
    case .relationship(let id): write(id, to: &result)
    case .path(let path): write(path, to: &result)
    }
  }

  private func write(_ entries: some Sequence<(key: String, value: Value)>, to result: inout String) {
    result += "{"
    var isFirst = true
    for (key, value) in entries {
      if !isFirst { result += ", " }
      isFirst = false
      result += NameText.of(key)
      result += ": "
      write(value, to: &result)
    }
    result += "}"
  }

  private func write(_ id: NodeID, to result: inout String) {
    result += "("
    for label in elements.labels(id) { result += ":" + NameText.of(label) }
    let properties = elements.properties(id)
    if !properties.isEmpty {
      if !result.hasSuffix("(") { result += " " }
      write(properties, to: &result)
    }
    result += ")"
  }

  private func write(_ id: RelationshipID, to result: inout String) {
    result += "[:" + NameText.of(elements.type(id))
    let properties = elements.properties(id)
    if !properties.isEmpty {
      result += " "
      write(properties, to: &result)
    }
    result += "]"
  }

  private func write(_ path: PathValue, to result: inout String) {
    for (index, node) in path.nodes.enumerated() {
      if index > 0 {
        let relationship = path.relationships[index - 1]
        let isForward = elements.start(relationship) == path.nodes[index - 1]
        result += isForward ? "-" : "<-"
        write(relationship, to: &result)
        result += isForward ? "->" : "-"
      }
      write(node, to: &result)
    }
  }

  /// The shortest text that reads back as the same float.
  static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return number.description
  }
}

extension String {
  /// The text with every such scalar written as something else.
  func replacingScalar(_ scalar: Unicode.Scalar, with replacement: String) -> String {
    guard unicodeScalars.contains(scalar) else { return self }
    var result = ""
    for each in unicodeScalars {
      if each == scalar { result += replacement } else { result.unicodeScalars.append(each) }
    }
    return result
  }
}
