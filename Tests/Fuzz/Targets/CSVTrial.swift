import Plenary

/// Reads files of a graph; what was read is written, and read again.
enum CSVTrial {
  static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let names = ["nodes_Thing.csv", "rels_LINK.csv"]
    let files = zip(names, parts).map { CSVFile(name: $0, bytes: Array($1)) }
    let graph: Graph
    do throws(QueryError) {
      graph = try CSVGraphReader(files: files).read()
    } catch {
      return try FuzzFinding.require(!error.message.isEmpty, "an error without a message")
    }
    try graph.requireConsistency("a graph read from files")
    // Names that no header can hold are refused.
    guard let written = try? CSVGraphWriter(graph).files() else { return }
    let again: Graph
    do throws(QueryError) {
      again = try CSVGraphReader(files: written.map { CSVFile(name: $0.name, bytes: $0.bytes) }).read()
    } catch {
      throw FuzzFinding("files that were written cannot be read: \(error)")
    }
    try again.requireConsistency("a graph read from files that were written")
    try FuzzFinding.require(
      again.nodeCount == graph.nodeCount && again.relationshipCount == graph.relationshipCount,
      "a graph has \(graph.nodeCount) nodes and \(graph.relationshipCount) relationships, "
        + "and \(again.nodeCount) and \(again.relationshipCount) when written and read again")
  }
}

extension Graph {
  /// Checks everything that always holds of a graph.
  func requireConsistency(_ subject: String) throws(FuzzFinding) {
    let violations = checkInvariants()
    try FuzzFinding.require(violations.isEmpty, "\(subject) is not consistent: \(violations)")
  }
}
