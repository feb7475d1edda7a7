extension Reference {
  /// The forms of patterns, from the node to the search for a shortest path.
  static let patterns: [ReferenceEntry] = [
    pattern(
      "node pattern", aliases: ["node"], "([variable] [:labels] [{key: value, ...}] [WHERE condition])",
      "a node, with any part left out that does not matter",
      details: "A condition inside the parentheses is the same as one in the WHERE of the clause.",
      """
      MATCH (s:State {isoAlpha2: 'MY'})
      RETURN s.name AS state, s.capital AS capital
      """),
    pattern(
      "label expression", aliases: ["labels"], ":A:B, :A&B, :A|B, :!A, :%, :(A|B)&!C",
      "which labels a node has: and, or, not, any at all",
      details: """
        `:A:B` is openCypher's form of `:A&B`. `!` binds tightest, then `&` and `:`, then `|`. For relationship
        types `|`, `!`, `%` and parentheses are allowed, and the older `:A|:B`.
        """,
      """
      MATCH (s:State&!Member&!Partner)
      RETURN s.name AS state
      """),
    pattern(
      "relationship pattern", aliases: ["relationship"],
      "-[[variable] [:types] [*length] [{key: value, ...}] [WHERE condition]]->",
      "a relationship between the nodes beside it: `-->` to the right, `<--` to the left, `--` either way",
      """
      MATCH (s:State)-[r:OBSERVER_OF]->(b:Body)
      RETURN s.name AS state, r.since AS since, b.shortName AS body
      ORDER BY since
      """),
    pattern(
      "path variable", aliases: ["path pattern"], "variable = pattern", "names the whole path",
      details: "See `nodes()`, `relationships()` and `length()`.",
      """
      MATCH p = (:Body {shortName: 'ACCSM'})-[:REPORTS_TO]->()
      RETURN length(p) AS length, [n IN nodes(p) | n.name] AS names
      """),
    pattern(
      "variable length", aliases: ["variable-length relationship"], "-[:T*]->, *2, *1..3, *..3, *2..",
      "so many relationships in a row",
      details: """
        Without bounds one or more; a missing lower bound is 1. The variable is the list of the relationships, and
        types, properties and WHERE are asked of each. No relationship is used twice, so even `*` comes to an end.
        `*0..` also finds the node itself.
        """,
      """
      MATCH (:Body {shortName: 'ACCSM'})-[path:REPORTS_TO*]->(b:Body)
      RETURN b.name AS body, size(path) AS steps
      ORDER BY steps
      """),
    pattern(
      "shortestPath", aliases: ["allShortestPaths"],
      "shortestPath((a)-[:T*]-(b)), allShortestPaths((a)-[:T*]-(b))",
      "one path with the fewest relationships, or all of them",
      details: """
        The pattern has one relationship pattern, whose least length is 0 or 1. In MATCH no path means no row; as
        an expression it is null, or an empty list for `allShortestPaths`. Types, properties and greatest length in
        the pattern say which relationships the search may take. A WHERE chooses among the paths it has found: no
        longer path is searched for when one of those does not pass.
        """,
      """
      MATCH (a:State {isoAlpha2: 'TL'}), (b:State {isoAlpha2: 'JP'}),
        p = shortestPath((a)-[:MEMBER_OF|OBSERVER_OF|DIALOGUE_PARTNER_OF*]-(b))
      RETURN [n IN nodes(p) | coalesce(n.shortName, n.name)] AS names
      """),
    pattern(
      "pattern predicate", "(a)-[:T]->(b) as a condition", "true when the pattern is there at least once",
      details: "It binds no variables, and stands where a condition stands. `exists((a)-->(b))` is the same.",
      """
      MATCH (s:State:Member)
      WHERE NOT (s)-[:HOSTED]->(:Meeting)
      RETURN s.name AS state
      """),
  ]

  private static func pattern(
    _ name: String, aliases: [String] = [], _ signature: String, _ summary: String, details: String = "",
    _ scripts: String...
  ) -> ReferenceEntry {
    ReferenceEntry(
      name: name, aliases: aliases, kind: .pattern, signature: signature, summary: summary, details: details,
      examples: scripts.map { ReferenceExample($0) })
  }
}
