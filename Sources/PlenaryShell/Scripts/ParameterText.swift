/// What the text after `-p name=` means.
///
/// Numbers, `true`, `false`, `null`, quoted strings, lists, maps and calls of the temporal functions are what they are
/// in a query. Anything else is a string as it stands, so `-p name=Brunei` and `-p day=2024-05-01` need no second pair
/// of quotes and mean no subtraction. A string that looks like a literal is written as one: `-p code="'42'"`.
enum ParameterText: Equatable {
  /// An expression of the language, for the engine to evaluate.
  case expression(String)
  /// The text itself.
  case string(String)

  init(_ text: String) {
    self = Self.isLiteral(text) ? .expression(text) : .string(text)
  }

  private static let constructors = [
    "date", "time", "localtime", "datetime", "localdatetime", "duration", "datetime.fromepoch",
    "datetime.fromepochmillis",
  ]

  private static func isLiteral(_ text: String) -> Bool {
    switch text.utf8.first {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"): return true
    default: break
    }
    let lowercased = text.lowercased()
    if ["true", "false", "null"].contains(lowercased) { return true }
    if text.hasSuffix(")"), let open = text.firstIndex(of: "(") {
      return constructors.contains(lowercased[..<open].trimmingSpaces())
    }
    return isNumber(text)
  }

  // The numbers of openCypher 9: decimal, hexadecimal and octal integers, decimal floats, each with a minus sign or none.
  private static func isNumber(_ text: String) -> Bool {
    var digits = Substring(text)
    if digits.first == "-" { digits = digits.dropFirst() }
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      return digits.count > 2 && digits.dropFirst(2).allSatisfy { $0.isASCII && $0.isHexDigit }
    }
    if digits.hasPrefix("0o") {
      return digits.count > 2 && digits.dropFirst(2).allSatisfy { ("0"..."7").contains($0) }
    }
    guard let first = digits.first, first == "." || isDigit(first) else { return false }
    let mantissa = digits.prefix { $0 != "e" && $0 != "E" }
    let exponent = digits.dropFirst(mantissa.count).dropFirst()
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy(isDigit) }), parts.last?.isEmpty == false else {
      return false
    }
    // Leading zeros, as in postal codes, belong to strings: a number would lose them.
    if parts[0].count > 1, parts[0].first == "0" { return false }
    if mantissa.count == digits.count { return true }
    let power = exponent.first == "-" || exponent.first == "+" ? exponent.dropFirst() : exponent
    return !power.isEmpty && power.allSatisfy(isDigit)
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

extension StringProtocol {
  /// The text without white space at its ends.
  func trimmingSpaces() -> String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
