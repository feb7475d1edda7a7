extension Reference {
  /// The clauses, in the order a query meets them, then whole statements.
  static let clauses: [ReferenceEntry] = readingClauses + projectionClauses + writingClauses + statements

  private static let readingClauses: [ReferenceEntry] = [
    clause(
      "MATCH", "MATCH pattern [, pattern]... [WHERE condition]",
      "finds every place in the graph that looks like the pattern",
      details: """
        Makes one row for each place and binds the variables of the pattern. A variable that is bound already
        stands for what it was bound to. Within one MATCH no relationship is used twice; nodes may be.
        """,
      """
      MATCH (host:State)-[:HOSTED]->(m:Meeting)
      WHERE m.city = 'Luang Prabang'
      RETURN host.name AS host, m.name AS meeting
      ORDER BY meeting
      """),
    clause(
      "OPTIONAL MATCH", aliases: ["OPTIONAL"], "OPTIONAL MATCH pattern [, pattern]... [WHERE condition]",
      "like MATCH, but keeps the row when nothing is found, with nulls for the new variables",
      details: "The WHERE belongs to the search: a row that fails it counts as not found, and is kept.",
      """
      MATCH (s:State:Observer)
      OPTIONAL MATCH (s)-[:HOSTED]->(m:Meeting)
      RETURN s.name AS state, m.name AS meeting
      """),
    clause(
      "WHERE", "WHERE condition", "keeps the rows for which the condition is true",
      details: "Rows for which it is false or null are dropped. It follows MATCH, WITH and YIELD.",
      """
      MATCH (s:State)
      WHERE s.name STARTS WITH 'M' AND s.capital IS NOT NULL
      RETURN s.name AS state, s.capital AS capital
      ORDER BY state
      """),
    clause(
      "UNWIND", "UNWIND list AS name", "makes one row of each element of a list",
      details: "An empty list or null makes no row.",
      """
      UNWIND [1, 2, 3] AS n
      RETURN n, n * n AS square
      """),
    clause(
      "CALL", "CALL procedure(argument, ...) [YIELD column [AS name], ... [WHERE condition]]",
      "runs a procedure and passes on its columns",
      details: """
        A CALL that is the whole statement may leave out the parentheses, and takes its arguments from the
        parameters of the same names. A procedure without columns passes on the rows it got.
        """,
      """
      CALL db.labels() YIELD label WHERE label STARTS WITH 'M'
      RETURN label ORDER BY label
      """),
    clause(
      "YIELD", "YIELD column [AS name], ... [WHERE condition]", "names the columns to take from a procedure",
      details: "A CALL that is the whole statement may write `YIELD *`.",
      """
      CALL db.relationshipTypes() YIELD relationshipType AS type
      RETURN count(type) AS types
      """),
    clause(
      "CALL { }", aliases: ["subquery"], "CALL { query }", "runs a query once for each row and joins its rows to it",
      details: """
        The query sees the variables of the row. It adds its columns, which need new names; without RETURN it is
        run for what it writes and the row goes on as it is.
        """,
      """
      UNWIND ['TH', 'VN'] AS code
      CALL {
        MATCH (s:State)-[:HOSTED]->(m:Meeting) WHERE s.isoAlpha2 = code
        RETURN m.name AS meeting ORDER BY m.startDate LIMIT 1
      }
      RETURN code, meeting
      """),
  ]

  private static let projectionClauses: [ReferenceEntry] = [
    clause(
      "WITH",
      "WITH [DISTINCT] * | expression [AS name], ... [ORDER BY ...] [SKIP n] [LIMIT n] [WHERE condition]",
      "passes on columns to the next clause; only what it names stays in scope",
      details: """
        Everything but a plain variable needs a name. Aggregating functions group rows by the columns without
        them. WHERE comes last and tests what comes out.
        """,
      """
      MATCH (s:State)-[:HOSTED]->(m:Meeting)
      WITH s, count(m) AS meetings
      WHERE meetings > 10
      RETURN s.name AS state, meetings
      ORDER BY meetings DESC, state
      """),
    clause(
      "RETURN", "RETURN [DISTINCT] * | expression [AS name], ... [ORDER BY ...] [SKIP n] [LIMIT n]",
      "ends a query with the columns of its result",
      details: """
        A column without a name is called as it is written. Aggregating functions group rows by the columns
        without them; when every column aggregates there is one row, even of no rows. `*` stands for every
        variable in scope.
        """,
      """
      MATCH (m:Meeting)
      RETURN m.mode AS mode, count(*) AS meetings
      ORDER BY meetings DESC
      """),
    clause(
      "DISTINCT", "RETURN DISTINCT ..., WITH DISTINCT ..., function(DISTINCT value)",
      "makes equal rows, or equal values inside an aggregating function, one",
      details: "Here null equals null, and 1 equals 1.0.",
      """
      UNWIND [1, 1.0, null, null, 'a'] AS x
      RETURN DISTINCT x
      """),
    clause(
      "ORDER BY", aliases: ["ORDER", "ASC", "ASCENDING", "DESC", "DESCENDING"],
      "ORDER BY expression [ASC | DESC], ...", "sorts rows",
      details: """
        Follows the columns of RETURN or WITH. It sees their names, and what they were made of unless rows were
        grouped or made distinct. Null comes last, with DESC first. Values of different types have an order too:
        see [Order](expressions.md#order).
        """,
      """
      UNWIND [3, null, 1, 2] AS n
      RETURN n ORDER BY n DESC
      """),
    clause(
      "SKIP", "SKIP n", "leaves out the first n rows",
      details: "`n` is an integer of 0 or more, and may use parameters and functions but no variables.",
      """
      UNWIND range(1, 5) AS n
      RETURN n ORDER BY n SKIP 3
      """),
    clause(
      "LIMIT", "LIMIT n", "keeps n rows at most",
      details: """
        `n` is as in SKIP. A query that writes still writes all: LIMIT cuts the rows, not the work before.
        """,
      """
      MATCH (s:State) RETURN s.name AS state ORDER BY state LIMIT 3
      """),
    clause(
      "UNION", aliases: ["UNION ALL"], "query UNION [ALL] query", "puts the rows of two queries together",
      details: """
        Both have columns of the same names in the same order. Without ALL equal rows become one. A query uses
        either UNION or UNION ALL throughout.
        """,
      """
      RETURN 1 AS n UNION ALL RETURN 2 AS n UNION ALL RETURN 1 AS n
      """),
  ]

  private static let writingClauses: [ReferenceEntry] = [
    clause(
      "CREATE", "CREATE pattern [, pattern]...", "makes the nodes and relationships of the pattern, for each row",
      details: """
        Bound variables stand for what exists already. A new relationship has one type and a direction. A property
        of null is not set.
        """,
      empty: """
        CREATE (a:Person {name: 'An'})-[r:KNOWS {since: date('2024-08-07')}]->(:Person {name: 'Binh'})
        RETURN a, type(r) AS type
        """),
    clause(
      "MERGE", aliases: ["ON CREATE", "ON MATCH"],
      "MERGE pattern [ON CREATE SET ...] [ON MATCH SET ...]",
      "finds the pattern, or creates it whole when it is not there",
      details: """
        It looks for each row anew, so it finds what it made for an earlier row. Bind the nodes first to make only
        the relationship. Without a direction, either direction is a match. Properties in the pattern must not be
        null.
        """,
      empty: """
        UNWIND ['a', 'b', 'a'] AS key
        MERGE (n:Word {key: key})
        ON CREATE SET n.count = 1
        ON MATCH SET n.count = n.count + 1
        RETURN DISTINCT n.key AS key, n.count AS count ORDER BY key
        """),
    clause(
      "SET", "SET n.key = value, n = map, n += map, n:Label, ...", "changes properties and adds labels",
      details: """
        `n = map` replaces all properties, `n += map` only those of the map. A node or relationship in place of the
        map gives its properties. Null removes a property. On null SET does nothing.
        """,
      empty: """
        CREATE (n:Draft {title: 'Plan', pages: 3});
        MATCH (n:Draft) SET n:Document, n += {pages: null, year: 2025}
        RETURN n
        """),
    clause(
      "REMOVE", "REMOVE n.key, n:Label, ...", "takes properties off nodes and relationships, and labels off nodes",
      empty: """
        CREATE (:Document:Draft {title: 'Plan', pages: 3});
        MATCH (n:Document) REMOVE n:Draft, n.pages
        RETURN n
        """),
    clause(
      "DELETE", "DELETE expression, ...", "deletes nodes, relationships, and all that is on a path",
      details: """
        A node that still has relationships at the end of the statement is an error; delete them too, or use
        DETACH DELETE. What is deleted can still be passed on, but its labels and properties cannot be read.
        """,
      """
      MATCH (:State {isoAlpha2: 'KH'})-[r:HOSTED]->()
      DELETE r
      """,
      empty: """
        CREATE (:A)-[:T]->(:B);
        MATCH (a:A)-[r]->() DELETE r, a
        """),
    clause(
      "DETACH DELETE", aliases: ["DETACH"], "DETACH DELETE expression, ...",
      "deletes nodes together with their relationships",
      empty: """
        CREATE (:A)-[:T]->(:B);
        MATCH (a:A) DETACH DELETE a
        """),
  ]

  private static let statements: [ReferenceEntry] = [
    clause(
      "EXPLAIN", "EXPLAIN statement", "shows the plan of a statement without running it",
      details: """
        Read it from the bottom: every operator gets its rows from those indented below it. A scan that is `testing`
        something makes comparisons of the filter above it, and has only the rows that pass.
        """,
      """
      EXPLAIN MATCH (s:State) WHERE s.name = 'Malaysia' RETURN s.capital
      """),
    clause(
      "PROFILE", "PROFILE statement",
      "runs a statement and shows its plan with the rows, the memory and the time of each operator",
      """
      PROFILE UNWIND [1, 2, 3] AS n RETURN sum(n)
      """),
    clause(
      "CREATE INDEX", "CREATE INDEX [name] [IF NOT EXISTS] FOR (n:Label) ON (n.key)",
      "makes an index, so that nodes of a label are found by a property without reading them all",
      details: "Answers do not depend on indexes.",
      """
      CREATE INDEX state_code FOR (s:State) ON (s.isoAlpha2)
      """),
    clause(
      "DROP INDEX", "DROP INDEX name [IF EXISTS]", "removes an index",
      """
      CREATE INDEX state_code FOR (s:State) ON (s.isoAlpha2);
      DROP INDEX state_code
      """),
    clause(
      "SHOW INDEXES", aliases: ["SHOW INDEX", "SHOW"], "SHOW INDEXES", "lists the indexes",
      """
      CREATE INDEX state_code FOR (s:State) ON (s.isoAlpha2);
      SHOW INDEXES
      """),
    clause(
      "CREATE CONSTRAINT", aliases: ["CONSTRAINT", "UNIQUE"],
      "CREATE CONSTRAINT [name] [IF NOT EXISTS] FOR (n:Label) REQUIRE n.key IS UNIQUE",
      "asks that no two nodes of a label have equal values of a property",
      details: """
        Fails if two nodes have. From then on a clause that would leave two such nodes fails, and with it its \
        statement, which changes nothing. Nodes without the property are not compared; `1` and `1.0` are equal.

        The graph is checked when a clause has done its work on all rows: one SET may exchange the values of two \
        nodes, but of two clauses the first must not leave equal values for the second to mend. MERGE is checked row \
        by row where its pattern has more than one node, or where it has ON CREATE or ON MATCH.

        The constraint brings an index of its name, or is served by the one that is there on the label and property.
        """,
      """
      CREATE CONSTRAINT state_code FOR (s:State) REQUIRE s.isoAlpha2 IS UNIQUE
      """),
    clause(
      "DROP CONSTRAINT", "DROP CONSTRAINT name [IF EXISTS]",
      "removes a constraint, and its index if that was made for it",
      """
      CREATE CONSTRAINT state_code FOR (s:State) REQUIRE s.isoAlpha2 IS UNIQUE;
      DROP CONSTRAINT state_code
      """),
    clause(
      "SHOW CONSTRAINTS", aliases: ["SHOW CONSTRAINT"], "SHOW CONSTRAINTS", "lists the constraints",
      """
      CREATE CONSTRAINT state_code FOR (s:State) REQUIRE s.isoAlpha2 IS UNIQUE;
      SHOW CONSTRAINTS
      """),
  ]

  private static func clause(
    _ name: String, aliases: [String] = [], _ signature: String, _ summary: String, details: String = "",
    _ scripts: String..., empty: String? = nil
  ) -> ReferenceEntry {
    ReferenceEntry(
      name: name, aliases: aliases, kind: .clause, signature: signature, summary: summary, details: details,
      examples: scripts.map { ReferenceExample($0) }
        + (empty.map { [ReferenceExample($0, startsEmpty: true)] } ?? []))
  }
}
