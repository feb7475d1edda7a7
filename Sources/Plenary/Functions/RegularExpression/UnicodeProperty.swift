/// The properties that `\p{...}` knows.
enum UnicodeProperty {
  /// The test of a property; `nil` when there is none of that name.
  ///
  /// A name is a general category (`L`, `Lu`, also `IsL` or `gc=L`), a binary property (`IsAlphabetic`), or a class of
  /// ASCII characters (`Alpha`).
  static func test(named name: String) -> (@Sendable (Unicode.Scalar) -> Bool)? {
    for prefix in ["gc=", "general_category=", "Is", ""] where name.hasPrefix(prefix) {
      if let categories = categories(named: String(name.dropFirst(prefix.count))) {
        return { categories.contains($0.properties.generalCategory) }
      }
    }
    return binary(named: name) ?? ascii(named: name)
  }

  private static func categories(named name: String) -> Set<Unicode.GeneralCategory>? {
    switch name {
    case "L": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
    case "LC": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
    case "Lu": [.uppercaseLetter]
    case "Ll": [.lowercaseLetter]
    case "Lt": [.titlecaseLetter]
    case "Lm": [.modifierLetter]
    case "Lo": [.otherLetter]
    case "M": [.nonspacingMark, .spacingMark, .enclosingMark]
    case "Mn": [.nonspacingMark]
    case "Mc": [.spacingMark]
    case "Me": [.enclosingMark]
    case "N": [.decimalNumber, .letterNumber, .otherNumber]
    case "Nd": [.decimalNumber]
    case "Nl": [.letterNumber]
    case "No": [.otherNumber]
    case "P":
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation,
      ]
    case "Pc": [.connectorPunctuation]
    case "Pd": [.dashPunctuation]
    case "Ps": [.openPunctuation]
    case "Pe": [.closePunctuation]
    case "Pi": [.initialPunctuation]
    case "Pf": [.finalPunctuation]
    case "Po": [.otherPunctuation]
    case "S": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
    case "Sm": [.mathSymbol]
    case "Sc": [.currencySymbol]
    case "Sk": [.modifierSymbol]
    case "So": [.otherSymbol]
    case "Z": [.spaceSeparator, .lineSeparator, .paragraphSeparator]
    case "Zs": [.spaceSeparator]
    case "Zl": [.lineSeparator]
    case "Zp": [.paragraphSeparator]
    case "C": [.control, .format, .surrogate, .privateUse, .unassigned]
    case "Cc": [.control]
    case "Cf": [.format]
    case "Co": [.privateUse]
    case "Cn": [.unassigned]
    default: nil
    }
  }

  private static func binary(named name: String) -> (@Sendable (Unicode.Scalar) -> Bool)? {
    switch name {
    case "IsAlphabetic": { $0.properties.isAlphabetic }
    case "IsLetter": { categories(named: "L")?.contains($0.properties.generalCategory) ?? false }
    case "IsDigit": { $0.properties.generalCategory == .decimalNumber }
    case "IsUppercase": { $0.properties.isUppercase }
    case "IsLowercase": { $0.properties.isLowercase }
    case "IsWhite_Space", "IsWhiteSpace": { $0.properties.isWhitespace }
    case "IsPunctuation": { categories(named: "P")?.contains($0.properties.generalCategory) ?? false }
    case "IsIdeographic": { $0.properties.isIdeographic }
    case "IsControl": { $0.properties.generalCategory == .control }
    case "IsHex_Digit", "IsHexDigit": { $0.properties.isHexDigit }
    case "IsEmoji": { $0.properties.isEmoji }
    case "IsAssigned": { $0.properties.generalCategory != .unassigned }
    default: nil
    }
  }

  /// The classes of POSIX; ASCII only, as where users know them from.
  private static func ascii(named name: String) -> (@Sendable (Unicode.Scalar) -> Bool)? {
    switch name {
    case "ASCII": { $0.isASCII }
    case "Lower": { ("a"..."z").contains($0) }
    case "Upper": { ("A"..."Z").contains($0) }
    case "Alpha": { isLetter($0) }
    case "Digit": { ("0"..."9").contains($0) }
    case "Alnum": { isLetter($0) || ("0"..."9").contains($0) }
    case "Punct": { isVisible($0) && !isLetter($0) && !("0"..."9").contains($0) }
    case "Graph": { isVisible($0) }
    case "Print": { isVisible($0) || $0 == " " }
    case "Blank": { $0 == " " || $0 == "\t" }
    case "Cntrl": { $0.value < 0x20 || $0.value == 0x7F }
    case "XDigit": { ("0"..."9").contains($0) || ("a"..."f").contains($0) || ("A"..."F").contains($0) }
    case "Space": { $0 == " " || (0x9...0xD).contains($0.value) }
    default: nil
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    (0x21...0x7E).contains(scalar.value)
  }
}
