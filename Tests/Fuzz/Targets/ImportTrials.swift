import Plenary

/// Reads JSON lines; what was read is written, and read again.
enum JSONLinesTrial {
  static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
    let whole = try ImportAttempt { () throws(QueryError) in
      try Graph.readJSONLines(bytes, threads: 1, chunkSize: 1 << 19)
    }
    let chunked = try ImportAttempt { () throws(QueryError) in
      try Graph.readJSONLines(bytes, threads: 3, chunkSize: 48)
    }
    try whole.requireSame(chunked, "when read in small chunks")
    guard whole.isGraph else { return }
    let again = try ImportAttempt { () throws(QueryError) in
      try Graph.readJSONLines(whole.outcome, threads: 1, chunkSize: 1 << 19)
    }
    try whole.requireSame(again, "when written and read again")
  }
}

/// Reads files of a graph; what was read is written, and read again.
enum CSVTrial {
  static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let files = zip(["nodes_Thing.csv", "rels_LINK.csv"], parts).map { GraphFile(name: $0, bytes: Array($1)) }
    var graph: Graph?
    let whole = try ImportAttempt { () throws(QueryError) in
      let read = try Graph.readCSV(files, threads: 1, chunkSize: 1 << 19)
      graph = read
      return read
    }
    let chunked = try ImportAttempt { () throws(QueryError) in try Graph.readCSV(files, threads: 3, chunkSize: 32) }
    try whole.requireSame(chunked, "when read in small chunks")
    // Names that no header can hold are refused.
    guard let graph, let written = try? CSVGraphWriter(graph).files() else { return }
    let again = try ImportAttempt { () throws(QueryError) in
      try CSVGraphReader(files: written.map { GraphFile(name: $0.name, bytes: $0.bytes) }).read()
    }
    try FuzzFinding.require(again.isGraph, "files that were written cannot be read: \(again)")
    try FuzzFinding.require(
      again.nodeCount == graph.nodeCount && again.relationshipCount == graph.relationshipCount,
      "a graph has \(graph.nodeCount) nodes and \(graph.relationshipCount) relationships, and \(again.nodeCount) and "
        + "\(again.relationshipCount) when written and read again")
  }
}

/// What came of reading files: a graph, as JSON lines, or an error, as its message.
private struct ImportAttempt: CustomStringConvertible {
  let isGraph: Bool
  let outcome: [UInt8]
  let nodeCount: Int
  let relationshipCount: Int

  /// Reads, and checks what must hold of any graph.
  init(_ read: () throws(QueryError) -> Graph) throws(FuzzFinding) {
    do throws(QueryError) {
      let graph = try read()
      outcome = try graph.jsonLines()
      isGraph = true
      (nodeCount, relationshipCount) = (graph.nodeCount, graph.relationshipCount)
      violations = graph.checkInvariants()
    } catch {
      outcome = Array(error.message.utf8)
      isGraph = false
      (nodeCount, relationshipCount) = (0, 0)
      violations = []
    }
    try FuzzFinding.require(violations.isEmpty, "a graph read from files is not consistent: \(violations)")
    try FuzzFinding.require(isGraph || !outcome.isEmpty, "an error without a message")
  }

  private let violations: [String]

  func requireSame(_ other: ImportAttempt, _ condition: String) throws(FuzzFinding) {
    try FuzzFinding.require(
      isGraph == other.isGraph && outcome == other.outcome, "another outcome \(condition)\n\(self)\n\(other)")
  }

  var description: String { String(decoding: outcome, as: UTF8.self) }
}
