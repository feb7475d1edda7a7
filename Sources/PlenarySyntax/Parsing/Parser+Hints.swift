/// What to say to people who make known mistakes.
extension Parser {
  /// A hint that depends only on the unexpected token and its neighbours.
  func hintForUnexpectedToken() -> String? {
    switch kind {
    case .equal where index > 0 && tokens[index - 1].kind == .equal:
      return "write `=` for equality"
    case .fatArrow:
      return "write `>=` to compare, or `->` in a pattern"
    case .identifier:
      return hintForForeignWord(text(of: current).uppercased())
    case .unusualDash, .leftArrowHead, .rightArrowHead:
      return "this character is a dash or an arrowhead of relationship patterns only"
    default:
      return nil
    }
  }

  /// Words of SQL and of other dialects, and what stands for them here.
  func hintForForeignWord(_ word: String) -> String? {
    switch word {
    case "SELECT": "a query begins with what to find and ends with what to show: `MATCH (n) RETURN n`"
    case "FROM": "what to find is a pattern: `MATCH (n:Label) RETURN n`"
    case "INSERT": "write `CREATE (n:Label {key: value})`"
    case "UPDATE": "write `MATCH (n) SET n.key = value`"
    case "GROUP": "RETURN and WITH group by the columns that are not aggregated"
    case "HAVING": "aggregate in WITH and filter with the WHERE after it"
    case "JOIN": "joins are patterns: `MATCH (a)-[:TYPE]->(b)`"
    case "LIKE": "write `=~ 'regular expression'`, STARTS WITH, ENDS WITH or CONTAINS"
    case "BETWEEN": "write `low <= value <= high`"
    case "FOREACH": "write `UNWIND list AS x` and the updates after it"
    case "ISNULL": "write `IS NULL`"
    case "TRUNCATE": "write `MATCH (n) DETACH DELETE n`"
    default: nil
    }
  }

  /// `did you mean ...?` when the token at hand is a misspelt word of a few.
  func hintForMisspelling(among kinds: [TokenKind]) -> String? {
    misspeltKeyword(among: kinds).map { "did you mean `\($0.spelling)`?" }
  }

  /// The keyword that the name at hand was probably meant to be.
  func misspeltKeyword(among kinds: [TokenKind]) -> TokenKind? {
    guard kind == .identifier, current.end - current.start >= 3, current.end - current.start <= 20 else { return nil }
    let word = text(of: current)
    let limit = word.utf8.count <= 3 ? 1 : 2
    var best: (kind: TokenKind, distance: Int)?
    for kind in kinds where kind.spelling.utf8.count > 2 {
      guard let distance = Suggestion.distance(word, kind.spelling, limit: limit) else { continue }
      if distance < best?.distance ?? .max { best = (kind, distance) }
    }
    return best?.kind
  }

  /// What to write for a reserved word that was meant as a name.
  func hintForReservedName() -> String? {
    guard kind.isReserved else { return nil }
    // Only where it stands as a name would: a clause may simply have begun too early.
    switch peek() {
    case .rightParenthesis, .rightBracket, .colon, .comma, .dot, .leftBrace, .equal, .end, .semicolon, .return: break
    default: return nil
    }
    let word = text(of: current)
    return "`\(word)` is a reserved word; quote it to use it as a name: `` `\(word)` ``"
  }
}
