@testable import Plenary

/// What came of a query of a `LargeGraph`: rows, or the error.
enum LargeGraphAnswer {
  case rows([[Value]])
  case error(String)

  init(to query: LargeGraphQueries.Query, on graph: Graph, _ options: QueryOptions) {
    do {
      let result = try graph.query(query.text, MapValue(query.parameters.map { ($0, $1) }), options: options)
      self = .rows(result.map { row in result.columns.indices.map { row.value($0) } })
    } catch {
      self = .error("\(error)")
    }
  }

  /// How it differs from another answer to the same query; `nil` when it does not.
  func difference(from expected: LargeGraphAnswer, _ query: LargeGraphQueries.Query) -> String? {
    switch (expected, self) {
    case (.error, .error): return nil
    case (.error(let message), .rows(let rows)): return "expected \(message)\nfound \(rows.count) rows"
    case (.rows(let rows), .error(let message)): return "expected \(rows.count) rows\nfound \(message)"
    case (.rows(let expected), .rows(let found)):
      guard expected.count == found.count else {
        return "expected \(expected.count) rows\nfound \(found.count)\n" + onlyInOne(expected, found, query)
      }
      // Rows mostly come in the same order, in which they are compared at once.
      guard let row = firstDifference(expected, found, query) else { return nil }
      if query.isOrdered { return "row \(row): expected \(expected[row])\nfound \(found[row])" }
      let (expected, found) = (sorted(expected, query), sorted(found, query))
      return firstDifference(expected, found, query).map { _ in onlyInOne(expected, found, query) }
    }
  }

  private func firstDifference(
    _ expected: [[Value]], _ found: [[Value]], _ query: LargeGraphQueries.Query
  ) -> Int? {
    expected.indices.first { row in
      !expected[row].indices.allSatisfy { column in
        let (a, b) = (expected[row][column], found[row][column])
        if query.rounded.contains(column) { return a.isAbout(b) }
        if query.unordered.contains(column), case .list(let a) = a, case .list(let b) = b {
          return a.count == b.count
            && (zip(a, b).allSatisfy { $0.isSame(as: $1) }
              || zip(a.sortedByText, b.sortedByText).allSatisfy { $0.isSame(as: $1) })
        }
        return a.isSame(as: b)
      }
    }
  }

  /// Rows in the order of what is exact in them.
  private func sorted(_ rows: [[Value]], _ query: LargeGraphQueries.Query) -> [[Value]] {
    rows.map { row in
      (row, row.indices.filter { !query.rounded.contains($0) && !query.unordered.contains($0) }.map { row[$0].text })
    }
    .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
  }

  /// A few rows that only one of the answers has.
  private func onlyInOne(_ expected: [[Value]], _ found: [[Value]], _ query: LargeGraphQueries.Query) -> String {
    func texts(_ rows: [[Value]]) -> [String] { rows.map { $0.map(\.text).joined(separator: " | ") } }
    func rest(_ rows: [String], without others: [String]) -> String {
      let others = Set(others)
      return rows.filter { !others.contains($0) }.prefix(5).map { "  " + $0.prefix(300) }.joined(separator: "\n")
    }
    let (a, b) = (texts(expected), texts(found))
    return "only expected:\n\(rest(a, without: b))\nonly found:\n\(rest(b, without: a))"
  }
}

extension Value {
  /// Whether two values are of one type and look the same; the two zeros do.
  fileprivate func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.integer, .float), (.float, .integer): false
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    default: self == other
    }
  }

  /// The same for floats that may differ in their last digits.
  fileprivate func isAbout(_ other: Value) -> Bool {
    guard case .float(let a) = self, case .float(let b) = other, a.isFinite, b.isFinite else {
      return isSame(as: other)
    }
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-3)
  }

  /// Its text, in which the two zeros are one.
  fileprivate var text: String {
    switch self {
    case .float(let number): Value.float(number == 0 ? 0 : number).description
    case .list(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    default: description
    }
  }
}

extension [Value] {
  fileprivate var sortedByText: [Value] { map { ($0.text, $0) }.sorted { $0.0 < $1.0 }.map(\.1) }
}
