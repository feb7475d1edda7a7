/// What a token is.
///
/// Every keyword is a kind of its own, so the parser never compares text. Signs are lexed one by one where a pattern
/// and an expression would read a longer run differently: `a<-1` is a comparison and `(a)<--(b)` a pattern, and only
/// the parser knows which it reads, so `<`, `-` and `>` stay apart. What is never ambiguous is one token: `<=`, `>=`,
/// `<>`, `+=`, `=~`, `..`.
enum TokenKind: UInt8, CaseIterable, Sendable {
  /// The end of the text; always the last token.
  case end
  /// A character, or a run of them, that begins no token; the lexer has said so.
  case invalid
  case identifier, quotedName, parameter, integer, float, string

  // Brackets and separators.
  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, semicolon, colon, dot, dotDot

  // Operators.
  case bar, ampersand, exclamation, percent, plus, minus, star, slash, caret
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, plusEqual, regularExpression
  /// Unicode characters that openCypher 9 accepts for `-`, `<` and `>` in relationship patterns, and nowhere else.
  case unusualDash, leftArrowHead, rightArrowHead
  /// Operators of other languages; read as what they mean there, with an error.
  case doubleEqual, exclamationEqual, doubleAmpersand, doubleBar, fatArrow

  // Reserved words: names only in quotes, or where a label, type or property key stands.
  case add, all, and, `as`, asc, ascending, by, `case`, constraint, contains, create, delete, desc, descending, detach
  case distinct, `do`, drop, `else`, ends, endKeyword, exists, `false`, `for`, `in`, `is`, limit, mandatory, match,
    merge
  case not, null, of, on, optional, or, order, remove, require, `return`, scalar, set, skip, starts, then, `true`, union
  case unique, unwind, when, `where`, with, xor

  // Words with a meaning in some places, names everywhere else.
  case allShortestPaths, any, call, collect, constraints, count, explain, extract, filter, `if`, index, indexes, none,
    profile
  case reduce, shortestPath, show, single, yield
}

extension TokenKind {
  static let firstKeyword = TokenKind.add
  static let firstUnreservedKeyword = TokenKind.allShortestPaths

  /// Whether the token is a keyword of either sort.
  var isKeyword: Bool { rawValue >= TokenKind.firstKeyword.rawValue }

  /// Whether the token is a word that cannot be a variable without quotes.
  var isReserved: Bool { isKeyword && rawValue < TokenKind.firstUnreservedKeyword.rawValue }

  /// Whether the token can be a variable (openCypher 9, SymbolicName).
  var isSymbolicName: Bool {
    self == .identifier || self == .quotedName || rawValue >= TokenKind.firstUnreservedKeyword.rawValue
  }

  /// Whether the token can be a label, relationship type or property key (openCypher 9, SchemaName).
  var isSchemaName: Bool { self == .identifier || self == .quotedName || isKeyword }

  /// Whether a clause begins with this token.
  var beginsClause: Bool {
    switch self {
    case .match, .optional, .unwind, .with, .return, .create, .merge, .set, .remove, .delete, .detach, .call: true
    default: false
    }
  }

  /// The bracket that closes this one, when this one opens.
  var closingBracket: TokenKind? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    default: nil
    }
  }

  /// The token's text: a keyword in upper case, a sign as it is, empty for names and literals.
  var spelling: String {
    switch self {
    case .end, .invalid, .identifier, .quotedName, .parameter, .integer, .float, .string, .unusualDash, .leftArrowHead,
      .rightArrowHead:
      ""
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .comma: ","
    case .semicolon: ";"
    case .colon: ":"
    case .dot: "."
    case .dotDot: ".."
    case .bar: "|"
    case .ampersand: "&"
    case .exclamation: "!"
    case .percent: "%"
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .caret: "^"
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .plusEqual: "+="
    case .regularExpression: "=~"
    case .doubleEqual: "=="
    case .exclamationEqual: "!="
    case .doubleAmpersand: "&&"
    case .doubleBar: "||"
    case .fatArrow: "=>"
    case .endKeyword: "END"
    case .allShortestPaths: "allShortestPaths"
    case .shortestPath: "shortestPath"
    case .add: "ADD"
    case .all: "ALL"
    case .and: "AND"
    case .as: "AS"
    case .asc: "ASC"
    case .ascending: "ASCENDING"
    case .by: "BY"
    case .case: "CASE"
    case .constraint: "CONSTRAINT"
    case .constraints: "CONSTRAINTS"
    case .contains: "CONTAINS"
    case .create: "CREATE"
    case .delete: "DELETE"
    case .desc: "DESC"
    case .descending: "DESCENDING"
    case .detach: "DETACH"
    case .distinct: "DISTINCT"
    case .do: "DO"
    case .drop: "DROP"
    case .else: "ELSE"
    case .ends: "ENDS"
    case .exists: "EXISTS"
    case .false: "FALSE"
    case .for: "FOR"
    case .in: "IN"
    case .is: "IS"
    case .limit: "LIMIT"
    case .mandatory: "MANDATORY"
    case .match: "MATCH"
    case .merge: "MERGE"
    case .not: "NOT"
    case .null: "NULL"
    case .of: "OF"
    case .on: "ON"
    case .optional: "OPTIONAL"
    case .or: "OR"
    case .order: "ORDER"
    case .remove: "REMOVE"
    case .require: "REQUIRE"
    case .return: "RETURN"
    case .scalar: "SCALAR"
    case .set: "SET"
    case .skip: "SKIP"
    case .starts: "STARTS"
    case .then: "THEN"
    case .true: "TRUE"
    case .union: "UNION"
    case .unique: "UNIQUE"
    case .unwind: "UNWIND"
    case .when: "WHEN"
    case .where: "WHERE"
    case .with: "WITH"
    case .xor: "XOR"
    case .any: "ANY"
    case .call: "CALL"
    case .collect: "COLLECT"
    case .count: "COUNT"
    case .explain: "EXPLAIN"
    case .extract: "EXTRACT"
    case .filter: "FILTER"
    case .if: "IF"
    case .index: "INDEX"
    case .indexes: "INDEXES"
    case .none: "NONE"
    case .profile: "PROFILE"
    case .reduce: "REDUCE"
    case .show: "SHOW"
    case .single: "SINGLE"
    case .yield: "YIELD"
    }
  }
}

/// A set of token kinds, as bits.
struct TokenSet: Sendable, Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(_ kinds: [TokenKind]) {
    for kind in kinds { insert(kind) }
  }

  mutating func insert(_ kind: TokenKind) {
    if kind.rawValue < 64 { low |= 1 << UInt64(kind.rawValue) } else { high |= 1 << UInt64(kind.rawValue - 64) }
  }

  mutating func formUnion(_ other: TokenSet) {
    low |= other.low
    high |= other.high
  }

  func contains(_ kind: TokenKind) -> Bool {
    kind.rawValue < 64 ? low & (1 << UInt64(kind.rawValue)) != 0 : high & (1 << UInt64(kind.rawValue - 64)) != 0
  }

  var kinds: [TokenKind] { TokenKind.allCases.filter(contains) }
}
