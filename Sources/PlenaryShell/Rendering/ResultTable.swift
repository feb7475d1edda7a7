import Plenary

/// A result as renderers read it: named columns, and rows of values one after the other.
///
/// The engine's `QueryResult` is one; tests make them by hand.
struct ResultTable {
  /// The names of the columns.
  var columns: [String]
  /// The graph that ids in the rows belong to.
  var graph: Graph
  /// The number of rows.
  var count: Int
  /// Calls a function with each row, in order.
  var forEachRow: ((_ row: [Value]) -> Void) -> Void
}

extension ResultTable {
  /// A table of rows at hand.
  init(columns: [String], rows: [[Value]], graph: Graph) {
    self.init(columns: columns, graph: graph, count: rows.count) { body in rows.forEach(body) }
  }
}

extension OutputFormat {
  /// Writes a result in this form.
  func write(_ table: ResultTable, to output: TextOutput, style: Style) {
    switch resolved(for: output) {
    case .auto, .table: TableRenderer(width: output.columns, style: style).write(table, to: output)
    case .csv: DelimitedRenderer.csv.write(table, to: output)
    case .tsv: DelimitedRenderer.tsv.write(table, to: output)
    case .json: JSONRenderer.array.write(table, to: output)
    case .jsonl: JSONRenderer.lines.write(table, to: output)
    case .markdown: MarkdownRenderer().write(table, to: output)
    }
  }
}
