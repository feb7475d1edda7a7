/// The words that the shell shows as keywords.
enum Keywords {
  /// In upper case.
  static let all: Set<String> = [
    "ALL", "AND", "ANY", "AS", "ASC", "ASCENDING", "BY", "CALL", "CASE", "CONTAINS", "CREATE", "DELETE", "DESC",
    "DESCENDING", "DETACH", "DISTINCT", "DROP", "ELSE", "END", "ENDS", "EXISTS", "EXPLAIN", "FALSE", "FOR", "IF", "IN",
    "INDEX", "INDEXES", "IS", "LIMIT", "MATCH", "MERGE", "NONE", "NOT", "NULL", "ON", "OPTIONAL", "OR", "ORDER",
    "PROFILE", "REMOVE", "RETURN", "SET", "SHOW", "SINGLE", "SKIP", "STARTS", "THEN", "TRUE", "UNION", "UNWIND", "WHEN",
    "WHERE", "WITH", "XOR", "YIELD",
  ]
}
