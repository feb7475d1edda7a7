import Plenary
import PlenarySyntax

/// `:schema`: what the graph holds.
enum SchemaView {
  static func show(in session: Session) -> Session.Outcome {
    let graph = session.database.snapshot
    let schema = graph.schema()
    session.output.writeLine("\(count(graph.nodeCount, "node")), \(count(graph.relationshipCount, "relationship"))")
    write(
      ["label", "nodes", "properties"],
      schema.labels.map { [.string($0.name), .integer(Int64($0.nodes)), .string($0.keys.joined(separator: ", "))] },
      of: graph, in: session)
    write(
      ["relationship type", "relationships", "between", "properties"],
      schema.types.map {
        [
          .string($0.name), .integer(Int64($0.relationships)), .string(text(of: $0.ends)),
          .string($0.keys.joined(separator: ", ")),
        ]
      }, of: graph, in: session)
    return .success
  }

  private static func write(_ columns: [String], _ rows: [[Value]], of graph: Graph, in session: Session) {
    guard !rows.isEmpty else { return }
    let table = ResultTable(columns: columns, rows: rows, graph: graph)
    OutputFormat.table.write(table, to: session.output, style: session.outputStyle)
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    Summary.counted(count, noun)
  }

  private static func text(of ends: Set<GraphSchema.Ends>) -> String {
    ends.map { "\(node($0.source))→\(node($0.target))" }.sorted().joined(separator: ", ")
  }

  private static func node(_ label: String?) -> String {
    label.map { "(:\(NameText.of($0)))" } ?? "()"
  }
}
