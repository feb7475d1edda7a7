import TestResources
import Testing

@testable import Plenary

@Suite("Graph sources")
struct GraphSourceTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ text: String, _ name: String) throws -> String { try directory.file(name, text) }

  private func load(_ name: String) throws -> Graph {
    try Graph.load(name) { text, path throws(QueryError) in
      var builder = GraphBuilder()
      try builder.addNode(labels: [builder.makeLabelToken(text)])
      return try builder.build()
    }
  }

  @Test("the built-in graph is whole, and read once")
  func accsm() throws {
    let graph = try load("accsm")
    #expect(graph.nodeCount == 557)
    #expect(graph.relationshipCount == 1700)
    #expect(graph.checkInvariants() == [])
    #expect(graph.nodes(labelled: "Member").count == 11)
    let brunei = try #require(graph.nodes(labelled: "State").first { $0["isoAlpha2"] == "BN" })
    #expect(brunei["id"] == "bn")
    #expect(brunei["aliases"] == ["Brunei", "Negara Brunei Darussalam"])
    #expect(try graph.isIdentical(to: Graph.accsm()))
  }

  @Test("the empty graph")
  func empty() throws { #expect(try load("empty").nodeCount == 0) }

  @Test("a directory of files, or one of them")
  func files() throws {
    let file = try write("id:ID\n1\n2\n", "nodes_A.csv")
    _ = try write("not a graph", "README.md")
    #expect(try load(directory.path).nodeCount == 2)
    #expect(try load(directory.path + "/").nodes().map(\.labels) == [["A"], ["A"]])
    #expect(try load(file).nodeCount == 2)
  }

  @Test("a script goes to whoever runs scripts")
  func script() throws {
    let file = try write("Made", "make.cypher")
    #expect(try load(file).labels == ["Made"])
  }

  @Test("a name that means nothing")
  func missing() throws {
    let file = try write("", "people.cypher")
    func failure(_ name: String) -> QueryError? {
      do {
        _ = try load(name)
        return nil
      } catch { return error as? QueryError }
    }
    #expect(failure("acsm")?.hint == "did you mean \"accsm\"?")
    #expect(failure("acsm")?.code == .fileUnreadable)
    #expect(failure(directory.path + "/peple.cypher")?.hint == "did you mean \"\(file)\"?")
    #expect(failure(try write("", "x.txt"))?.code == .invalidFile)
    let empty = try TemporaryDirectory()
    #expect(
      failure(empty.path)?.message
        == "found no .csv, .jsonl, .cypher file in the directory \"\(empty.path)\", expected files that hold a graph")
  }

  @Test("a script that is not UTF-8 is refused with its line")
  func invalidScript() throws {
    let file = try directory.file("bad.cypher", bytes: [0x41, 0x0A, 0xFF])
    #expect(throws: QueryError(.invalidUTF8, "\(file):2: found byte 0xff, expected UTF-8")) { try load(file) }
  }
}
