import TestResources
import Testing

@testable import Plenary

@Suite("CSV graph writer")
struct CSVGraphWriterTests {
  /// A graph without the numbers of its elements: each node as its labels and properties, each relationship with its ends.
  private struct Content: Equatable {
    var nodes: [String: Int] = [:]
    var relationships: [String: Int] = [:]

    /// Node texts must tell nodes apart as far as relationships need it.
    init(_ graph: Graph) {
      func text(_ properties: some Sequence<(key: String, value: Value)>) -> String {
        properties.map { "\($0.key): \($0.value.valueType) \($0.value)" }.sorted().joined(separator: ", ")
      }
      var texts: [NodeID: String] = [:]
      for node in graph.nodes() {
        let text =
          node.labels.sorted().joined(separator: ":") + " {" + text(node.properties.map { ($0.key, $0.value) }) + "}"
        texts[node.id] = text
        nodes[text, default: 0] += 1
      }
      for relationship in graph.nodes().flatMap(\.outgoing) {
        let ends = (texts[relationship.source.id] ?? "", texts[relationship.target.id] ?? "")
        let properties = text(relationship.properties.map { ($0.key, $0.value) })
        relationships["\(ends.0) -[\(relationship.type) {\(properties)}]-> \(ends.1)", default: 0] += 1
      }
    }
  }

  private func readBack(_ graph: Graph, format: CSVFormat = CSVFormat()) throws -> Graph {
    let files = try CSVGraphWriter(graph, format: format).files().map { GraphFile(name: $0.name, bytes: $0.bytes) }
    let copy = try CSVGraphReader(files: files, format: format).read()
    #expect(copy.checkInvariants() == [])
    return copy
  }

  @Test("the built-in graph comes back as it was")
  func accsm() throws {
    let graph = try Graph.accsm()
    let copy = try readBack(graph)
    #expect(copy.nodeCount == graph.nodeCount)
    #expect(Content(copy) == Content(graph))
  }

  @Test("every kind of value comes back as it was, next to every other")
  func values() throws {
    let values = try ValueSamples.all()
    var builder = GraphBuilder()
    let (label, type) = (try builder.makeLabelToken("L"), try builder.makeTypeToken("R"))
    let (number, value) = (try builder.makeKeyToken("number"), try builder.makeKeyToken("value"))
    for (index, content) in values.enumerated() {
      let node = try builder.addNode(labels: [label], properties: [(number, .integer(Int64(index))), (value, content)])
      try builder.addRelationship(type: type, from: node, to: node, properties: [(value, content)])
    }
    let graph = try builder.build()
    let copy = try readBack(graph)
    #expect(Content(copy) == Content(graph))
    for node in copy.nodes() {
      guard case .integer(let index) = node["number"] else { continue }
      #expect(node["value"] == values[Int(index)])
      #expect(node["value"].valueType == values[Int(index)].valueType)
      #expect(node.outgoing.map { $0["value"] } == [values[Int(index)]])
    }
  }

  @Test("names of every kind come back as they were")
  func names() throws {
    let names = [
      "a b", "a:b", "x(y)", "x{y}", "日本", "a,b", "\"q\"", "ID", ":", "a/b", "A/B", "..", "a\nb", "id:ID(x)", "any[]",
    ]
    var builder = GraphBuilder()
    var before: NodeID?
    for name in names {
      let node = try builder.addNode(
        labels: [builder.makeLabelToken(name)], properties: [(builder.makeKeyToken(name), 1)])
      try builder.addRelationship(
        type: builder.makeTypeToken(name), from: before ?? node, to: node,
        properties: [(builder.makeKeyToken(name), "x")])
      before = node
    }
    try builder.addNode(labels: [])
    let graph = try builder.build()
    let files = try CSVGraphWriter(graph).files().map(\.name)
    #expect(Set(files.map { $0.lowercased() }).count == files.count)
    #expect(files.allSatisfy { !$0.contains("/") && !$0.hasPrefix(".") })
    #expect(try Content(readBack(graph)) == Content(graph))
  }

  @Test("headers say the types, and one file holds one combination of labels")
  func files() throws {
    var builder = GraphBuilder()
    let (a, b) = (try builder.makeLabelToken("A"), try builder.makeLabelToken("B"))
    let (x, y) = (try builder.makeKeyToken("x"), try builder.makeKeyToken("y"))
    let first = try builder.addNode(labels: [a], properties: [(x, 1)])
    let second = try builder.addNode(labels: [a], properties: [(x, "one"), (y, ["p", "q"])])
    try builder.addNode(labels: [a, b], properties: [(y, [])])
    try builder.addNode(labels: [a], properties: [(x, 2)])
    try builder.addRelationship(type: builder.makeTypeToken("R"), from: first, to: second, properties: [(x, 0.5)])
    let files = try CSVGraphWriter(builder.build()).files()
    #expect(
      files.map { "\($0.name)\n\(String(decoding: $0.bytes, as: UTF8.self))" } == [
        "nodes_A.csv\n:ID,:LABEL,x:long\n0,A,1\n3,A,2\n",
        "nodes_A_2.csv\n:ID,:LABEL,x:string,y:string[]\n1,A,one,p;q\n",
        "nodes_A_B.csv\n:ID,:LABEL,y:string[]\n2,A;B,\"\"\n",
        "rels_R.csv\n:START_ID,:END_ID,:TYPE,x:double\n0,1,R,0.5\n",
      ])
  }

  @Test("a graph after deletions and changes, and the empty one")
  func changed() throws {
    var graph = try Graph.accsm()
    let key = try graph.makeKeyToken("name")
    for node in graph.nodes(labelled: "Conflict") {
      for relationship in node.outgoing + node.incoming { graph.deleteRelationship(relationship.id) }
      graph.deleteNode(node.id)
    }
    for node in graph.nodes(labelled: "State") {
      graph.setProperty(key, .integer(Int64(node.id.rawValue)), of: node.id)
    }
    #expect(try Content(readBack(graph)) == Content(graph))
    #expect(try readBack(Graph()).nodeCount == 0)
  }

  @Test("other marks")
  func marks() throws {
    var format = CSVFormat()
    format.delimiter = UInt8(ascii: "\t")
    format.listDelimiter = UInt8(ascii: "|")
    let graph = try Graph.accsm()
    #expect(try Content(readBack(graph, format: format)) == Content(graph))
  }

  @Test("to a directory, but not among other files")
  func directory() throws {
    let temporary = try TemporaryDirectory()
    let directory = temporary.path("graph")
    let graph = try Graph.accsm()
    let names = try CSVGraphWriter(graph).write(toDirectory: directory)
    #expect(names.contains("nodes_State_Member.csv"))
    let copy = try CSVGraphReader(directory: directory).read()
    #expect(Content(copy) == Content(graph))
    #expect(
      throws: QueryError(
        .fileUnreadable,
        "found \"\(names.sorted()[0])\" in the directory \"\(directory)\", expected a directory without .csv files")
    ) { try CSVGraphWriter(graph).write(toDirectory: directory) }
  }

  @Test("names that no file can hold are refused")
  func refusedNames() throws {
    var builder = GraphBuilder()
    try builder.addNode(labels: [builder.makeLabelToken("a;b")])
    let graph = try builder.build()
    #expect(throws: QueryError.self) { try CSVGraphWriter(graph).files() }
    var format = CSVFormat()
    format.listDelimiter = UInt8(ascii: "|")
    #expect(try Content(readBack(graph, format: format)) == Content(graph))
  }
}
