import Plenary

/// A query, what was done before it on an empty graph, and the rows it must return, each as text.
struct QueryCase: CustomStringConvertible, Sendable {
  var setup: [String]
  var query: String
  /// The values of each row, parted by `, `; for an error `error ` and its slug.
  var rows: [String]

  init(_ query: String, after setup: String..., gives rows: [String]) {
    self.query = query
    self.setup = setup
    self.rows = rows
  }

  var description: String { query }

  /// The rows that the query returns, each as text.
  func run(_ options: QueryOptions = QueryOptions()) throws -> [String] {
    let database = Database()
    for statement in setup { _ = try database.query(statement) }
    do {
      return try database.query(query, options: options).map { row in
        row.values.map(\.description).joined(separator: ", ")
      }
    } catch {
      return ["error \(error.code.slug)"]
    }
  }
}
