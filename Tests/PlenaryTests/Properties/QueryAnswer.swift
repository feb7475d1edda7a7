import PlenarySyntax

@testable import Plenary

/// What came of a query: rows or an error, in a form to compare.
struct QueryAnswer: CustomStringConvertible {
  var columns: [String]
  var rows: [[Value]]

  /// The answer of the engine.
  init(_ result: QueryResult) {
    columns = result.columns
    rows = result.map { row in result.columns.indices.map { row.value($0) } }
  }

  /// The answer of the naive evaluator.
  init(_ table: NaiveTable) {
    columns = table.columns
    rows = table.rows.map(table.values)
  }

  /// The rows by how often they come. Lists of `unordered` columns are sorted first, for their order is left open.
  func bag(unordered: Set<String>?) -> [[Value]: Int] {
    rows.reduce(into: [:]) { bag, row in
      let comparable = zip(columns, row).map { column, value in
        if unordered?.contains(column) ?? true, case .list(let elements) = value {
          return Value.list(elements.sorted { Value.order($0, $1) < 0 })
        }
        return value
      }
      bag[comparable, default: 0] += 1
    }
  }

  /// The values of some columns, row by row.
  func sequence(of names: [String]) -> [[Value]] {
    let places = names.compactMap { columns.firstIndex(of: $0) }
    return rows.map { row in places.map { row[$0] } }
  }

  var description: String {
    let shown = rows.prefix(12).map { "  \($0.map(\.description).joined(separator: " | "))" }
    return "\(columns.joined(separator: " | ")): \(rows.count) rows\n" + shown.joined(separator: "\n")
  }
}

extension SyntaxTree {
  /// The columns that the rows of the whole query are sorted by, as far as they are columns and not more.
  var sortColumns: [String] {
    guard let statement = statements.first, case .query(let id) = statement.body, self[id].parts.count == 1,
      case .returning(let projection)? = self[id].parts[0].clauses.last?.kind
    else { return [] }
    var names: [String] = []
    for item in projection.order {
      guard case .variable(let name) = self[item.expression].kind else { break }
      names.append(name.text)
    }
    return names
  }
}
