import PlenarySyntax

@testable import Plenary

extension NaiveEvaluator {
  /// A row that a projection made, and what ORDER BY may still see of where it came from.
  private struct ProjectedRow {
    var values: NaiveRow
    /// The row it was made from; with aggregation one of the group.
    var origin: NaiveRow
    /// The rows that were aggregated.
    var group: [NaiveRow]?
  }

  /// WITH and RETURN: compute columns, drop duplicates, sort, take some, and keep those that WHERE holds for.
  func project(_ clause: ProjectionClause, _ table: NaiveTable) throws -> NaiveTable {
    let star = clause.star == nil ? [] : table.columns.sorted()
    let columns = star + clause.items.map(columnName)
    var rows = try projectRows(clause, star: star, table)
    if clause.isDistinct {
      rows = distinct(rows) { row in columns.map { row.values[$0] ?? .null } }
    }
    if !clause.order.isEmpty { rows = try sort(rows, by: clause) }
    if let skip = clause.skip { rows = Array(rows.dropFirst(try count(skip))) }
    if let limit = clause.limit { rows = Array(rows.prefix(try count(limit))) }
    var result = NaiveTable(columns: columns, rows: rows.map(\.values))
    if let condition = clause.condition {
      result.rows = try result.rows.filter { try evaluate(condition, $0).truth() == .true }
    }
    return result
  }

  /// A column without an alias is named by its text.
  func columnName(_ item: ProjectionItem) -> String {
    if let alias = item.alias { return alias.text }
    if case .variable(let name) = tree[item.expression].kind { return name.text }
    return tree.text(in: item.range)
  }

  private func projectRows(
    _ clause: ProjectionClause, star: [String], _ table: NaiveTable
  ) throws -> [ProjectedRow] {
    func project(_ origin: NaiveRow, _ group: [NaiveRow]?) throws -> ProjectedRow {
      var values: NaiveRow = [:]
      for name in star { values[name] = origin[name] }
      for item in clause.items { values[columnName(item)] = try evaluate(item.expression, origin, group: group) }
      return ProjectedRow(values: values, origin: origin, group: group)
    }
    guard clause.items.contains(where: { tree.containsAggregate($0.expression) }) else {
      return try table.rows.map { try project($0, nil) }
    }
    // The items without aggregates are the grouping keys; without any there is one group, of no rows perhaps.
    let keys = clause.items.filter { !tree.containsAggregate($0.expression) }
    if keys.isEmpty, star.isEmpty { return [try project(table.rows.first ?? [:], table.rows)] }
    var places: [[Value]: Int] = [:]
    var groups: [[NaiveRow]] = []
    for row in table.rows {
      let key = star.map { row[$0] ?? .null } + (try keys.map { try evaluate($0.expression, row) })
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        groups.append([])
      }
      groups[place].append(row)
    }
    return try groups.map { try project($0[0], $0) }
  }

  private func sort(_ rows: [ProjectedRow], by clause: ProjectionClause) throws -> [ProjectedRow] {
    let keyed = try rows.map { row in
      (row: row, keys: try clause.order.map { try sortKey($0.expression, of: row, clause) })
    }
    let sorted = keyed.enumerated().sorted { a, b in
      for (index, item) in clause.order.enumerated() {
        let order = Value.order(a.element.keys[index], b.element.keys[index])
        if order != 0 { return (order < 0) != item.isDescending }
      }
      return a.offset < b.offset
    }
    return sorted.map(\.element.row)
  }

  /// A sort key sees the columns first and the variables before the projection where no column hides them; an expression
  /// written like a column is that column.
  private func sortKey(_ id: ExpressionID, of row: ProjectedRow, _ clause: ProjectionClause) throws -> Value {
    if case .variable(let name) = tree[id].kind, let value = row.values[name.text] { return value }
    if let item = clause.items.first(where: { tree.isSame($0.expression, id) }) {
      return row.values[columnName(item)] ?? .null
    }
    return try evaluate(id, row.origin.merging(row.values) { $1 }, group: row.group)
  }

  private func count(_ id: ExpressionID) throws -> Int {
    guard case .integer(let count) = try evaluate(id, [:]) else {
      throw NaiveError(description: "expected a number of rows")
    }
    return Int(count)
  }

  // MARK: Aggregates

  /// An aggregating function over the rows of a group.
  func aggregate(_ call: FunctionCall, over group: [NaiveRow]) throws -> Value {
    var values = try group.map { try evaluate(call.arguments[0], $0) }.filter { !$0.isNull }
    if call.isDistinct { values = distinct(values) { [$0] } }
    switch call.function.text.lowercased() {
    case "count": return .integer(Int64(values.count))
    case "collect": return .list(values)
    case "min": return values.min { Value.order($0, $1) < 0 } ?? .null
    case "max": return values.max { Value.order($0, $1) < 0 } ?? .null
    case "sum": return try values.reduce(.integer(0)) { try Value.add($0, $1) }
    case "avg":
      guard !values.isEmpty else { return .null }
      let sum = try values.reduce(.float(0)) { try Value.add($0, $1) }
      return try Value.divide(sum, .integer(Int64(values.count)))
    case let name: throw NaiveError(description: "no definition of the aggregate \(name)")
    }
  }
}
