/// Writes a graph as JSON lines: an object for each node, then for each relationship, then for each index.
///
/// ```
/// {"type":"node","id":"0","labels":["State"],"properties":{"name":"Laos","since":{"$type":"date","value":"1997-07-23"}}}
/// {"type":"relationship","id":"0","label":"MEMBER_OF","start":{"id":"0"},"end":{"id":"1"},"properties":{}}
/// {"type":"index","name":"byName","label":"State","property":"name"}
/// ```
struct JSONLinesWriter {
  private let graph: Graph
  private var nextNode: UInt32 = 0
  private var nextRelationship: UInt32 = 0
  private var hasIndexes = false
  /// A value that could not be written.
  private(set) var failure: QueryError?

  init(_ graph: Graph) { self.graph = graph }

  /// Appends the next lines; `false` when there are none left, or one could not be written.
  mutating func write(_ bytes: inout [UInt8]) -> Bool {
    if nextNode < graph.nodeCapacity {
      let end = UInt32(min(Int(nextNode) + 1024, graph.nodeCapacity))
      for number in nextNode..<end where graph.contains(NodeID(number)) {
        guard writeNode(NodeID(number), &bytes) else { return false }
      }
      nextNode = end
      return true
    }
    if nextRelationship < graph.relationshipCapacity {
      let end = UInt32(min(Int(nextRelationship) + 1024, graph.relationshipCapacity))
      for number in nextRelationship..<end where graph.contains(RelationshipID(number)) {
        guard writeRelationship(RelationshipID(number), &bytes) else { return false }
      }
      nextRelationship = end
      return true
    }
    if !hasIndexes {
      hasIndexes = true
      for index in graph.indexes { writeIndex(index, &bytes) }
      return true
    }
    return false
  }

  private mutating func writeNode(_ node: NodeID, _ bytes: inout [UInt8]) -> Bool {
    bytes.append(contentsOf: #"{"type":"node","id":"\#(node.rawValue)","labels":["#.utf8)
    for (index, label) in graph.labels(of: node).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      QuotedText.append(json: graph.labelName(label), to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return writeProperties(graph.properties(of: node), &bytes)
  }

  private mutating func writeRelationship(_ relationship: RelationshipID, _ bytes: inout [UInt8]) -> Bool {
    bytes.append(contentsOf: #"{"type":"relationship","id":"\#(relationship.rawValue)","label":"#.utf8)
    QuotedText.append(json: graph.typeName(graph.type(of: relationship)), to: &bytes)
    let (source, target) = (graph.source(of: relationship).rawValue, graph.target(of: relationship).rawValue)
    bytes.append(contentsOf: #","start":{"id":"\#(source)"},"end":{"id":"\#(target)"}"#.utf8)
    return writeProperties(graph.properties(of: relationship), &bytes)
  }

  private mutating func writeProperties(
    _ properties: [(key: KeyToken, value: Value)], _ bytes: inout [UInt8]
  ) -> Bool {
    bytes.append(contentsOf: #","properties":{"#.utf8)
    for (index, property) in properties.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      QuotedText.append(json: graph.keyName(property.key), to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      guard JSONPropertyValue.append(property.value, to: &bytes) else {
        failure = QueryError(
          .invalidArgumentValue,
          "found \(property.value.valueType.phrase) in property `\(graph.keyName(property.key))`, expected a value "
            + "that JSON lines can hold")
        return false
      }
    }
    bytes.append(contentsOf: "}}\n".utf8)
    return true
  }

  private func writeIndex(_ index: IndexDescription, _ bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"type":"index","name":"#.utf8)
    QuotedText.append(json: index.name, to: &bytes)
    bytes.append(contentsOf: #","label":"#.utf8)
    QuotedText.append(json: index.label, to: &bytes)
    bytes.append(contentsOf: #","property":"#.utf8)
    QuotedText.append(json: index.key, to: &bytes)
    if let constraint = index.constraint {
      bytes.append(contentsOf: #","constraint":"#.utf8)
      QuotedText.append(json: constraint, to: &bytes)
    }
    bytes.append(contentsOf: "}\n".utf8)
  }
}
