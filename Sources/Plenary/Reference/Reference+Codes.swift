import PlenarySyntax

extension Reference {
  /// The codes of errors and warnings, in the order of `DiagnosticCode.all`.
  static let codes: [ReferenceEntry] = DiagnosticCode.all.map { code in
    let explanation = explanations[code.slug]
    let pair = [code.category, code.detail].filter { !$0.isEmpty }.joined(separator: ": ")
    return ReferenceEntry(
      name: code.slug, kind: .code,
      signature: code.gqlStatus + " " + code.slug + (pair.isEmpty ? "" : " (\(pair))"),
      summary: explanation?.meaning ?? "", details: explanation?.occasion ?? "",
      examples: explanation?.script.map { [ReferenceExample($0)] } ?? [])
  }

  private struct Explanation {
    var meaning: String
    /// A script that raises it.
    var script: String?
    /// When it is raised, where no script by itself can.
    var occasion: String = ""

    init(_ meaning: String, _ script: String, occasion: String = "") {
      self.meaning = meaning
      self.script = script
      self.occasion = occasion
    }

    init(_ meaning: String, occasion: String) {
      self.meaning = meaning
      self.occasion = occasion
    }
  }

  private static let explanations: [String: Explanation] =
    textExplanations.merging(nameExplanations) { first, _ in first }
    .merging(formExplanations) { first, _ in first }
    .merging(valueExplanations) { first, _ in first }
    .merging(surroundingExplanations) { first, _ in first }
    .merging(warningExplanations) { first, _ in first }

  private static let textExplanations: [String: Explanation] = [
    "unexpected-token": .init("something stands where the grammar does not allow it", "MATCH (s:State RETURN s"),
    "unexpected-end": .init("the text ends inside a statement", "MATCH (s:State)-["),
    "unterminated": .init("a string, a name in backticks or a comment is never closed", "RETURN 'Hanoi"),
    "invalid-character": .init("a character outside ASCII that begins nothing", "RETURN “Hanoi”"),
    "invalid-utf8": .init(
      "bytes that are not UTF-8",
      occasion: "Raised by text read as bytes: a script file, standard input, `Parser.parse(utf8:)`."),
    "invalid-escape": .init("a backslash in a string before something that it gives no meaning", #"RETURN 'a\qb'"#),
    "invalid-number": .init("digits and letters that make no number", "RETURN 12abc"),
    "integer-overflow": .init("an integer literal that does not fit 64 bits", "RETURN 9223372036854775808"),
    "float-overflow": .init("a float literal that is too large", "RETURN 1e999"),
    "nesting-too-deep": .init(
      "brackets, operators or subqueries nest deeper than the parser goes",
      occasion: "Raised by more than \(Parser.maximumNesting) levels of nesting."),
    "text-too-long": .init(
      "a text longer than the parser reads", occasion: "Raised by more than \(Parser.maximumTextLength) bytes."),
    "invalid-relationship-pattern": .init(
      "a relationship pattern in a form that openCypher has not", "MATCH (a)-[:HOSTED..3]->(b) RETURN a"),
    "invalid-clause-composition": .init(
      "clauses in an order that openCypher does not allow", "CREATE (a) MATCH (b) RETURN b"),
    "mixed-union": .init(
      "UNION and UNION ALL in one query", "RETURN 1 AS n UNION RETURN 2 AS n UNION ALL RETURN 3 AS n"),
    "update-in-expression": .init("a clause that writes in an expression", "RETURN EXISTS { CREATE (a) }"),
    "misplaced-pattern": .init("a pattern where a value must stand", "MATCH (a) RETURN (a)-->()"),
    "missing-alias": .init(
      "a column of WITH that is no variable and has no name", "MATCH (s:State) WITH s.name RETURN 1"),
    "index-variable-mismatch": .init(
      "a statement about an index or a constraint names two different variables",
      "CREATE INDEX FOR (s:State) ON (t.name)"),
  ]

  private static let nameExplanations: [String: Explanation] = [
    "undefined-variable": .init("a variable that is not in scope", "MATCH (state:State) RETURN stat.name"),
    "variable-already-bound": .init(
      "a variable that is bound already where a new one is needed", "MATCH (a) CREATE (a)"),
    "variable-type-conflict": .init(
      "a variable used as another kind of thing than it is bound to", "MATCH (a)-[a]->(b) RETURN a"),
    "column-name-conflict": .init("two columns of the same name", "RETURN 1 AS n, 2 AS n"),
    "unknown-function": .init("a function that does not exist", "RETURN toUper('a')"),
    "procedure-not-found": .init("a procedure that does not exist", "CALL db.label()"),
    "missing-parameter": .init("a parameter that was not given", "RETURN $limit"),
    "no-variables-in-scope": .init("`*` where no variable is in scope", "MATCH () RETURN *"),
    "different-columns-in-union": .init("parts of a UNION with different columns", "RETURN 1 AS a UNION RETURN 2 AS b"),
  ]

  private static let formExplanations: [String: Explanation] = [
    "invalid-aggregation": .init(
      "an aggregating function where rows are not grouped", "MATCH (s:State) WHERE count(s) > 1 RETURN s"),
    "nested-aggregation": .init("an aggregating function inside another", "MATCH (s:State) RETURN count(count(s))"),
    "ambiguous-aggregation": .init(
      "an expression that mixes aggregates with values that are no grouping keys",
      "MATCH (s:State) RETURN size(s.name) + count(*)"),
    "invalid-number-of-arguments": .init("not the number of arguments that is needed", "RETURN toUpper('a', 'b')"),
    "invalid-argument-passing-mode": .init(
      "a call inside a query that leaves out its parentheses", "CALL db.labels YIELD label RETURN label"),
    "no-single-relationship-type": .init("a relationship to make without exactly one type", "CREATE ()-[:A|B]->()"),
    "requires-directed-relationship": .init("a relationship to make without a direction", "CREATE ()-[:A]-()"),
    "creating-var-length": .init("a variable-length relationship to make", "CREATE ()-[:A*2]->()"),
    "relationship-uniqueness-violation": .init(
      "a relationship variable twice in one pattern", "MATCH (a)-[r]->()-[r]->(b) RETURN r"),
    "invalid-delete": .init("DELETE of a label", "MATCH (s:State) DELETE s:State"),
    "non-constant-expression": .init(
      "something that changes from row to row, or at random, where it must not",
      "MATCH (s:State) RETURN s.name LIMIT s.limit"),
    "negative-integer-argument": .init("a negative number where a count is needed", "RETURN 1 AS n LIMIT -1"),
    "invalid-pattern": .init("a pattern of an unsuitable form", "MATCH p = shortestPath((a)-->()-->(b)) RETURN p"),
    "invalid-parameter-use": .init("a parameter where a map must be written out", "MATCH (s:State $map) RETURN s"),
    "type-mismatch": .init("an operand or argument whose type, as the text shows, cannot be right", "RETURN 1 + true"),
  ]

  private static let valueExplanations: [String: Explanation] = [
    "invalid-argument-type": .init(
      "a value of the wrong type for an operator or a function", "UNWIND [1, 'a'] AS x RETURN abs(x)"),
    "unconvertible-value": .init("a value that a conversion cannot take", "UNWIND [[1]] AS x RETURN toInteger(x)"),
    "invalid-range-argument": .init(
      "a bound or step of range() that is no integer", "UNWIND ['a'] AS x RETURN range(1, x)"),
    "invalid-argument-value": .init("a value of the right type that makes no sense", "RETURN 'a' =~ '('"),
    "number-out-of-range": .init("a number outside the range that a function takes", "RETURN range(1, 10, 0)"),
    "arithmetic-overflow": .init("integer arithmetic that does not fit 64 bits", "RETURN 9223372036854775807 + 1"),
    "division-by-zero": .init("an integer divided by zero", "RETURN 1 / 0"),
    "list-element-access-by-non-integer": .init(
      "a list indexed with something that is no integer", "WITH {i: 'a'} AS map RETURN [1, 2][map.i]"),
    "map-element-access-by-non-string": .init(
      "a map indexed with something that is no string", "WITH {i: 1} AS map RETURN map[map.i]"),
    "invalid-property-type": .init("a value that no property can hold", "CREATE (n {map: {a: 1}})"),
    "invalid-temporal": .init("text or components that name no point in time", "RETURN date('2024-02-30')"),
    "deleted-entity-access": .init(
      "a node or relationship that this statement deleted is read", "MATCH (s:Conflict) DETACH DELETE s RETURN s.id"),
    "delete-connected-node": .init("a node is deleted that still has relationships", "MATCH (s:State) DELETE s"),
    "merge-null-property": .init("MERGE with a property that is null", "MERGE (s:State {name: null})"),
    "graph-too-large": .init(
      "more nodes, relationships or names than can be counted",
      occasion: "A graph holds 4294967295 nodes, as many relationships, 65536 labels, 65536 types and 16777216 keys."),
    "uniqueness-violation": .init(
      "two nodes with equal values of a property that a constraint says is unique",
      """
      CREATE CONSTRAINT state_code FOR (s:State) REQUIRE s.isoAlpha2 IS UNIQUE;
      MATCH (s:State) SET s.isoAlpha2 = 'SG'
      """),
    "index-conflict": .init(
      "an index or constraint that exists already, or one that does not", "DROP INDEX no_such_index"),
    "memory-limit-exceeded": .init(
      "a query that keeps more memory than it may, or a value larger than the engine makes",
      "RETURN reduce(a = [], x IN range(1, 2000) | [a]) AS list",
      occasion: """
        Raised by `QueryOptions.memoryLimit`, which the program sets to 80 % of the machine's memory unless \
        `--memory-limit` says otherwise. Counted is what sorting, grouping, joining, collecting, searching and writing \
        keep, and the result.
        """),
  ]

  private static let surroundingExplanations: [String: Explanation] = [
    "procedure-failed": .init(
      "a host's procedure failed, or made other rows than it promised",
      occasion: "Raised when the closure of a `Procedure` throws an error that is no `QueryError`."),
    "read-only": .init(
      "a statement writes where only reading is allowed",
      occasion: "Raised by `Graph.query` and by `QueryOptions.isReadOnly`."),
    "transaction-open": .init(
      "a statement writes to a database from inside a write of that database",
      occasion: "Raised by `Database.query` in the closure of `Database.write`, which has a transaction for that."),
    "deadline-exceeded": .init("the query took longer than it may", occasion: "Raised by `QueryOptions.timeout`."),
    "cancelled": .init(
      "the query was stopped", occasion: "Raised by `CancellationToken.cancel()`, and by Ctrl-C in the shell."),
    "row-limit-exceeded": .init("more rows than are allowed", occasion: "Raised by `QueryOptions.rowLimit`."),
    "statement-too-long": .init(
      "a statement of more clauses, or a plan of more operators, than the engine goes through",
      occasion: "Raised by more than \(Engine.maximumClauses) clauses."),
    "file-unreadable": .init(
      "a file or directory that cannot be opened or read", occasion: "Raised by `Database.open`."),
    "invalid-file": .init(
      "a file whose content is not what its format asks for",
      occasion: "Raised by `Database.open`; the message has file, line and column."),
    "decoding": .init(
      "a row does not fit the Swift type it is read as", occasion: "Raised by `row[\"name\"]` and `decode(_:)`."),
  ]

  private static let warningExplanations: [String: Explanation] = [
    "unknown-label": .init("a label that no node of the graph has", "MATCH (s:Stat) RETURN s"),
    "unknown-relationship-type": .init(
      "a type that no relationship of the graph has", "MATCH ()-[r:MEMBERS_OF]->() RETURN r"),
    "unknown-property-key": .init("a property that nothing in the graph has", "MATCH (s:State) RETURN count(s.nmae)"),
    "cartesian-product": .init(
      "parts of one MATCH that share nothing, so that every pair of rows is made",
      "MATCH (a:Person), (b:Topic) RETURN count(*)"),
  ]
}
