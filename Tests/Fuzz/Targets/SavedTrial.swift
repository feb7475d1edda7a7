import Foundation
import Plenary
import TestResources

/// Opens a saved graph whose checksums fit, whatever its bytes are.
///
/// An input is the manifest without its header, its length before it in four bytes, and the data file.
enum SavedTrial {
  /// A graph of many more nodes than this takes few bytes, and long.
  private static let maximumCapacity = 1 << 16

  static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
    guard let files = SavedGraphFiles(bytes), files.capacity <= maximumCapacity else { return }
    guard let temporary = try? TemporaryDirectory() else { return }
    let directory = temporary.path("graph")
    guard (try? files.write(toDirectory: directory)) != nil else { return }
    let graph: Graph
    do throws(QueryError) {
      graph = try SavedGraphReader.read(directory: directory, threads: 1, verifyingChecksums: false)
    } catch {
      return try FuzzFinding.require(error.code == .invalidFile, "an error of another kind: \(error)")
    }
    // Such files need not agree with themselves, but reading the graph must come to an end.
    for query in queries { read(graph, query) }
    guard graph.checkInvariants().isEmpty else { return }
    try roundTrip(graph, temporary.path("again"))
  }

  private static let queries = [
    "MATCH (n) RETURN n", "MATCH (a)-[r]->(b) RETURN a, r, b LIMIT 100", "MATCH (a)<-[r*1..2]-(b) RETURN count(*)",
    "MATCH (n:A) WHERE n.i = 1 RETURN n.s, labels(n), keys(n)", "MATCH (n) RETURN n.m AS x, count(*) ORDER BY x",
    "MATCH (a)-->(b)-->(c) RETURN count(*)",
  ]

  private static func read(_ graph: Graph, _ query: String) {
    var options = QueryOptions()
    options.timeout = .milliseconds(100)
    options.rowLimit = 1000
    guard let result = try? graph.query(query, options: options) else { return }
    for row in result { for column in result.columns.indices { _ = graph.description(of: row.value(column)) } }
  }

  /// A graph that is consistent can be saved and opened again.
  private static func roundTrip(_ graph: Graph, _ path: String) throws(FuzzFinding) {
    let again: Graph
    do throws(QueryError) {
      try graph.save(to: path)
      again = try Graph.open(path)
    } catch {
      throw FuzzFinding("a graph that was opened cannot be saved and opened again: \(error)")
    }
    try again.requireConsistency("a graph that was saved and opened again")
    try FuzzFinding.require(
      again.nodeCount == graph.nodeCount && again.relationshipCount == graph.relationshipCount,
      "a graph has other counts when it was saved and opened again")
  }
}

/// The two files of a saved graph as one input.
struct SavedGraphFiles {
  private static let headerSize = 32
  private static let manifestName = "graph.manifest"
  private static let dataName = "graph.data"

  private let manifest: [UInt8]
  private let data: [UInt8]

  /// Takes an input apart; `nil` if it is too short.
  init?(_ input: [UInt8]) {
    guard input.count >= 4 else { return nil }
    let length = input.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= input.count - 4 else { return nil }
    manifest = Array(input[4..<4 + length])
    data = Array(input[(4 + length)...])
  }

  /// Reads the files in a directory.
  init(directory: String) throws {
    let url = URL(fileURLWithPath: directory, isDirectory: true)
    manifest = Array(try Data(contentsOf: url.appendingPathComponent(Self.manifestName)).dropFirst(Self.headerSize))
    data = Array(try Data(contentsOf: url.appendingPathComponent(Self.dataName)))
  }

  /// The files as an input.
  var input: [UInt8] {
    let length = UInt32(truncatingIfNeeded: manifest.count)
    return (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + manifest + data
  }

  /// The number of node ids and relationship ids that the manifest speaks of.
  var capacity: Int {
    var numbers: [Int] = []
    var number = 0
    var shift = 0
    for byte in manifest.prefix(20) where numbers.count < 2 {
      number |= shift < 56 ? Int(byte & 0x7F) << shift : 0
      shift += 7
      guard byte & 0x80 == 0 else { continue }
      numbers.append(number)
      (number, shift) = (0, 0)
    }
    return numbers.max() ?? 0
  }

  /// Writes the files, the manifest with a header that fits.
  func write(toDirectory directory: String) throws {
    let url = URL(fileURLWithPath: directory, isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let header = SavedGraphWriter.header(of: manifest)
    try Data(header + manifest).write(to: url.appendingPathComponent(Self.manifestName))
    try Data(data).write(to: url.appendingPathComponent(Self.dataName))
  }

  /// Inputs to begin with: graphs with every kind of column.
  static func seeds() throws -> [[UInt8]] {
    let parts = [
      "CREATE (:A)", QueryTrial.startingStatements[0], QueryTrial.startingStatements[1],
      "UNWIND range(0, 40) AS i CREATE (:N {i: i * 1000, s: 'word ' + i, d: date({year: 2000 + i}), f: i / 3.0})",
      "CREATE (a:A {m: ['x', 'y'], t: time('10:00Z')}), (b {m: duration('P1M'), t: localtime('10:00')})",
      "CREATE (:A {m: datetime('2024-01-01T00:00[Europe/Paris]')}), (:A {m: localdatetime('2024-01-01T00:00'), b: true})",
      "CREATE INDEX FOR (n:A) ON (n.i)",
    ]
    var inputs: [[UInt8]] = []
    let temporary = try TemporaryDirectory()
    var graph = Graph()
    for (index, part) in parts.enumerated() {
      try graph.execute(part)
      let path = temporary.path("seed-\(index)")
      try graph.save(to: path)
      inputs.append(try SavedGraphFiles(directory: path).input)
    }
    return inputs
  }
}
