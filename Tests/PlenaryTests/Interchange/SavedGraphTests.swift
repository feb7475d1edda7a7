import Foundation
import TestResources
import Testing

@testable import Plenary

@Suite("Saved graphs")
struct SavedGraphTests {
  private let temporary: TemporaryDirectory

  init() throws { temporary = try TemporaryDirectory() }

  private var directory: String { temporary.path }

  private func savedAndOpened(_ graph: Graph) throws -> Graph {
    let path = "\(directory)/\(UUID()).graph"
    try graph.save(to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let copy = try Graph.open(path)
    #expect(copy.checkInvariants() == [])
    return copy
  }

  private func failure<Result>(_ body: () throws(QueryError) -> Result) -> String {
    do throws(QueryError) {
      _ = try body()
      return "nothing"
    } catch { return error.message.replacingOccurrences(of: directory, with: "DIR") }
  }

  @Test("a graph comes back with the same ids, labels, types, properties and indexes", arguments: 0..<16)
  func roundTrip(seed: Int) throws {
    let graph = try Graph.random(seed: seed, nodeLimit: seed % 5 == 0 ? 600 : 60)
    let copy = try savedAndOpened(graph)
    #expect(GraphText.exact(copy) == GraphText.exact(graph))
    #expect(copy.nodeCapacity == graph.nodeCapacity)
    #expect(copy.relationshipCapacity == graph.relationshipCapacity)
    // And once more from what was opened, whose arrays came from a file.
    #expect(try GraphText.exact(savedAndOpened(copy)) == GraphText.exact(graph))
  }

  @Test("the built-in graph, and one without anything")
  func special() throws {
    let accsm = try Graph.accsm()
    #expect(try GraphText.exact(savedAndOpened(accsm)) == GraphText.exact(accsm))
    #expect(try savedAndOpened(Graph()).nodeCount == 0)
  }

  @Test("what is opened can be written to like any graph")
  func writing() throws {
    var graph = try savedAndOpened(Graph.accsm())
    try graph.execute("MATCH (s:State) SET s.seen = true WITH s LIMIT 3 DETACH DELETE s")
    try graph.execute("CREATE (:State {id: 'new'})-[:KNOWS]->(:Person)")
    #expect(graph.checkInvariants() == [])
    graph.fold()
    #expect(graph.checkInvariants() == [])
    #expect(try GraphText.exact(savedAndOpened(graph)) == GraphText.exact(graph))
  }

  @Test("constraints go on holding")
  func constraints() throws {
    var graph = Graph()
    try graph.execute("CREATE (:A {id: 1}), (:B {id: 1})")
    try graph.execute("CREATE INDEX b FOR (n:B) ON (n.id)")
    try graph.execute("CREATE CONSTRAINT a FOR (n:A) REQUIRE n.id IS UNIQUE")
    try graph.execute("CREATE CONSTRAINT c FOR (n:B) REQUIRE n.id IS UNIQUE")
    var copy = try savedAndOpened(graph)
    #expect(copy.constraints == graph.constraints)
    #expect(copy.indexes == graph.indexes)
    for label in ["A", "B"] { #expect(throws: QueryError.self) { try copy.execute("CREATE (:\(label) {id: 1})") } }
  }

  @Test("columns of every width and kind")
  func columns() throws {
    var graph = Graph()
    try graph.execute(
      "UNWIND range(0, 3000) AS i CREATE (:N {i8: i % 100, i16: i, i32: i * 1000, i64: i * 10000000000})")
    try graph.execute("MATCH (n:N) SET n.few = 'w' + n.i8, n.many = 'word number ' + n.i32, n.f = n.i16 / 3.0")
    try graph.execute("MATCH (n:N) SET n.some = CASE WHEN n.i16 % 3 = 0 THEN n.i8 > 50 END")
    try graph.execute("MATCH (n:N) SET n.rare = CASE WHEN n.i16 % 1000 = 7 THEN date('2024-01-01') END")
    try graph.execute("MATCH (n:N) SET n.mid = 'value ' + (n.i16 % 700)")
    graph.fold()
    #expect(try GraphText.exact(savedAndOpened(graph)) == GraphText.exact(graph))
  }

  @Test("an occupied place stays as it is, unless the graph there is to be replaced")
  func replacing() throws {
    let path = "\(directory)/g"
    var graph = Graph()
    try graph.execute("CREATE (:A)")
    try graph.save(to: path)
    #expect(
      failure { () throws(QueryError) in try Graph().save(to: path) }
        == "found \"graph.data\" in the directory \"DIR/g\", expected an empty directory or none")
    #expect(try Graph.open(path).nodeCount == 1)
    try graph.execute("CREATE (:B)")
    try graph.save(to: path + "/", replacing: true)
    #expect(try Graph.open(path).nodeCount == 2)
    try Data("mine".utf8).write(to: URL(filePath: path + "/notes.txt"))
    #expect(
      failure { () throws(QueryError) in try graph.save(to: path, replacing: true) }
        == "found \"notes.txt\" in the directory \"DIR/g\", expected nothing but what is to be replaced")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["g"])
    #expect(failure { () throws(QueryError) in try graph.save(to: directory + "/no/g") }.hasPrefix("cannot make"))
    #expect(failure { () throws(QueryError) in try graph.save(to: "..") }.hasPrefix("found the path"))
    try graph.save(to: directory + "/empty")
    #expect(
      failure { () throws(QueryError) in try graph.save(to: directory + "/empty/graph.data") }
        == "found a file at \"DIR/empty/graph.data\", expected nothing or a directory")
  }

  @Test("a saved graph opens by its path, as every graph does")
  func source() throws {
    let path = "\(directory)/g"
    try Graph.accsm().save(to: path)
    #expect(try GraphSource(path) == .saved(path))
    #expect(try Database.open(path).snapshot.nodeCount == 557)
    #expect(failure { () throws(QueryError) in try Graph.open(directory) }.hasPrefix("found no file graph.manifest"))
  }

  // MARK: Damage

  /// Opens damaged files: an error with a place, or the graph as it was. Anything else, a trap above all, fails.
  private func check(_ name: String, _ bytes: [UInt8], _ path: String, _ expected: [String]) throws {
    let file = URL(filePath: "\(path)/\(name)")
    let whole = try Data(contentsOf: file)
    defer { try? whole.write(to: file) }
    try Data(bytes).write(to: file)
    do throws(QueryError) {
      let graph = try Graph.open(path)
      #expect(GraphText.exact(graph) == expected, "damage went unseen")
    } catch {
      #expect(error.code == .invalidFile)
      #expect(error.message.hasPrefix("\(path)/graph."), "\(error.message)")
    }
  }

  @Test("a file that ends early or has a byte changed is refused with its place", arguments: 0..<4)
  func damage(seed: Int) throws {
    let graph = try Graph.random(seed: seed, nodeLimit: 40)
    let path = "\(directory)/g"
    try graph.save(to: path)
    let expected = GraphText.exact(graph)
    for name in ["graph.manifest", "graph.data"] {
      let whole = Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
      let step = max(1, whole.count / 250)
      for length in stride(from: 0, to: whole.count, by: step) {
        try check(name, Array(whole[..<length]), path, expected)
      }
      for place in stride(from: 0, to: whole.count, by: step) {
        var changed = whole
        changed[place] ^= UInt8(1 << (place % 8))
        try check(name, changed, path, expected)
      }
      try check(name, whole + [0], path, expected)
    }
  }

  @Test("files whose checksums were made to fit are still not believed", arguments: 0..<6)
  func forgery(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let path = "\(directory)/g"
    try Graph.random(seed: seed, nodeLimit: 40).save(to: path)
    let file = URL(filePath: "\(path)/graph.manifest")
    let whole = Array(try Data(contentsOf: file))
    for _ in 0..<400 {
      var changed = whole
      for _ in 0...random.below(3) {
        changed[SavedGraphFormat.headerSize + random.below(whole.count - SavedGraphFormat.headerSize)] =
          UInt8(random.below(256))
      }
      let checksum = changed[SavedGraphFormat.headerSize...].withUnsafeBytes(Checksum.of)
      withUnsafeBytes(of: checksum.littleEndian) { changed.replaceSubrange(24..<32, with: $0) }
      try Data(changed).write(to: file)
      // Either is good: an error, or a graph that holds together.
      guard let graph = try? Graph.open(path) else { continue }
      _ = GraphText.exact(graph)
    }
  }

  @Test("data whose checksums were made to fit is still not believed", arguments: 0..<6)
  func forgedData(seed: Int) throws {
    var random = SeededRandom(seed: seed + 100)
    let path = "\(directory)/g"
    try Graph.random(seed: seed, nodeLimit: 40).save(to: path)
    let data = URL(filePath: "\(path)/graph.data")
    let whole = Array(try Data(contentsOf: data))
    var isOpened = 0
    for _ in 0..<300 {
      var changed = whole
      for _ in 0...random.below(3) { changed[random.below(whole.count)] = UInt8(random.below(256)) }
      try Data(changed).write(to: data)
      guard let graph = try? SavedGraphReader.read(directory: path, threads: 1, verifyingChecksums: false) else {
        continue
      }
      isOpened += 1
      _ = GraphText.exact(graph)
    }
    #expect(isOpened < 300)
  }

  /// Replaces a byte of the manifest, and makes its checksum fit.
  private func forge(_ path: String, _ change: (inout [UInt8]) throws -> Void) throws {
    let file = URL(filePath: "\(path)/graph.manifest")
    var payload = Array(try Data(contentsOf: file)[SavedGraphFormat.headerSize...])
    try change(&payload)
    try Data(SavedGraphWriter.header(of: payload) + payload).write(to: file)
  }

  @Test("as many nodes as there are ids take no memory that the files do not")
  func claimedNodes() throws {
    let path = "\(directory)/g"
    var graph = Graph()
    try graph.execute("CREATE (:A)-[:T]->(:B)")
    try graph.save(to: path)
    try forge(path) { payload in
      #expect(payload[0] == 2)
      var claimed = ByteEncoder()
      claimed.append(count: Int(UInt32.max) - 1)
      payload.replaceSubrange(0..<1, with: claimed.bytes)
    }
    // Gigabytes, if each node took a byte.
    let copy = try Graph.open(path)
    #expect(copy.nodeCount == Int(UInt32.max) - 1)
    #expect(copy.relationshipCount == 1)
    #expect(try copy.query("MATCH (a:A)-[:T]->(b) RETURN labels(b) AS l")[0].value(0) == ["B"])
  }

  @Test("one label and property have one index")
  func claimedIndexes() throws {
    let path = "\(directory)/g"
    var graph = Graph()
    try graph.execute("CREATE (:A {x: 1})")
    try graph.execute("CREATE INDEX i FOR (n:A) ON (n.x)")
    try graph.save(to: path)
    try forge(path) { payload in
      // The count of indexes; then the name, the label, the property and whether it is unique; then the length of the data.
      let index: [UInt8] = [1, UInt8(ascii: "i"), 0, 0, 0]
      let place = try #require(payload.indices.last { payload[$0...].starts(with: [1] + index) })
      payload[place] = 2
      payload.insert(contentsOf: [1, UInt8(ascii: "j"), 0, 0, 0], at: place + 1)
    }
    #expect(
      failure { () throws(QueryError) in try Graph.open(path) }
        .hasSuffix("found a second index on the same label and property"))
  }

  @Test("other files and later versions are told apart from damage")
  func otherFiles() throws {
    let path = "\(directory)/g"
    try Graph().save(to: path)
    let file = URL(filePath: "\(path)/graph.manifest")
    let whole = Array(try Data(contentsOf: file))
    try Data("id:ID,name\n1,Ada\n".utf8).write(to: file)
    #expect(
      failure { () throws(QueryError) in try Graph.open(path) }
        == "DIR/g/graph.manifest: found other bytes, expected the manifest of a saved graph")
    var later = whole
    later[8] = 9
    try Data(later).write(to: file)
    #expect(
      failure { () throws(QueryError) in try Graph.open(path) }
        == "DIR/g/graph.manifest: found format version 9, expected 1")
  }
}
