import PlenarySyntax

/// One row of a result: a cheap view that makes values only when asked for them.
///
/// The type that is expected says how a value is read; an `Optional` takes null:
///
/// ```swift
/// for row in try database.query("MATCH (s:State) RETURN s.name AS name, s.joined AS joined") {
///   let name: String = try row["name"]
///   let joined: Temporal.Date? = try row["joined"]
/// }
/// ```
///
/// A row keeps its whole result alive.
public struct Row: Sendable {
  let storage: ResultStorage
  let batch: Int
  let rowInBatch: Int

  /// The names of the columns, in order.
  public var columns: [String] { storage.columns }

  /// The graph that ids in the row belong to.
  public var graph: Graph { storage.graph }

  /// The number of the row in its result, from 0.
  public var index: Int { storage.starts[batch] + rowInBatch }

  /// The value in a column. O(1), plus the copy of a string.
  ///
  /// - Precondition: the index is that of a column.
  public func value(_ column: Int) -> Value {
    storage.batches[batch].columns[column][rowInBatch]
  }

  /// The value in the column of a name; throws `decoding` with the nearest name if there is none. O(columns).
  public func value(named name: String) throws(QueryError) -> Value {
    value(try position(of: name))
  }

  /// Every value, in the order of the columns.
  public var values: [Value] { columns.indices.map { value($0) } }

  /// The value in the column of a name as the type that is expected.
  ///
  /// Throws `decoding` if there is no such column, or if its value is of another type: the error names the column,
  /// what was found and what was expected. Numbers are not rounded: an integer can be read as a `Double`, but no float
  /// as an `Int`.
  public subscript<Target: ValueConvertible>(name: String) -> Target {
    get throws(QueryError) { try converted(try position(of: name)) }
  }

  /// The value in a column as the type that is expected; like `subscript(name:)`, by the column's number from 0.
  public subscript<Target: ValueConvertible>(column: Int) -> Target {
    get throws(QueryError) {
      guard columns.indices.contains(column) else {
        throw QueryError(.decoding, "there is no column \(column), expected a number below \(columns.count)")
      }
      return try converted(column)
    }
  }

  /// The value in the column of a name as a type, for where the type that is expected cannot be seen.
  ///
  /// ```swift
  /// print(try row.value(of: "count", as: Int.self) + 1)
  /// ```
  public func value<Target: ValueConvertible>(of name: String, as type: Target.Type) throws(QueryError) -> Target {
    try converted(try position(of: name))
  }

  private func converted<Target: ValueConvertible>(_ column: Int) throws(QueryError) -> Target {
    do {
      return try Target(converting: value(column), in: storage.graph)
    } catch {
      throw QueryError(.decoding, "column \"\(columns[column])\" of row \(index): \(error)")
    }
  }

  /// The number of the column of a name, compared by code points.
  func position(of name: String) throws(QueryError) -> Int {
    if let position = storage.position(of: name) { return position }
    let nearest = Suggestion.nearest(to: name, among: columns)
    throw QueryError(
      .decoding,
      "there is no column \"\(name)\", expected "
        + (columns.isEmpty ? "none, since the result has no columns" : "one of \(columns.quotedList)"),
      hint: nearest.map { "did you mean \"\($0)\"?" })
  }
}

extension ResultStorage {
  func position(of name: String) -> Int? {
    for (position, column) in columns.enumerated() where column.hasSameCodePoints(as: name) { return position }
    return nil
  }
}

extension Collection<String> {
  /// The names in quotes, of many only the first: `"a", "b" ...`.
  var quotedList: String {
    let limit = 12
    return prefix(limit).map { "\"\($0)\"" }.joined(separator: ", ") + (count > limit ? " ..." : "")
  }
}

extension Row: CustomStringConvertible {
  /// `name: "Brunei Darussalam", code: "BN"`, for logs.
  public var description: String {
    zip(columns, values).map { "\($0): \($1)" }.joined(separator: ", ")
  }
}
