import TestResources
import Testing

@testable import Plenary

@Suite("Imports with options")
struct ImportOptionTests {
  /// Files with everything that could go wrong when they are cut: quotes, line ends in cells, many labels and types.
  private static func files(seed: Int, rows: Int) -> [GraphFile] {
    var random = SeededRandom(seed: seed)
    var people = "id:ID(P),name,age:int,score:float,tags:string[],born:date,:LABEL\n"
    for row in 0..<rows {
      let name = ["n\(row)", "\"a, \(row)\"", "\"two\nlines \(row % 5)\"", "\"say \"\"hi\"\"\"", "x"][random.below(5)]
      let label = ["Person", "Person;Author", "", "\"Odd, one\"", "L\(random.below(7))"][random.below(5)]
      people +=
        "\(row * 3),\(name),\(random.below(4) == 0 ? "" : String(random.below(300))),\(random.below(1000)).5,"
        + "\(random.below(3) == 0 ? "" : "a;b\(random.below(3))"),2024-01-\(10 + random.below(20)),\(label)\n"
    }
    var places = "code:ID(C)\n"
    for row in 0..<20 { places += "c\(row)\n" }
    var knows = ":START_ID(P),:END_ID(P),since:int,how,:TYPE\n"
    var lives = ":START_ID(P),:END_ID(C)\n"
    for _ in 0..<rows * 4 {
      let (from, to) = (random.below(rows) * 3, random.below(rows) * random.below(rows) / rows * 3)
      knows +=
        "\(from),\(to),\(random.below(3) == 0 ? "" : String(random.below(3000))),\"h\(random.below(3))\","
        + "T\(random.below(6) / 3)\n"
      if random.below(3) == 0 { lives += "\(from),c\(random.below(20))\n" }
    }
    return [
      ("people.csv", people), ("City.csv", places), ("knows.csv", knows), ("LIVES_IN.csv", lives),
    ].map { GraphFile(name: $0.0, bytes: Array($0.1.utf8)) }
  }

  private func graph(
    _ files: [GraphFile], threads: Int, chunkSize: Int, _ badRows: BadRows = .stop
  ) throws -> (graph: Graph, skipped: SkippedRows) {
    var options = ImportOptions()
    options.threads = threads
    options.chunkSize = chunkSize
    options.badRows = badRows
    return try CSVGraphReader(files: files).read(options)
  }

  @Test("the graph is the same for any number of threads and any size of chunks", arguments: 0..<3)
  func threads(seed: Int) throws {
    let files = Self.files(seed: seed, rows: [40, 400, 3000][seed])
    let expected = try graph(files, threads: 1, chunkSize: FileChunker.chunkSize).graph
    #expect(expected.checkInvariants() == [])
    let text = GraphText.exact(expected)
    let tokens = [expected.state.catalog.labels.names, expected.state.catalog.types.names]
    for (threads, chunkSize) in [(1, 300), (2, 1000), (7, 1000), (7, 64), (2, 1 << 16)] {
      let other = try graph(files, threads: threads, chunkSize: chunkSize).graph
      #expect(GraphText.exact(other) == text, "\(threads) threads, chunks of \(chunkSize)")
      #expect([other.state.catalog.labels.names, other.state.catalog.types.names] == tokens)
      #expect(other.indexes == expected.indexes)
      #expect(other.checkInvariants() == [])
    }
  }

  @Test("big adjacency is built alike by any number of threads")
  func adjacency() throws {
    var random = SeededRandom(seed: 5)
    var keys: [UInt64] = []
    for _ in 0..<40_000 {
      keys.append(GatheredRelationships.key(UInt32(random.below(random.below(2000) + 1)), UInt32(random.below(2000))))
    }
    func make(_ threads: Int) throws -> Graph {
      var builder = GraphBuilder()
      try builder.addNodes(count: 2000, labels: [])
      let (type, other) = (try builder.makeTypeToken("T"), try builder.makeTypeToken("U"))
      let number = try builder.makeKeyToken("n")
      for start in stride(from: 0, to: keys.count, by: 3000) {
        let part = Array(keys[start..<min(start + 3000, keys.count)])
        let first = try builder.addRelationships(type: start % 2000 == 0 ? other : type, part).lowerBound
        builder.setRelationshipProperties(
          number, from: first, .integers((0..<part.count).map { Int64(start + $0) }, isNull: nil))
      }
      return try builder.build(threads: threads)
    }
    let expected = try make(1)
    #expect(expected.checkInvariants() == [])
    let numbers = expected.nodes().flatMap(\.outgoing).map { relationship -> Bool in
      guard case .integer(let number) = relationship["n"] else { return false }
      let (source, target) = (relationship.source.id.rawValue, relationship.target.id.rawValue)
      return keys[Int(number)] == GatheredRelationships.key(source, target)
    }
    #expect(numbers.count == 40_000 && numbers.allSatisfy(\.self))
    for threads in [2, 7] { #expect(GraphText.exact(try make(threads)) == GraphText.exact(expected)) }
  }

  @Test("the first error is told, whichever thread meets one first", arguments: [1, 2, 7])
  func firstError(threads: Int) throws {
    var nodes = "id:ID,n:int\n"
    for row in 0..<5000 { nodes += "\(row),\(row == 2500 || row == 4000 ? "x" : String(row))\n" }
    for chunkSize in [100, 5000, 1 << 20] {
      #expect(throws: QueryError(.invalidFile, "n.csv:2502:6: found \"x\", expected an integer in column \"n\"")) {
        try graph([GraphFile(name: "n.csv", bytes: Array(nodes.utf8))], threads: threads, chunkSize: chunkSize)
      }
    }
  }

  @Test("bad rows are left out and told of, in order", arguments: [1, 2, 7])
  func skipping(threads: Int) throws {
    let nodes = """
      id:ID(P),age:int,:LABEL
      1,10,A
      2,old,A
      3,30
      4,40,A
      1,11,B
      ,5,A
      5,"50",A"
      6,60,"B"
      7,7"0,A
      8,80,B;C

      """
    let relationships = """
      :START_ID(P),:END_ID(P),w:float,:TYPE
      1,4,1.5,R
      1,2,1.5,R
      4,6,much,R
      6,8,,S
      8,1,2,
      1,8,1,R,more

      """
    let files = [("n.csv", nodes), ("r.csv", relationships)].map { GraphFile(name: $0.0, bytes: Array($0.1.utf8)) }
    for chunkSize in [1, 20, 1 << 20] {
      let (graph, skipped) = try graph(files, threads: threads, chunkSize: chunkSize, .skip)
      #expect(graph.checkInvariants() == [])
      #expect(
        GraphText.exact(graph) == [
          "0 [\"A\"] age: Integer 10, id: Integer 1", "1 [\"A\"] age: Integer 40, id: Integer 4",
          "2 [\"B\"] age: Integer 60, id: Integer 6", "3 [\"B\", \"C\"] age: Integer 80, id: Integer 8",
          "0 -0 R-> 1 w: float 1.5", "2 -1 S-> 3 ",
          "index A_id on :A(id), constraint none", "index B_id on :B(id), constraint none",
          "index C_id on :C(id), constraint none",
        ])
      #expect(skipped.count == 10)
      #expect(
        skipped.messages == [
          "n.csv:3:3: found \"old\", expected an integer in column \"age\"",
          "n.csv:4:5: found 2 cells, expected 3 as in the header",
          "n.csv:6:1: found id \"1\" again in id space \"P\", expected distinct ids",
          "n.csv:7:1: found no id, expected one for each node",
          "n.csv:8:9: found a quote inside a cell without quotes, expected quotes around the cell and the quote twice",
          "n.csv:10:4: found a quote inside a cell without quotes, expected quotes around the cell and the quote twice",
          "r.csv:3:3: found :END_ID \"2\", expected the id of a node of id space \"P\"",
          "r.csv:4:5: found \"much\", expected a float in column \"w\"",
          "r.csv:6:7: found no type, expected one for each relationship",
          "r.csv:7:9: found 5 cells, expected 4 as in the header",
        ])
    }
  }

  @Test("ids that are text and there twice are left out too")
  func skippingText() throws {
    let nodes = "id:ID\na\nb\na\nc\nb\n"
    let files = [GraphFile(name: "n.csv", bytes: Array(nodes.utf8))]
    let (graph, skipped) = try graph(files, threads: 2, chunkSize: 4, .skip)
    #expect(graph.nodes().map { $0["id"] } == ["a", "b", "c"])
    #expect(
      skipped.messages == [
        "n.csv:4:1: found id \"a\" again, expected distinct ids",
        "n.csv:6:1: found id \"b\" again, expected distinct ids",
      ])
  }

  @Test("so many bad rows are counted, and the first twenty told of")
  func manyBadRows() throws {
    var nodes = "id:ID,n:int\n"
    for row in 0..<3000 { nodes += "\(row),\(row % 2 == 0 ? "x" : "1")\n" }
    let (graph, skipped) = try graph(
      [GraphFile(name: "n.csv", bytes: Array(nodes.utf8))], threads: 2, chunkSize: 999, .skip)
    #expect(graph.nodeCount == 1500)
    #expect(skipped.count == 1500)
    #expect(skipped.messages.count == 20)
    #expect(skipped.messages.first == "n.csv:2:3: found \"x\", expected an integer in column \"n\"")
    #expect(skipped.messages.last?.hasPrefix("n.csv:40:4: ") == true)
  }

  @Test("progress comes to the whole, and never falls")
  func progress() throws {
    let directory = try TemporaryDirectory()
    for file in Self.files(seed: 9, rows: 300) {
      var buffer = FileBuffer()
      let content = try file.open()
      try directory.file(file.name, bytes: content.bytes(0..<content.count, &buffer))
    }
    let seen = Seen()
    var reading = GraphImport([directory.path])
    reading.onProgress = { seen.add($0) }
    let outcome = try reading.read()
    #expect(outcome.report.fileCount == 4)
    #expect(outcome.report.nodeCount == 320)
    #expect(outcome.report.relationshipCount == outcome.graph.relationshipCount)
    #expect(seen.all.map(\.bytesRead) == seen.all.map(\.bytesRead).sorted())
    #expect(seen.all.last.map { $0.bytesRead > $0.totalBytes - 300 } == true)
  }

  private final class Seen: @unchecked Sendable {
    private(set) var all: [ImportProgress] = []
    func add(_ progress: ImportProgress) { all.append(progress) }
  }
}
