import PlenarySyntax

extension Value: CustomStringConvertible {
  /// The value in the language's own notation: `'text'`, `1.0`, `[1, null]`, `{key: 'value'}`.
  ///
  /// Nodes and relationships are shown by id (`(#5)`, `[#7]`), for their content is in a graph:
  /// `Graph.description(of:)` shows that. Temporal values are their text in quotes.
  public var description: String {
    var printer = ValuePrinter(graph: nil)
    printer.print(self)
    return printer.text
  }
}

extension Graph {
  /// A value in the language's own notation, with the nodes and relationships of this graph written out:
  /// `(:State {code: 'SG'})`, `[:MEMBER_OF {since: 1967}]`, `<(:A)-[:T]->(:B)>`.
  public func description(of value: Value) -> String {
    var printer = ValuePrinter(graph: self)
    printer.print(value)
    return printer.text
  }
}

/// Writes values as text.
struct ValuePrinter {
  /// Where the content of nodes and relationships is; without it they are shown by id.
  let graph: Graph?
  private(set) var text = ""
  private var depth = 0

  /// Lists and maps nested deeper than this are cut short with `...`, so that no value exhausts the stack.
  static let nestingLimit = 200

  init(graph: Graph?) { self.graph = graph }

  mutating func print(_ value: Value) {
    switch value {
    case .null: text += "null"
    case .boolean(let truth): text += truth ? "true" : "false"
    case .integer(let number): text += String(number)
    case .float(let number): text += ValuePrinter.text(of: number)
    case .string(let string): printQuoted(string)
    case .date(let date): printQuoted(String(describing: date))
    case .localTime(let time): printQuoted(String(describing: time))
    case .time(let time): printQuoted(String(describing: time))
    case .localDateTime(let dateTime): printQuoted(String(describing: dateTime))
    case .dateTime(let dateTime): printQuoted(String(describing: dateTime))
    case .duration(let duration): printQuoted(String(describing: duration))
    case .list(let elements): printList(elements)
    case .map(let entries): printEntries(entries.map { ($0.key, $0.value) })
    case .node(let node): print(node)
    case .relationship(let relationship): print(relationship)
    case .path(let path): print(path)
    }
  }

  /// Floats always look like floats: `1.0`, `1.5`, `1e+20`, `NaN`, `Inf`, `-Inf`.
  static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "Inf" }
    return number.description
  }

  private mutating func printQuoted(_ string: String) { text += QuotedText.literal(string) }

  private mutating func printList(_ elements: [Value]) {
    guard enter() else { return }
    text += "["
    for (index, element) in elements.enumerated() {
      if index > 0 { text += ", " }
      print(element)
    }
    text += "]"
    depth -= 1
  }

  private mutating func printEntries(_ entries: [(key: String, value: Value)]) {
    guard enter() else { return }
    text += "{"
    for (index, entry) in entries.enumerated() {
      if index > 0 { text += ", " }
      text += NameText.of(entry.key)
      text += ": "
      print(entry.value)
    }
    text += "}"
    depth -= 1
  }

  private mutating func enter() -> Bool {
    guard depth < ValuePrinter.nestingLimit else {
      text += "..."
      return false
    }
    depth += 1
    return true
  }

  private mutating func print(_ node: NodeID) {
    guard let graph, graph.contains(node) else {
      text += "(#\(node.rawValue))"
      return
    }
    text += "("
    for label in graph.labels(of: node) {
      text += ":"
      text += NameText.of(graph.labelName(label))
    }
    let properties = graph.properties(of: node)
    if !properties.isEmpty {
      if text.utf8.last != UInt8(ascii: "(") { text += " " }
      printEntries(properties.map { (graph.keyName($0.key), $0.value) })
    }
    text += ")"
  }

  private mutating func print(_ relationship: RelationshipID) {
    guard let graph, relationship.rawValue < graph.relationshipCapacity else {
      text += "[#\(relationship.rawValue)]"
      return
    }
    text += "[:"
    text += NameText.of(graph.typeName(graph.type(of: relationship)))
    let properties = graph.properties(of: relationship)
    if !properties.isEmpty {
      text += " "
      printEntries(properties.map { (graph.keyName($0.key), $0.value) })
    }
    text += "]"
  }

  private mutating func print(_ path: PathValue) {
    text += "<"
    for (index, node) in path.nodes.enumerated() {
      if index > 0 {
        let relationship = path.relationships[index - 1]
        // Without a graph a relationship's direction is not known; it is shown as it was walked.
        let isForward = graph.map { $0.source(of: relationship) == path.nodes[index - 1] } ?? true
        text += isForward ? "-" : "<-"
        print(relationship)
        text += isForward ? "->" : "-"
      }
      print(node)
    }
    text += ">"
  }
}
