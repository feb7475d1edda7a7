extension RegularExpressionParser {
  /// What follows a backslash outside a class.
  mutating func parseEscape(from start: Int) throws(QueryError) -> RegularExpressionNode {
    switch peek {
    case "b": return try place(.wordBoundary)
    case "B": return try place(.noWordBoundary)
    case "A": return try place(.textStart)
    case "z": return try place(.textEnd)
    case "Z": return try place(.lastLineEnd)
    case "R":
      position += 1
      return .alternatives([
        .sequence([.characters(ScalarSet("\r")), .characters(ScalarSet("\n"))]), .characters(.verticalSpace),
      ])
    case "k", "1", "2", "3", "4", "5", "6", "7", "8", "9": throw unsupported("a back reference", at: start)
    case "G", "X": throw unsupported("\\\(String(scalars[position]))", at: start)
    default:
      if var set = try parseSetEscape(from: start) {
        set.ignoresCase = flags.ignoresCase
        return .characters(set)
      }
      return character(try parseCharacterEscape(from: start))
    }
  }

  private mutating func place(_ place: RegularExpressionNode.Place) throws(QueryError) -> RegularExpressionNode {
    position += 1
    return .place(place)
  }

  /// An escape that stands for several characters, such as `\d` or `\p{L}`; `nil` when it is another.
  mutating func parseSetEscape(from start: Int) throws(QueryError) -> ScalarSet? {
    let set: ScalarSet
    switch peek {
    case "d", "D": set = .digits
    case "w", "W": set = .wordCharacters
    case "s", "S": set = .whitespace
    case "h", "H": set = .horizontalSpace
    case "v", "V": set = .verticalSpace
    case "p", "P":
      let isNegated = peek == "P"
      position += 1
      return ScalarSet([.test(try parseProperty(from: start))], isNegated: isNegated)
    default: return nil
    }
    let isNegated = peek.map { ("A"..."Z").contains($0) } ?? false
    position += 1
    return ScalarSet(set.parts, isNegated: isNegated)
  }

  /// `{L}` or `L` after `\p`.
  private mutating func parseProperty(from start: Int) throws(QueryError) -> @Sendable (Unicode.Scalar) -> Bool {
    var name = ""
    if skip("{" as Unicode.Scalar) {
      while let next = peek, next != "}" {
        name.unicodeScalars.append(next)
        position += 1
      }
      guard skip("}" as Unicode.Scalar) else { throw failure("found \\p{ that is never closed", at: start) }
    } else {
      name.unicodeScalars.append(try take())
    }
    guard let property = UnicodeProperty.test(named: name) else {
      throw failure(
        "found the Unicode property '\(name)', which is not known", at: start,
        hint: "categories such as \\p{L} and \\p{Lu}, and properties such as \\p{IsAlphabetic}, are")
    }
    return property
  }

  /// An escape that stands for one character.
  mutating func parseCharacterEscape(from start: Int) throws(QueryError) -> Unicode.Scalar {
    let scalar = try take()
    switch scalar {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "f": return "\u{C}"
    case "a": return "\u{7}"
    case "e": return "\u{1B}"
    case "0": return try parseCode(radix: 8, digits: 1...3, from: start)
    case "u": return try parseCode(radix: 16, digits: 4...4, from: start)
    case "x":
      guard skip("{" as Unicode.Scalar) else { return try parseCode(radix: 16, digits: 2...2, from: start) }
      let code = try parseCode(radix: 16, digits: 1...6, from: start)
      guard skip("}" as Unicode.Scalar) else { throw failure("found \\x{ that is never closed", at: start) }
      return code
    default:
      // Letters and digits without a meaning are kept for one; everything else stands for itself.
      if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        throw failure("found the escape \\\(scalar), which has no meaning", at: start)
      }
      return scalar
    }
  }

  private mutating func parseCode(
    radix: UInt32, digits: ClosedRange<Int>, from start: Int
  ) throws(QueryError) -> Unicode.Scalar {
    var code: UInt32 = 0
    var count = 0
    while count < digits.upperBound, let next = peek, let digit = Character(next).hexDigitValue, digit < Int(radix) {
      code = code * radix + UInt32(digit)
      count += 1
      position += 1
    }
    guard count >= digits.lowerBound, let scalar = Unicode.Scalar(code) else {
      throw failure("found an escape that names no character", at: start)
    }
    return scalar
  }
}
