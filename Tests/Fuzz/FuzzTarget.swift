import Plenary
import PlenarySyntax

/// A way into the code that anyone's bytes can take. None may trap, hang or leak; errors are answers.
enum FuzzTarget: String {
  /// Bytes to tree, formatted text and completions.
  case parser
  /// Bytes to rows, on a small graph.
  case query
  /// Bytes to a graph: a file of nodes, then after a zero byte one of relationships.
  case csv

  func run(_ bytes: [UInt8]) {
    switch self {
    case .parser:
      let tree = Parser.parse(String(decoding: bytes, as: UTF8.self))
      _ = tree.outline
    case .query: runQuery(String(decoding: bytes, as: UTF8.self))
    case .csv:
      let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      let names = ["nodes_Thing.csv", "rels_LINK.csv"]
      let files = zip(names, parts).map { CSVFile(name: $0, bytes: Array($1)) }
      guard let graph = try? CSVGraphReader(files: files).read() else { return }
      precondition(graph.checkInvariants().isEmpty, "a graph read from files is not consistent")
    }
  }

  private func runQuery(_ text: String) {
    var options = QueryOptions()
    options.timeout = .milliseconds(200)
    options.rowLimit = 1000
    var graph = Self.graph
    do {
      let result = try graph.execute(text, options: options)
      for row in result { for column in result.columns.indices { _ = graph.description(of: row.value(column)) } }
    } catch {
      precondition(Int(error.range?.end ?? 0) <= error.text.utf8.count, "an error beyond the end of the text")
      precondition(graph.nodeCount == Self.graph.nodeCount, "a failed statement changed the graph")
    }
    precondition(graph.checkInvariants().isEmpty, "a graph that was written to is not consistent")
  }

  private static let graph: Graph = {
    var graph = Graph()
    _ = try? graph.execute(
      """
      CREATE (a:State {name: 'Brunei', since: 1984}), (b:State {name: 'Laos', since: 1997, area: 2.5, tags: ['x', 'y']}),
        (c:Body {name: 'ACCSM', founded: date('1981-07-01')}), (a)-[:MEMBER_OF {year: 1984}]->(c),
        (b)-[:MEMBER_OF {year: 1997}]->(c), (a)-[:CHAIRED]->(c), (c)-[:REPORTS_TO]->(c)
      """)
    return graph
  }()
}
