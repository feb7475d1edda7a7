/// A short explanation of a clause, with a query to try on the ACCSM graph.
struct ClauseHelp: Sendable {
  /// The keywords, in upper case.
  var name: String
  /// The form.
  var form: String
  /// What it does.
  var summary: String
  /// Something to try.
  var example: String

  /// Every clause, in the order a query meets them.
  static let all: [ClauseHelp] = [
    ClauseHelp(
      name: "MATCH", form: "MATCH pattern [, pattern] [WHERE condition]",
      summary: "finds every place in the graph that looks like the pattern",
      example: "MATCH (s:State)-[r]->(b:Body) RETURN s.name, type(r), b.name LIMIT 10"),
    ClauseHelp(
      name: "OPTIONAL MATCH", form: "OPTIONAL MATCH pattern [WHERE condition]",
      summary: "like MATCH, but keeps the row with nulls when nothing is found",
      example: "MATCH (s:State) OPTIONAL MATCH (s)-[r]->(:Meeting) RETURN s.name, count(r)"),
    ClauseHelp(
      name: "WHERE", form: "WHERE condition",
      summary: "keeps the rows for which the condition is true; null is not true",
      example: "MATCH (s:State) WHERE s.name STARTS WITH 'M' RETURN s.name"),
    ClauseHelp(
      name: "WITH", form: "WITH [DISTINCT] expression AS name, ... [ORDER BY ...] [SKIP n] [LIMIT n] [WHERE condition]",
      summary: "passes on columns to the next clause; only what it names stays in scope",
      example: "MATCH (n) WITH labels(n) AS labels, count(*) AS nodes WHERE nodes > 10 RETURN labels, nodes"),
    ClauseHelp(
      name: "RETURN", form: "RETURN [DISTINCT] expression [AS name], ... [ORDER BY ...] [SKIP n] [LIMIT n]",
      summary: "ends a query with the columns of its result; aggregates group by the other columns",
      example: "MATCH (n) RETURN labels(n) AS labels, count(*) AS nodes ORDER BY nodes DESC"),
    ClauseHelp(
      name: "ORDER BY", form: "ORDER BY expression [ASC|DESC], ...",
      summary: "sorts rows; null comes last, or first with DESC",
      example: "MATCH (s:State) RETURN s.name AS name ORDER BY name DESC"),
    ClauseHelp(
      name: "SKIP", form: "SKIP n", summary: "leaves out the first rows",
      example: "MATCH (s:State) RETURN s.name AS name ORDER BY name SKIP 5"),
    ClauseHelp(
      name: "LIMIT", form: "LIMIT n", summary: "keeps so many rows at most",
      example: "MATCH (s:State) RETURN s.name LIMIT 3"),
    ClauseHelp(
      name: "UNWIND", form: "UNWIND list AS name", summary: "makes one row of each element of a list",
      example: "UNWIND [1, 2, 3] AS n RETURN n, n * n AS square"),
    ClauseHelp(
      name: "UNION", form: "query UNION [ALL] query",
      summary: "puts the rows of two queries with the same columns together; without ALL, equal rows become one",
      example: "MATCH (s:State) RETURN s.name AS name UNION MATCH (b:Body) RETURN b.name AS name"),
    ClauseHelp(
      name: "CALL", form: "CALL procedure(argument, ...) [YIELD column [AS name], ...]",
      summary: "runs a procedure and passes on its columns", example: "CALL db.labels() YIELD label RETURN label"),
    ClauseHelp(
      name: "CREATE", form: "CREATE pattern [, pattern]",
      summary: "makes the nodes and relationships of the pattern; the built-in graph changes in memory only",
      example: "CREATE (:Note {text: 'hello'})"),
    ClauseHelp(
      name: "MERGE", form: "MERGE pattern [ON CREATE SET ...] [ON MATCH SET ...]",
      summary: "finds the pattern, or creates it when it is not there",
      example: "MERGE (n:Note {text: 'hello'}) ON CREATE SET n.new = true RETURN n"),
    ClauseHelp(
      name: "SET", form: "SET n.key = expression, n += map, n:Label",
      summary: "changes properties and adds labels; setting null removes a property",
      example: "MATCH (n:Note) SET n.read = true"),
    ClauseHelp(
      name: "REMOVE", form: "REMOVE n.key, n:Label", summary: "removes properties and labels",
      example: "MATCH (n:Note) REMOVE n.read"),
    ClauseHelp(
      name: "DELETE", form: "[DETACH] DELETE expression, ...",
      summary: "deletes nodes and relationships; DETACH deletes the relationships of a node with it",
      example: "MATCH (n:Note) DETACH DELETE n"),
    ClauseHelp(
      name: "EXPLAIN", form: "EXPLAIN query", summary: "shows the plan of a query without running it",
      example: "EXPLAIN MATCH (s:State)-->(b:Body) RETURN s, b"),
    ClauseHelp(
      name: "PROFILE", form: "PROFILE query", summary: "runs a query and shows its plan with rows and times",
      example: "PROFILE MATCH (s:State)-->(b:Body) RETURN count(*)"),
  ]

  /// The clause of a name, whatever the case; `DETACH DELETE` and `DETACH` mean DELETE.
  static func named(_ name: String) -> ClauseHelp? {
    let words = name.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch words {
    case "DETACH", "DETACH DELETE": return all.first { $0.name == "DELETE" }
    case "OPTIONAL": return all.first { $0.name == "OPTIONAL MATCH" }
    case "ORDER": return all.first { $0.name == "ORDER BY" }
    case "YIELD": return all.first { $0.name == "CALL" }
    default: return all.first { $0.name == words }
    }
  }
}
