/// A text with places in it that a test wants to speak of.
///
/// The places are marked with the keycap digits `1️⃣` to `9️⃣`, which are taken out of the text:
///
/// ```swift
/// let marked = MarkedText("MATCH (n) 1️⃣RETRUN2️⃣ n")
/// marked.text          // MATCH (n) RETRUN n
/// marked.range(1, 2)   // 10..<16
/// ```
public struct MarkedText: Sendable {
  /// The text without the marks.
  public let text: String
  /// The UTF-8 offset of each mark in the text.
  public let offsets: [Int: Int]

  /// Takes the marks out of a text.
  public init(_ marked: String) {
    var text = ""
    var offsets: [Int: Int] = [:]
    for character in marked {
      let scalars = Array(character.unicodeScalars)
      if scalars.count == 3, scalars[1] == "\u{FE0F}", scalars[2] == "\u{20E3}", let digit = Int(String(scalars[0])) {
        offsets[digit] = text.utf8.count
      } else {
        text.append(character)
      }
    }
    self.text = text
    self.offsets = offsets
  }

  /// The UTF-8 offset of a mark; traps when the text has none, as that is a mistake in the test.
  public func offset(_ mark: Int) -> Int {
    guard let offset = offsets[mark] else { preconditionFailure("no mark \(mark) in the text") }
    return offset
  }

  /// The UTF-8 range between two marks.
  public func range(_ first: Int, _ second: Int) -> Range<Int> { offset(first)..<offset(second) }
}
