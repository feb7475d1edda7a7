extension Lexer {
  /// Reads `12`, `0xFF`, `0o17`, `1.5`, `.5`, `1e9`.
  ///
  /// A dot belongs to the number only before a digit, so `1..3` is a range and `1.abs` a lookup. Whether an integer
  /// fits 64 bits is the parser's to say, because that depends on the sign before it.
  mutating func lexNumber() {
    let start = position
    var isFloat = false
    var isBased = false
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") || peek(1) | 0x20 == UInt8(ascii: "o") {
      isBased = true
      position += 2
    } else {
      skipDigits()
      if peek() == UInt8(ascii: "."), Characters.isDigit(peek(1)) {
        isFloat = true
        position += 1
        skipDigits()
      }
      if peek() | 0x20 == UInt8(ascii: "e") {
        let signed = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
        if Characters.isDigit(peek(signed ? 2 : 1)) {
          isFloat = true
          position += signed ? 2 : 1
          skipDigits()
        }
      }
    }
    let digitsEnd = position
    skipNamePart()
    let kind: TokenKind = isFloat ? .float : .integer
    if let problem = isBased ? basedProblem(from: start) : decimalProblem(from: start, to: digitsEnd, isFloat) {
      report(.invalidNumber, problem.message, from: start, to: position, hint: problem.hint)
      append(kind, from: start, flags: .malformed)
    } else {
      append(kind, from: start)
    }
  }

  private mutating func skipDigits() {
    while Characters.isDigit(peek()) { position += 1 }
  }

  private func decimalProblem(from start: Int, to digitsEnd: Int, _ isFloat: Bool) -> (message: String, hint: String?)?
  {
    if position > digitsEnd {
      let shown = excerpt(from: start)
      if bytes[digitsEnd] == UInt8(ascii: "_") {
        return ("invalid number `\(shown)`", "write the digits without `_`")
      }
      return ("invalid number `\(shown)`", "a name cannot begin with a digit; quote it as `` `\(shown)` ``")
    }
    if !isFloat, position - start > 1, bytes[start] == UInt8(ascii: "0") {
      let rest = excerpt(from: start + 1)
      return ("invalid number `\(excerpt(from: start))`", "octal numbers begin with `0o`, as in `0o\(rest)`")
    }
    return nil
  }

  private func basedProblem(from start: Int) -> (message: String, hint: String?)? {
    let isHex = bytes[start + 1] | 0x20 == UInt8(ascii: "x")
    if position == start + 2 {
      return ("invalid number `\(excerpt(from: start))`, expected digits after it", nil)
    }
    for index in (start + 2)..<position {
      guard let value = Characters.hexValue(bytes[index]), isHex || value < 8 else {
        let name = isHex ? "a hexadecimal" : "an octal"
        let (scalar, _) = Characters.scalar(in: bytes, at: index)
        return ("invalid number `\(excerpt(from: start))`, `\(scalar)` is not \(name) digit", nil)
      }
    }
    return nil
  }

  /// The text up to the current position, shortened in the middle when it is long.
  private func excerpt(from start: Int) -> String {
    position - start <= 40 ? text(from: start, to: position) : text(from: start, to: start + 36) + "…"
  }
}
