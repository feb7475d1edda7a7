/// A form that results leave in.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// A table on a terminal, JSON lines otherwise.
  case auto
  /// A table with lines, for people.
  case table
  /// Comma-separated values with a header (RFC 4180).
  case csv
  /// Tab-separated values with a header.
  case tsv
  /// One JSON array of objects for each statement.
  case json
  /// One JSON object a row.
  case jsonl
  /// A table in Markdown.
  case markdown

  /// What it is, for `:help`.
  package var summary: String {
    switch self {
    case .auto: "a table on a terminal, JSON lines otherwise"
    case .table: "a table with lines, for people"
    case .csv: "comma-separated values with a header (RFC 4180)"
    case .tsv: "tab-separated values with a header"
    case .json: "one JSON array of objects"
    case .jsonl: "one JSON object a row"
    case .markdown: "a table in Markdown"
    }
  }

  /// The form itself: what `auto` means on this output.
  func resolved(for output: TextOutput) -> OutputFormat {
    self == .auto ? (output.isTerminal ? .table : .jsonl) : self
  }
}
