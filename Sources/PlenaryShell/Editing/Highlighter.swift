import PlenarySyntax

/// Colours the text of a statement while it is typed, by the tokens of the lexer.
///
/// It only adds escape sequences; it never adds, drops or moves a character.
struct Highlighter {
  let style: Style

  /// The text with escape sequences.
  func highlight(_ text: String) -> String {
    guard !text.hasPrefix(":") else { return highlightCommand(text) }
    let utf8 = Array(text.utf8)
    var result = ""
    var position = 0
    func plain(upTo end: Int) -> String { String(decoding: utf8[position..<end], as: UTF8.self) }
    for token in Lexer.tokens(text) {
      let start = Int(token.range.start)
      let end = Swift.min(Int(token.range.end), utf8.count)
      guard start >= position, end >= start else { continue }
      result += plain(upTo: start)
      position = start
      result += painted(plain(upTo: end), as: token.tokenClass)
      position = end
    }
    return result + plain(upTo: utf8.count)
  }

  private func painted(_ text: String, as tokenClass: ClassifiedToken.Class) -> String {
    switch tokenClass {
    case .keyword: style.keyword(text)
    case .string: style.string(text)
    case .number: style.number(text)
    case .comment: style.comment(text)
    case .label, .parameter: style.name(text)
    case .error: style.error(text)
    case .name, .function, .operator, .punctuation: text
    }
  }

  private func highlightCommand(_ text: String) -> String {
    let name = String(text.prefix { !$0.isWhitespace })
    return (MetaCommand.named(name) != nil ? style.keyword(name) : name) + text.dropFirst(name.count)
  }
}
