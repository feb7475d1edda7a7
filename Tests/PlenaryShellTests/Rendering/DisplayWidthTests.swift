import PlenarySyntax
import Testing

@testable import PlenaryShell

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "counts the columns a terminal uses",
    arguments: [
      ("", 0), ("abc", 3), ("München", 7), ("Mu\u{308}nchen", 7), ("漢字", 4), ("ｱｲｳ", 3), ("ＡＢ", 4), ("한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇧🇳", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2),
      ("สวัสดี", 4), ("မြန်မာ", 5), ("a\u{200B}b", 2), ("…", 1), ("─", 1),
    ])
  func width(_ text: String, _ expected: Int) {
    // Terminals disagree about spacing marks of Burmese by a column; ours is the sum of the scalars.
    #expect(DisplayWidth.of(text) == expected)
  }

  @Test(
    "cuts to a number of columns and says so",
    arguments: [
      ("Brunei", 6, "Brunei"), ("Brunei", 5, "Brun…"), ("Brunei", 1, "…"), ("Brunei", 0, ""), ("漢字漢字", 5, "漢字…"),
      ("漢字漢字", 4, "漢…"), ("👩‍👩‍👧‍👦👍", 3, "👩‍👩‍👧‍👦…"), ("", 0, ""),
    ])
  func truncation(_ text: String, _ columns: Int, _ expected: String) {
    let result = DisplayWidth.truncate(text, to: columns)
    #expect(result == expected)
    #expect(DisplayWidth.of(result) <= columns)
  }

  @Test(
    "makes characters visible that would do something to the terminal",
    arguments: [
      ("a\nb\tc\r", #"a\nb\tc\r"#), ("\u{1B}[31mred", #"\u001B[31mred"#), ("\u{7F}", #"\u007F"#),
      ("\u{202E}abc", #"\u202Eabc"#), ("plain 漢字", "plain 漢字"), ("👩‍👧", "👩‍👧"),
    ])
  func visibility(_ text: String, _ expected: String) {
    #expect(DisplayWidth.visible(text) == expected)
  }
}
