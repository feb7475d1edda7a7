import Testing

@testable import Plenary

/// What embedders see of a graph, and how values look as text.
@Suite struct GraphViewTests {
  /// Two states, one of which has met the other and itself.
  private func sample() throws -> (graph: Graph, nodes: [NodeID], relationships: [RelationshipID]) {
    var graph = Graph()
    let state = try graph.makeLabelToken("State")
    let member = try graph.makeLabelToken("Founding member")
    let met = try graph.makeTypeToken("MET")
    let name = try graph.makeKeyToken("name")
    let year = try graph.makeKeyToken("year of accession")
    let singapore = try graph.createNode(
      labels: [state, member], properties: [(name, .string("Singapore")), (year, .integer(1967))])
    let laos = try graph.createNode(labels: [state], properties: [(name, .string("Lao People's DR"))])
    let bare = try graph.createNode(labels: [], properties: [])
    let first = try graph.createRelationship(
      type: met, from: singapore, to: laos, properties: [(year, .float(2010))])
    let loop = try graph.createRelationship(type: met, from: singapore, to: singapore, properties: [])
    return (graph, [singapore, laos, bare], [first, loop])
  }

  @Test func nodesAndRelationshipsAreReadByName() throws {
    let (graph, nodes, relationships) = try sample()
    let singapore = try #require(graph.node(nodes[0]))
    #expect(singapore.labels == ["State", "Founding member"])
    #expect(singapore["name"] == .string("Singapore"))
    #expect(singapore["nothing"] == .null)
    #expect(singapore.properties.keys == ["name", "year of accession"])
    #expect(singapore.outgoing.map(\.id) == relationships)
    #expect(singapore.incoming.map(\.id) == [relationships[1]])
    let met = try #require(graph.relationship(relationships[0]))
    #expect(met.type == "MET")
    #expect(met.source.id == nodes[0])
    #expect(met.target["name"] == .string("Lao People's DR"))
    #expect(met["year of accession"] == .float(2010))
    #expect(graph.nodes(labelled: "State").map(\.id) == [nodes[0], nodes[1]])
    #expect(graph.nodes().count == 3)
    #expect(graph.nodes(labelled: "Sate").isEmpty)
    #expect(graph.node(NodeID(99)) == nil)
    #expect(graph.labels == ["Founding member", "State"])
    #expect(graph.relationshipTypes == ["MET"])
    #expect(graph.propertyKeys == ["name", "year of accession"])
  }

  @Test func namesOutOfUseAreNotListed() throws {
    var (graph, nodes, relationships) = try sample()
    for id in relationships { graph.deleteRelationship(id) }
    graph.deleteNode(nodes[0])
    #expect(graph.labels == ["State"])
    #expect(graph.relationshipTypes == [])
    #expect(graph.propertyKeys == ["name"])
  }

  @Test func graphsShowNodesRelationshipsAndPaths() throws {
    let (graph, nodes, relationships) = try sample()
    #expect(
      graph.description(of: .node(nodes[0]))
        == "(:State:`Founding member` {name: 'Singapore', `year of accession`: 1967})")
    #expect(graph.description(of: .node(nodes[1])) == "(:State {name: 'Lao People\\'s DR'})")
    #expect(graph.description(of: .node(nodes[2])) == "()")
    #expect(graph.description(of: .relationship(relationships[0])) == "[:MET {`year of accession`: 2010.0}]")
    let there = PathValue(nodes: [nodes[2]], relationships: [])
    #expect(graph.description(of: .path(there)) == "<()>")
    let back = PathValue(nodes: [nodes[1], nodes[0]], relationships: [relationships[0]])
    #expect(
      graph.description(of: .path(back))
        == "<(:State {name: 'Lao People\\'s DR'})<-[:MET {`year of accession`: 2010.0}]-"
        + "(:State:`Founding member` {name: 'Singapore', `year of accession`: 1967})>")
    #expect(graph.description(of: .node(NodeID(77))) == "(#77)")
  }

  @Test(arguments: [
    (Value.null, "null"),
    (.boolean(true), "true"),
    (.integer(.min), "-9223372036854775808"),
    (.float(1), "1.0"),
    (.float(-0.0), "-0.0"),
    (.float(0.1), "0.1"),
    (.float(1e20), "1e+20"),
    (.float(.nan), "NaN"),
    (.float(.infinity), "Inf"),
    (.float(-.infinity), "-Inf"),
    (.string("it's"), "'it\\'s'"),
    (.string("a\\b\n\t\u{7}"), "'a\\\\b\\n\\t\\u0007'"),
    (.string("新加坡 👋🏽"), "'新加坡 👋🏽'"),
    (.list([]), "[]"),
    (.list([.integer(1), .null, .list([.string("x")])]), "[1, null, ['x']]"),
    (.map(["a": .integer(1), "b c": .map([:]), "`": .null]), "{a: 1, `b c`: {}, ````: null}"),
    (.node(NodeID(5)), "(#5)"),
    (.relationship(RelationshipID(7)), "[#7]"),
    (
      .path(PathValue(nodes: [NodeID(1), NodeID(2)], relationships: [RelationshipID(3)])),
      "<(#1)-[#3]->(#2)>"
    ),
  ]) func valuesAreShownInTheLanguagesNotation(value: Value, text: String) {
    #expect(value.description == text)
  }

  @Test func deepValuesAreCutShort() {
    var value = Value.integer(1)
    for _ in 0..<1000 { value = .list([value]) }
    #expect(value.description == String(repeating: "[", count: 200) + "..." + String(repeating: "]", count: 200))
  }
}
