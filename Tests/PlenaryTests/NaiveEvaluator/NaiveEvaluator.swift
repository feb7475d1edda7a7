import PlenarySyntax

@testable import Plenary

/// Rows under the variables that are in scope.
struct NaiveTable {
  /// The variables, in the order of columns where that matters.
  var columns: [String]
  var rows: [NaiveRow]

  /// The values of a row in the order of columns.
  func values(of row: NaiveRow) -> [Value] { columns.map { row[$0] ?? .null } }
}

/// The variables of a row and their values.
typealias NaiveRow = [String: Value]

/// What the evaluator cannot do, or should never have been asked.
struct NaiveError: Error, CustomStringConvertible {
  var description: String
}

/// The query would take too long this way.
struct NaiveWorkLimit: Error {}

/// Answers queries straight from the definitions of openCypher 9, to check the engine against.
///
/// It walks the syntax tree, clause by clause over whole tables, with no binding, no plan and no typed columns: a pattern
/// is matched by trying every node and relationship of the graph in every place. It trusts that the text is right, for
/// the engine has compiled it, and shares with the engine only the operations on single values.
final class NaiveEvaluator {
  let tree: SyntaxTree
  /// The graph, with what the query has written so far.
  var graph: Graph { didSet { relationships = nil } }
  private var relationships: [Relationship]?
  let parameters: [String: Value]
  /// How many rows and walks were made so far.
  var work = 0

  /// Trying everything takes its time: a query that needs more than this is not worth it.
  static let workLimit = 20_000

  init(_ text: String, on graph: Graph, parameters: [String: Value] = [:]) {
    tree = Parser.parse(text)
    self.graph = graph
    self.parameters = parameters
  }

  /// Runs the only statement of the text.
  func run() throws -> NaiveTable {
    guard let statement = tree.statements.first, case .query(let query) = statement.body else {
      throw NaiveError(description: "expected a query")
    }
    var table = try evaluate(query, from: [:])
    // A statement without RETURN has no result.
    if table.columns.isEmpty { table.rows = [] }
    return table
  }

  // MARK: Queries

  /// The rows of a query that starts from one row of the query around it.
  func evaluate(_ id: QueryID, from row: NaiveRow) throws -> NaiveTable {
    let query = tree[id]
    var result = try evaluate(query.parts[0], from: row)
    for (union, part) in zip(query.unions, query.parts.dropFirst()) {
      result.rows += try evaluate(part, from: row).rows
      if !union.keepsDuplicates { result.rows = distinct(result.rows, by: result.values) }
    }
    return result
  }

  private func evaluate(_ query: SingleQuery, from row: NaiveRow) throws -> NaiveTable {
    var table = NaiveTable(columns: row.keys.sorted(), rows: [row])
    var returns = false
    for clause in query.clauses {
      table = try apply(clause, to: table)
      if case .returning = clause.kind { returns = true }
    }
    // Without RETURN only the number of rows matters (EXISTS, COUNT), or nothing at all.
    return returns ? table : NaiveTable(columns: [], rows: table.rows.map { _ in [:] })
  }

  private func apply(_ clause: Clause, to table: NaiveTable) throws -> NaiveTable {
    work += table.rows.count
    guard work < NaiveEvaluator.workLimit else { throw NaiveWorkLimit() }
    var result = NaiveTable(columns: table.columns, rows: [])
    switch clause.kind {
    case .match(let match):
      let new = names(in: match.patterns).filter { !table.columns.contains($0) }
      result.columns += new
      for row in table.rows {
        let matches = try self.matches(of: match.patterns, where: match.condition, in: row)
        if matches.isEmpty, match.isOptional {
          result.rows.append(row.merging(new.map { ($0, .null) }) { $1 })
        } else {
          result.rows += matches
        }
      }
    case .unwind(let list, let variable):
      result.columns.append(variable.text)
      for row in table.rows {
        switch try evaluate(list, row) {
        case .null: break
        case .list(let elements): result.rows += elements.map { row.merging([variable.text: $0]) { $1 } }
        case let value: result.rows.append(row.merging([variable.text: value]) { $1 })
        }
      }
    case .with(let projection), .returning(let projection): return try project(projection, table)
    case .subquery(let id):
      for row in table.rows {
        let inner = try evaluate(id, from: row)
        result.rows += inner.rows.map { row.merging($0) { $1 } }
      }
      result.columns += try columns(of: id)
    case .create(let patterns):
      result.columns += names(in: patterns).filter { !table.columns.contains($0) }
      result.rows = try table.rows.map { try create(patterns, in: $0) }
    case .merge(let merge):
      result.columns += names(in: [merge.pattern]).filter { !table.columns.contains($0) }
      for row in table.rows { result.rows += try self.merge(merge, in: row) }
    case .set(let items):
      for row in table.rows { for item in items { try set(item, in: row) } }
      return table
    case .remove(let items):
      for row in table.rows { for item in items { try remove(item, in: row) } }
      return table
    case .delete(let expressions, let detach):
      try delete(expressions, detach: detach, in: table)
      return table
    case .call: throw NaiveError(description: "procedures are not part of the definitions")
    }
    return result
  }

  /// The columns that a query returns.
  private func columns(of id: QueryID) throws -> [String] {
    guard case .returning(let projection)? = tree[id].parts[0].clauses.last?.kind else { return [] }
    return projection.items.map(columnName)
  }

  /// The variables that patterns name, each once, in the order written.
  func names(in patterns: [PathPattern]) -> [String] {
    var names: [String] = []
    for pattern in patterns {
      for element in pattern.elements {
        switch element {
        case .node(let node): names += [node.variable?.text].compactMap { $0 }
        case .relationship(let relationship): names += [relationship.variable?.text].compactMap { $0 }
        }
      }
      names += [pattern.variable?.text].compactMap { $0 }
    }
    return distinct(names) { [.string($0)] }
  }

  /// Every relationship of the graph.
  var allRelationships: [Relationship] {
    if let relationships { return relationships }
    let all = (0..<UInt32(graph.relationshipCapacity)).compactMap { graph.relationship(RelationshipID($0)) }
    relationships = all
    return all
  }

  /// The first of each group of equivalent items.
  func distinct<Item>(_ items: [Item], by values: (Item) -> [Value]) -> [Item] {
    var seen: Set<[Value]> = []
    return items.filter { seen.insert(values($0)).inserted }
  }
}
