/// Colours the text of a statement while it is typed.
///
/// Half a statement is no statement, so this only tells words, strings, numbers and comments apart, as the lexer does,
/// and adds escape sequences; it never adds, drops or moves a character.
struct Highlighter {
  let style: Style

  /// The text with escape sequences.
  func highlight(_ text: String) -> String {
    guard !text.hasPrefix(":") else { return highlightCommand(text) }
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var position = 0
    func piece(_ start: Int) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<position])
      return String(view)
    }
    func next(_ distance: Int) -> Unicode.Scalar? {
      position + distance < scalars.count ? scalars[position + distance] : nil
    }
    while position < scalars.count {
      let start = position
      let scalar = scalars[position]
      switch scalar {
      case "/" where next(1) == "/":
        while let at = next(0), at != "\n" { position += 1 }
        result += style.comment(piece(start))
      case "/" where next(1) == "*":
        position += 2
        while position < scalars.count, !(next(0) == "*" && next(1) == "/") { position += 1 }
        position = Swift.min(position + 2, scalars.count)
        result += style.comment(piece(start))
      case "'", "\"", "`":
        position += 1
        while let at = next(0), at != scalar { position += at == "\\" && scalar != "`" ? 2 : 1 }
        position = Swift.min(position, scalars.count)
        let isClosed = position < scalars.count
        if isClosed { position += 1 }
        let quoted = piece(start)
        result += scalar == "`" ? style.name(quoted) : isClosed ? style.string(quoted) : style.error(quoted)
      case "0"..."9":
        while let at = next(0), at.properties.isAlphabetic || ("0"..."9").contains(at) || (at == "." && isDigit(next(1))) {
          position += 1
        }
        result += style.number(piece(start))
      case "$":
        position += 1
        while let at = next(0), at == "_" || at.properties.isIDContinue { position += 1 }
        result += style.name(piece(start))
      case let letter where letter == "_" || letter.properties.isIDStart:
        while let at = next(0), at == "_" || at.properties.isIDContinue { position += 1 }
        let word = piece(start)
        let before = scalars[..<start].last { !$0.properties.isWhitespace }
        // After a colon or a dot stands a name, even one that is spelled like a keyword.
        let isKeyword = before != ":" && before != "." && Keywords.all.contains(word.uppercased())
        result += isKeyword ? style.keyword(word) : word
      default:
        position += 1
        result += piece(start)
      }
    }
    return result
  }

  private func highlightCommand(_ text: String) -> String {
    let name = text.prefix { !$0.isWhitespace }
    let isKnown = MetaCommand.named(String(name)) != nil
    return (isKnown ? style.keyword(String(name)) : String(name)) + text.dropFirst(name.count)
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }
}
