/// Writes a graph as a Cypher script that makes it anew.
///
/// Nodes are created in batches of the same labels, relationships in batches of the same type. For these to find their
/// ends, nodes get a label and a key for the time being, which the last statements take away:
///
/// ```
/// UNWIND [{key: 0, properties: {name: 'Laos'}}] AS row
/// CREATE (n:State:`imported node`) SET n = row.properties, n.`imported key` = row.key;
/// ```
struct CypherScriptWriter {
  /// Rows in a statement: enough that parsing it is the smaller part, few enough that an editor opens the file.
  private static let batchSize = 500

  private enum Step {
    case nodes([LabelToken], ArraySlice<UInt32>)
    case relationships(TypeToken, ArraySlice<UInt32>)
    case text([UInt8])
  }

  private let graph: Graph
  private let label: String
  private let key: String
  private var steps: [Step] = []
  private var nextStep = 0
  /// A value that could not be written.
  private(set) var failure: QueryError?

  init(_ graph: Graph) {
    self.graph = graph
    label = CypherScriptWriter.unused("imported node", among: graph.labels)
    // The name of the property and of the index on it.
    key = CypherScriptWriter.unused(
      "imported key", among: graph.propertyKeys + graph.indexes.map(\.name) + graph.constraints.map(\.name))
    steps = makeSteps()
  }

  private static func unused(_ name: String, among names: [String]) -> String {
    var name = name
    while names.contains(where: { $0.hasSameCodePoints(as: name) }) { name += "_" }
    return name
  }

  private func makeSteps() -> [Step] {
    var nodes: [[LabelToken]: [UInt32]] = [:]
    var labelOrder: [[LabelToken]] = []
    var scan = Graph.NodeScan(graph, label: nil)
    while let batch = scan.next(2048) {
      for node in batch {
        let labels = graph.labels(of: NodeID(node))
        if nodes[labels] == nil { labelOrder.append(labels) }
        nodes[labels, default: []].append(node)
      }
    }
    var relationships: [TypeToken: [UInt32]] = [:]
    var typeOrder: [TypeToken] = []
    for number in 0..<UInt32(graph.relationshipCapacity) where graph.contains(RelationshipID(number)) {
      let type = graph.type(of: RelationshipID(number))
      if relationships[type] == nil { typeOrder.append(type) }
      relationships[type, default: []].append(number)
    }
    var steps: [Step] = []
    for labels in labelOrder {
      for batch in CypherScriptWriter.batches(nodes[labels] ?? []) { steps.append(.nodes(labels, batch)) }
    }
    let (label, key) = (quoted(label), quoted(key))
    if !typeOrder.isEmpty {
      steps.append(.text(Array("CREATE INDEX \(key) FOR (n:\(label)) ON (n.\(key));\n".utf8)))
    }
    for type in typeOrder {
      for batch in CypherScriptWriter.batches(relationships[type] ?? []) { steps.append(.relationships(type, batch)) }
    }
    if !typeOrder.isEmpty {
      steps.append(.text(Array("DROP INDEX \(key);\n".utf8)))
    }
    if !labelOrder.isEmpty {
      steps.append(.text(Array("MATCH (n:\(label)) REMOVE n:\(label), n.\(key);\n".utf8)))
    }
    return steps + graph.indexes.map { .text(CypherScriptWriter.statements(for: $0)) }
  }

  /// The statements that make an index and the constraint that it serves.
  static func statements(for index: IndexDescription) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ what: String, _ name: String, _ condition: String, _ end: String) {
      bytes.append(contentsOf: "CREATE \(what) ".utf8)
      CypherLiteral.append(name: name, to: &bytes)
      bytes.append(contentsOf: " FOR (n:".utf8)
      CypherLiteral.append(name: index.label, to: &bytes)
      bytes.append(contentsOf: condition.utf8)
      CypherLiteral.append(name: index.key, to: &bytes)
      bytes.append(contentsOf: end.utf8)
    }
    // A constraint makes an index of its own name.
    if !(index.constraint.map { $0.hasSameCodePoints(as: index.name) } ?? false) {
      append("INDEX", index.name, ") ON (n.", ");\n")
    }
    if let constraint = index.constraint { append("CONSTRAINT", constraint, ") REQUIRE n.", " IS UNIQUE;\n") }
    return bytes
  }

  private static func batches(_ elements: [UInt32]) -> [ArraySlice<UInt32>] {
    stride(from: 0, to: elements.count, by: batchSize).map { elements[$0..<min($0 + batchSize, elements.count)] }
  }

  private func quoted(_ name: String) -> String {
    var bytes: [UInt8] = []
    CypherLiteral.append(name: name, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the next statement; `false` when there is none left, or one could not be written.
  mutating func write(_ bytes: inout [UInt8]) -> Bool {
    guard nextStep < steps.count else { return false }
    let step = steps[nextStep]
    nextStep += 1
    switch step {
    case .nodes(let labels, let batch): writeNodes(labels, batch, &bytes)
    case .relationships(let type, let batch): writeRelationships(type, batch, &bytes)
    case .text(let text): bytes.append(contentsOf: text)
    }
    return failure == nil
  }

  private mutating func writeNodes(
    _ labels: [LabelToken], _ batch: ArraySlice<UInt32>, _ bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: "UNWIND [\n".utf8)
    for (index, node) in batch.enumerated() {
      bytes.append(contentsOf: "  {key: \(node), properties: ".utf8)
      writeMap(graph.properties(of: NodeID(node)), &bytes)
      bytes.append(contentsOf: (index + 1 < batch.count ? "},\n" : "}\n").utf8)
    }
    bytes.append(contentsOf: "] AS row\nCREATE (n".utf8)
    for label in labels {
      bytes.append(UInt8(ascii: ":"))
      CypherLiteral.append(name: graph.labelName(label), to: &bytes)
    }
    bytes.append(
      contentsOf: ":\(quoted(label))) SET n = row.properties, n.\(quoted(key)) = row.key;\n".utf8)
  }

  private mutating func writeRelationships(
    _ type: TypeToken, _ batch: ArraySlice<UInt32>, _ bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: "UNWIND [\n".utf8)
    for (index, number) in batch.enumerated() {
      let relationship = RelationshipID(number)
      let (source, target) = (graph.source(of: relationship).rawValue, graph.target(of: relationship).rawValue)
      bytes.append(contentsOf: "  {start: \(source), end: \(target), properties: ".utf8)
      writeMap(graph.properties(of: relationship), &bytes)
      bytes.append(contentsOf: (index + 1 < batch.count ? "},\n" : "}\n").utf8)
    }
    let (label, key) = (quoted(label), quoted(key))
    bytes.append(
      contentsOf: "] AS row\nMATCH (a:\(label) {\(key): row.start}), (b:\(label) {\(key): row.end})\nCREATE (a)-[r:"
        .utf8)
    CypherLiteral.append(name: graph.typeName(type), to: &bytes)
    bytes.append(contentsOf: "]->(b) SET r = row.properties;\n".utf8)
  }

  private mutating func writeMap(_ properties: [(key: KeyToken, value: Value)], _ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, property) in properties.enumerated() {
      if index > 0 { bytes.append(contentsOf: ", ".utf8) }
      CypherLiteral.append(name: graph.keyName(property.key), to: &bytes)
      bytes.append(contentsOf: ": ".utf8)
      if !CypherLiteral.append(property.value, to: &bytes), failure == nil {
        failure = QueryError(
          .invalidArgumentValue,
          "found \(property.value.valueType.phrase) in property `\(graph.keyName(property.key))`, expected a value "
            + "that a query can write")
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
