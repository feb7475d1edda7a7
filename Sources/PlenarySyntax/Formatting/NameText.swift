/// Names as queries write them.
package enum NameText {
  /// A name, in backquotes unless it can stand without. O(bytes).
  ///
  /// - Parameter allowsReserved: whether reserved words may stand there, as they may for labels, types and keys.
  package static func of(_ name: String, allowsReserved: Bool = true) -> String {
    isPlain(name, allowsReserved) ? name : quoted(name)
  }

  /// A name in backquotes; one inside it is written twice.
  static func quoted(_ name: String) -> String {
    var result = "`"
    for scalar in name.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "`" { result += "`" }
    }
    return result + "`"
  }

  private static func isPlain(_ name: String, _ allowsReserved: Bool) -> Bool {
    var name = name
    return name.withUTF8 { bytes in
      // Most names need no lexer to tell.
      if allowsReserved, let first = bytes.first, !Characters.isDigit(first),
        bytes.allSatisfy({ Characters.isLetter($0) || Characters.isDigit($0) || $0 == UInt8(ascii: "_") })
      {
        return true
      }
      var lexer = Lexer(bytes)
      lexer.lex()
      guard lexer.tokens.count == 2, lexer.tokens[0].start == 0, Int(lexer.tokens[0].end) == bytes.count else {
        return false
      }
      let kind = lexer.tokens[0].kind
      return kind == .identifier || (kind.isKeyword && (allowsReserved || !kind.isReserved))
    }
  }
}
