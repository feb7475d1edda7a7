import PlenarySyntax

/// A query text as a list of tokens, to be cut up and put together again.
struct QueryTokens {
  struct Token {
    var text: String
    var tokenClass: ClassifiedToken.Class

    /// The text of a keyword, in upper case; nothing for other tokens.
    var keyword: String { tokenClass == .keyword ? text.uppercased() : "" }
  }

  var tokens: [Token]

  init(_ tokens: some Sequence<Token>) { self.tokens = Array(tokens) }

  /// The tokens of a text, without comments.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    tokens = Lexer.tokens(text).compactMap { token in
      guard token.tokenClass != .comment else { return nil }
      let range = Int(token.range.start)..<Int(token.range.end)
      return Token(text: String(decoding: bytes[range], as: UTF8.self), tokenClass: token.tokenClass)
    }
  }

  /// The text, with a space wherever two tokens would run together.
  var text: String {
    var text = ""
    var last: ClassifiedToken.Class?
    for token in tokens {
      if let last, last != .punctuation, token.tokenClass != .punctuation { text += " " }
      text += token.text
      last = token.tokenClass
    }
    return text
  }

  // MARK: Parts

  /// From each opening bracket to its closing one.
  var groups: [Range<Int>] {
    var open: [Int] = []
    var result: [Range<Int>] = []
    for (index, token) in tokens.enumerated() where token.tokenClass == .punctuation {
      switch token.text {
      case "(", "[", "{": open.append(index)
      case ")", "]", "}": if let start = open.popLast() { result.append(start..<index + 1) }
      default: break
      }
    }
    return result
  }

  /// The clauses, those of subqueries included: from a keyword to the next clause, closing bracket or semicolon.
  var clauses: [Range<Int>] {
    var depth = 0
    var open: [(start: Int, depth: Int)] = []
    var result: [Range<Int>] = []
    func close(before index: Int, from depth: Int) {
      while let last = open.last, last.depth >= depth {
        result.append(last.start..<index)
        open.removeLast()
      }
    }
    var previous = ""
    for (index, token) in tokens.enumerated() {
      switch token.text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        close(before: index, from: depth)
        depth -= 1
      case ";": close(before: index, from: depth)
      default:
        let word = token.keyword
        // These are the second words of OPTIONAL MATCH, ON CREATE SET and the like.
        let isSecond = ["OPTIONAL", "ON", "DETACH", "STARTS", "ENDS", "IS"].contains(previous)
        guard Self.clauseWords.contains(word), !isSecond else { break }
        close(before: index, from: depth)
        open.append((index, depth))
      }
      previous = token.keyword
    }
    close(before: tokens.count, from: .min)
    return result
  }

  private static let clauseWords: Set<String> = [
    "MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "CALL",
    "UNION", "WHERE", "ORDER", "SKIP", "LIMIT", "ON", "YIELD", "EXPLAIN", "PROFILE",
  ]

  /// What an expression may stand for: names, literals and parameters by themselves.
  var operands: [Int] {
    tokens.indices.filter { [.name, .number, .string, .parameter].contains(tokens[$0].tokenClass) }
  }

  /// The names that are not labels or functions.
  var names: [String] { tokens.filter { $0.tokenClass == .name }.map(\.text) }

  mutating func replace(_ range: Range<Int>, with other: some Collection<Token>) {
    tokens.replaceSubrange(range, with: other)
  }
}
