/// The sets of characters that `lexical.bnf` describes in prose.
///
/// The prose is part of the key: whoever changes it there is led here by a failing test.
struct CharacterSets {
  /// A set: its prose, its members, and a few of them for generated sentences.
  struct Entry {
    let prose: String
    let samples: [Unicode.Scalar]
    let contains: @Sendable (Unicode.Scalar) -> Bool
  }

  static let byName: [String: Entry] = [
    "identifier start": Entry(
      prose: "a character with the Unicode property ID_Start, or of category Pc (connectors, such as _)",
      samples: ["a", "b", "n", "x", "K", "_", "é", "名", "Ω"],
      contains: { $0.properties.isIDStart || $0.properties.generalCategory == .connectorPunctuation }),
    "identifier part": Entry(
      prose: "a character with the Unicode property ID_Continue, or of category Sc (currency signs, $ too)",
      samples: ["a", "c", "z", "Q", "_", "0", "7", "ñ", "語", "€"],
      contains: {
        $0.properties.isIDContinue || $0.properties.generalCategory == .currencySymbol
      }),
    "delimited identifier character": Entry(
      prose: "any character but `",
      samples: ["a", " ", "\"", "'", "\\", "*", "é", "👍", "\n"],
      contains: { $0 != "`" }),
    "single quoted character": Entry(
      prose: "any character but ' and \\",
      samples: ["a", " ", "\"", "`", "/", "é", "👍", "\n"],
      contains: { $0 != "'" && $0 != "\\" }),
    "double quoted character": Entry(
      prose: "any character but \" and \\",
      samples: ["a", " ", "'", "`", "/", "é", "👍", "\n"],
      contains: { $0 != "\"" && $0 != "\\" }),
    "line comment character": Entry(
      prose: "any character but line feed and carriage return",
      samples: ["a", " ", "'", "/", "*", "é"],
      contains: { $0 != "\n" && $0 != "\r" }),
    "block comment character": Entry(
      prose: "any character but *",
      samples: ["a", " ", "'", "/", "\n", "é"],
      contains: { $0 != "*" }),
    "character after asterisk": Entry(
      prose: "any character but * and /",
      samples: ["a", " ", "'", "\n", "é"],
      contains: { $0 != "*" && $0 != "/" }),
    "white space": Entry(
      prose: "a character with the property White_Space, or one of U+001C to U+001F, U+180E, U+FEFF",
      samples: [" ", "\n", "\t", "\u{3000}", "\u{A0}"],
      contains: {
        $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) || $0.value == 0x180E || $0.value == 0xFEFF
      }),
    "other dash": Entry(
      prose: "one of U+00AD, U+2010 to U+2015, U+2212, U+FE58, U+FE63, U+FF0D",
      samples: ["\u{AD}", "\u{2010}", "\u{2014}", "\u{2212}", "\u{FF0D}"],
      contains: { [0xAD, 0x2212, 0xFE58, 0xFE63, 0xFF0D].contains($0.value) || (0x2010...0x2015).contains($0.value) }),
    "other left arrow head": Entry(
      prose: "one of U+27E8, U+3008, U+FE64, U+FF1C",
      samples: ["\u{27E8}", "\u{3008}", "\u{FE64}", "\u{FF1C}"],
      contains: { [0x27E8, 0x3008, 0xFE64, 0xFF1C].contains($0.value) }),
    "other right arrow head": Entry(
      prose: "one of U+27E9, U+3009, U+FE65, U+FF1E",
      samples: ["\u{27E9}", "\u{3009}", "\u{FE65}", "\u{FF1E}"],
      contains: { [0x27E9, 0x3009, 0xFE65, 0xFF1E].contains($0.value) }),
  ]
}
