import Foundation
import TestResources
import Testing

@testable import Plenary

@Suite("Exports")
struct ExportTests {
  private let temporary: TemporaryDirectory

  init() throws { temporary = try TemporaryDirectory() }

  private var directory: String { temporary.path }

  private func text(_ name: String) throws -> String { try temporary.read(name) }

  private func file(_ name: String, _ text: String) throws -> String { try temporary.file(name, text) }

  private func failure<Result>(_ body: () throws(QueryError) -> Result) -> String {
    do throws(QueryError) {
      _ = try body()
      return "nothing"
    } catch { return error.message.replacingOccurrences(of: directory, with: "DIR") }
  }

  @Test("a graph that is exported and imported again is equal", arguments: 0..<12, GraphExport.Format.allCases)
  func roundTrip(seed: Int, format: GraphExport.Format) throws {
    var graph = try Graph.random(seed: seed, nodeLimit: 40)
    // Something that tells nodes apart, so that the ends of relationships are compared.
    let number = try graph.makeKeyToken("number")
    for node in graph.nodes() { graph.setProperty(number, .integer(Int64(node.id.rawValue)), of: node.id) }
    if seed % 3 == 0 { try graph.createConstraint(name: "c", label: graph.makeLabelToken("A"), key: number) }
    if seed % 4 == 0 {
      try graph.createIndex(name: "i", label: graph.makeLabelToken("B b"), key: number)
      try graph.createConstraint(name: "odd c", label: graph.makeLabelToken("B b"), key: number)
    }
    let path = "\(directory)/\(UUID())"
    try GraphExport(graph, as: format).write(toDirectory: path)
    let copy = try GraphImport([path]).read().graph
    #expect(copy.checkInvariants() == [])
    #expect(GraphText.content(copy) == GraphText.content(graph))
    #expect(try GraphText.content(Database.open(path).snapshot) == GraphText.content(graph))
  }

  @Test("the built-in graph", arguments: GraphExport.Format.allCases)
  func accsm(format: GraphExport.Format) throws {
    let graph = try Graph.accsm()
    let path = "\(directory)/accsm"
    try GraphExport(graph, as: format).write(toDirectory: path)
    #expect(try GraphText.content(GraphImport([path]).read().graph) == GraphText.content(graph))
  }

  private func small() throws -> Graph {
    var graph = Graph()
    try graph.execute(
      """
      CREATE (a:State:Member {name: 'Laos', since: date('1997-07-23'), share: toFloat('NaN')}),
        (b:Body {`full name`: 'ACCSM', tags: ['x', "it's"]}), (a)-[:MEMBER_OF {year: 1997}]->(b), (b)-[:`REPORTS TO`]->(b)
      """)
    try graph.execute("CREATE INDEX byName FOR (s:State) ON (s.name)")
    return graph
  }

  @Test("JSON lines have the members that others write too")
  func jsonLines() throws {
    #expect(try GraphExport(small(), as: .jsonl).write(toDirectory: "\(directory)/j") == ["graph.jsonl"])
    #expect(
      try text("j/graph.jsonl") == """
        {"type":"node","id":"0","labels":["State","Member"],"properties":{"name":"Laos",\
        "since":{"$type":"date","value":"1997-07-23"},"share":{"$type":"float","value":"NaN"}}}
        {"type":"node","id":"1","labels":["Body"],"properties":{"full name":"ACCSM","tags":["x","it's"]}}
        {"type":"relationship","id":"0","label":"MEMBER_OF","start":{"id":"0"},"end":{"id":"1"},"properties":{"year":1997}}
        {"type":"relationship","id":"1","label":"REPORTS TO","start":{"id":"1"},"end":{"id":"1"},"properties":{}}
        {"type":"index","name":"byName","label":"State","property":"name"}

        """)
  }

  @Test("a script creates nodes, then relationships, and leaves nothing of its own behind")
  func script() throws {
    #expect(try GraphExport(small(), as: .cypher).write(toDirectory: "\(directory)/c") == ["graph.cypher"])
    #expect(
      try text("c/graph.cypher") == """
        UNWIND [
          {key: 0, properties: {name: 'Laos', since: date('1997-07-23'), share: toFloat('NaN')}}
        ] AS row
        CREATE (n:State:Member:`imported node`) SET n = row.properties, n.`imported key` = row.key;
        UNWIND [
          {key: 1, properties: {`full name`: 'ACCSM', tags: ['x', 'it\\'s']}}
        ] AS row
        CREATE (n:Body:`imported node`) SET n = row.properties, n.`imported key` = row.key;
        CREATE INDEX `imported key` FOR (n:`imported node`) ON (n.`imported key`);
        UNWIND [
          {start: 0, end: 1, properties: {year: 1997}}
        ] AS row
        MATCH (a:`imported node` {`imported key`: row.start}), (b:`imported node` {`imported key`: row.end})
        CREATE (a)-[r:MEMBER_OF]->(b) SET r = row.properties;
        UNWIND [
          {start: 1, end: 1, properties: {}}
        ] AS row
        MATCH (a:`imported node` {`imported key`: row.start}), (b:`imported node` {`imported key`: row.end})
        CREATE (a)-[r:`REPORTS TO`]->(b) SET r = row.properties;
        DROP INDEX `imported key`;
        MATCH (n:`imported node`) REMOVE n:`imported node`, n.`imported key`;
        CREATE INDEX byName FOR (n:State) ON (n.name);

        """)
    #expect(try GraphImport(["\(directory)/c"]).read().graph.labels == ["Body", "Member", "State"])
  }

  @Test("indexes of a graph in CSV files are in a script beside them")
  func schema() throws {
    let names = try GraphExport(small(), as: .csv).write(toDirectory: "\(directory)/s")
    #expect(
      names == [
        "nodes_State_Member.csv", "nodes_Body.csv", "rels_MEMBER_OF.csv", "rels_REPORTS_TO.csv", "schema.cypher",
      ])
    #expect(try text("s/schema.cypher") == "CREATE INDEX byName FOR (n:State) ON (n.name);\n")
    // Replaced with its own kind, and with nothing else.
    try GraphExport(small(), as: .csv).write(toDirectory: "\(directory)/s", replacing: true)
    #expect(
      failure { () throws(QueryError) in
        try GraphExport(Graph(), as: .jsonl).write(toDirectory: "\(directory)/s", replacing: true)
      } == "found \"nodes_Body.csv\" in the directory \"DIR/s\", expected nothing but what is to be replaced")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["s"])
  }

  @Test("lines of others: ids of any kind, members in any order, relationships first, lines without text")
  func foreignLines() throws {
    let path = try file(
      "a.jsonl",
      """
      {"id":"r1","type":"relationship","label":"KNOWS","start":{"id":7,"labels":["P"]},"end":{"id":"x"}}

      {"type":"node","labels":["P","P"],"id":"7","properties":{"name":"\\u00e9\\ud83d\\ude00","n":null,"a":1,"a":2.0}}\r
      {"type":"node","id":"x"}
      """)
    let graph = try GraphImport([path]).read().graph
    #expect(graph.checkInvariants() == [])
    #expect(
      GraphText.exact(graph) == [
        "0 [\"P\"] a: float 2.0, name: String 'é😀'", "1 [] ", "0 -0 KNOWS-> 1 ",
      ])
  }

  private static let badLines: [(String, String)] = [
    ("{\"type\":\"node\",\"id\":\"0\"", "3:24: expected `,` or `}`"),
    ("[1]", "3:1: found no object, expected one such as {\"type\":\"node\",\"id\":\"0\"}"),
    ("{\"id\":\"0\"}", "3:1: found no type, expected \"type\" with \"node\", \"relationship\" or \"index\""),
    ("{\"type\":\"edge\"}", "3:1: found type \"edge\", expected \"node\", \"relationship\" or \"index\""),
    ("{\"type\":\"node\"}", "3:1: found a node without an id, expected \"id\" with a string or an integer"),
    ("{\"type\":\"node\",\"id\":\"1\"}", "3:1: found id \"1\" again, expected distinct ids"),
    (
      "{\"type\":\"node\",\"id\":\"5\",\"properties\":{\"m\":{}}}",
      "3:1: found an object, expected a value such as {\"$type\":\"date\",\"value\":\"2024-08-07\"}, in property \"m\""
    ),
    (
      "{\"type\":\"node\",\"id\":\"5\",\"properties\":{\"m\":{\"$type\":\"date\",\"value\":\"2024-02-30\"}}}",
      "3:1: day 30 is out of range, expected 1 to 29 in this month, in property \"m\""
    ),
    (
      "{\"type\":\"node\",\"id\":\"5\",\"properties\":{\"l\":[1,\"a\"]}}",
      "3:1: found a list with an Integer and a String as a property, expected elements of one type, in property \"l\""
    ),
    (
      "{\"type\":\"relationship\",\"label\":\"T\",\"start\":{\"id\":1},\"end\":{\"id\":9}}",
      "3:1: found end \"9\", expected the id of a node"
    ),
  ]

  @Test("lines say what is wrong with them, and can be left out", arguments: badLines)
  func badLine(line: String, expected: String) throws {
    let path = try file("b.jsonl", "{\"type\":\"node\",\"id\":1}\n\n\(line)\n{\"type\":\"node\",\"id\":2}\n")
    #expect(failure { () throws(QueryError) in try GraphImport([path]).read() } == "DIR/b.jsonl:\(expected)")
    var reading = GraphImport([path])
    reading.skipsBadRows = true
    let outcome = try reading.read()
    #expect(outcome.graph.nodeCount == 2)
    #expect(outcome.report.skippedRowCount == 1)
    #expect(outcome.report.skippedRows == ["\(directory)/b.jsonl:\(expected)"])
  }

  @Test("the same graph from JSON lines for any number of threads")
  func threads() throws {
    let graph = try Graph.random(seed: 77, nodeLimit: 400)
    try GraphExport(graph, as: .jsonl).write(toDirectory: "\(directory)/t")
    func read(_ threads: Int, _ chunkSize: Int) throws -> [String] {
      var options = ImportOptions()
      options.threads = threads
      options.chunkSize = chunkSize
      return GraphText.exact(
        try JSONLinesImport(options, ImportProgressCounter(nil)).read([GraphFile(path: "\(directory)/t/graph.jsonl")])
          .graph)
    }
    let expected = try read(1, 1 << 20)
    for (threads, chunkSize) in [(1, 100), (2, 1000), (7, 500)] { #expect(try read(threads, chunkSize) == expected) }
  }

  @Test("files of one kind at a time")
  func kinds() throws {
    let (csv, script) = (try file("a.csv", ":ID\n1\n"), try file("b.cypher", "CREATE (:A)"))
    #expect(
      failure { () throws(QueryError) in try GraphImport([csv, script]).read() }
        == "found \"DIR/b.cypher\", expected a .csv file like those before it")
    let text = try file("x.txt", "")
    #expect(failure { () throws(QueryError) in try GraphImport([]).read() } == "found no files, expected some to read")
    #expect(
      failure { () throws(QueryError) in try GraphImport([text]).read() }
        .hasPrefix("found \"DIR/x.txt\", expected a .csv, .jsonl or .cypher file"))
    let broken = try file("c.cypher", "CREATE (:A);\nCREATE (:B {x: 1 / 0});\n")
    #expect(
      failure { () throws(QueryError) in try GraphImport([script, broken]).read() }
        .hasPrefix("DIR/c.cypher:2:"))
  }
}
