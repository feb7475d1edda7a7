/// What may be typed at a place in a text.
///
/// It comes from the parser itself: the parser reads the text up to the place and says what it would take next. The
/// caller adds the names, which only it knows: labels, functions, parameters and so on.
///
/// ```swift
/// let completion = Completion.at(22, in: "MATCH (s:State) WHERE ")
/// completion.names        // variable, function, parameter
/// completion.variables    // s, a node with the label State
/// completion.keywords     // NOT, CASE, EXISTS, ...
/// ```
public struct Completion: Hashable, Sendable {
  /// The text to replace: the word that is being typed before the place, or nothing.
  public var prefix: SourceRange
  /// That word as written; to be compared regardless of case for keywords.
  public var prefixText: String
  /// The keywords that may stand here, such as `MATCH` and `ORDER BY`, in alphabetic order.
  public var keywords: [String]
  /// The sorts of names that may stand here.
  public var names: [ExpectedName]
  /// The variables in scope, in the order they appeared.
  public var variables: [ScopeVariable]
  /// Whether the place is inside a string or comment, where there is nothing to complete.
  public var isInQuotesOrComment: Bool

  /// What may stand at a UTF-8 offset of a text, which may go on after it. O(offset).
  ///
  /// Offsets inside a character count as before it.
  public static func at(_ offset: Int, in text: String) -> Completion {
    let utf8 = text.utf8
    let clamped = Swift.max(0, Swift.min(offset, utf8.count))
    var cut = utf8.index(utf8.startIndex, offsetBy: clamped)
    while cut > utf8.startIndex, cut.samePosition(in: text.unicodeScalars) == nil { cut = utf8.index(before: cut) }
    var typed = String(text[..<cut])
    return typed.withUTF8 { complete($0) }
  }

  private static func complete(_ bytes: UnsafeBufferPointer<UInt8>) -> Completion {
    var lexer = Lexer(bytes)
    lexer.lex()
    let end = UInt32(truncatingIfNeeded: bytes.count)
    var completion = Completion(
      prefix: SourceRange(at: end), prefixText: "", keywords: [], names: [], variables: [], isInQuotesOrComment: false)
    let tokens = lexer.tokens.dropLast()
    if lexer.unterminatedComment != nil || endsInLineComment(bytes, after: tokens.last) {
      completion.isInQuotesOrComment = true
      return completion
    }
    // The word that touches the place is what is being typed; the parser reads what stands before it.
    if let last = tokens.last, last.end == end {
      let isOpenName = lexer.endsInsideQuotes && last.kind != .string
      if lexer.endsInsideQuotes, last.kind == .string {
        completion.isInQuotesOrComment = true
        return completion
      }
      let isParameter =
        last.kind == .parameter || (last.kind == .invalid && bytes[Int(last.start)] == UInt8(ascii: "$"))
      if last.kind == .identifier || last.kind.isKeyword || isParameter || isOpenName { completion.prefix = last.range }
    }
    completion.expect(bytes)
    // `date.tr` looks like a property until one knows that `date` is no variable; then it is a dotted name.
    if let chain = dottedName(in: tokens, before: completion.prefix.start) {
      let root = String(decoding: bytes[Int(chain.start)..<Int(chain.end)], as: UTF8.self)
      let isProperty = completion.names.contains { if case .propertyKey = $0 { true } else { false } }
      if !isProperty || !completion.variables.contains(where: { $0.name == root }) {
        completion.prefix.start = chain.start
        completion.expect(bytes)
        completion.keywords = []
        completion.names = completion.names.filter { $0 == .function || $0 == .procedure }
      }
    }
    return completion
  }

  /// Parses what stands before the prefix and takes down what may follow.
  private mutating func expect(_ bytes: UnsafeBufferPointer<UInt8>) {
    prefixText = String(decoding: bytes[Int(prefix.start)..<Int(prefix.end)], as: UTF8.self)
    let before = UnsafeBufferPointer(rebasing: bytes[..<Int(prefix.start)])
    var parser = Parser(bytes: before, text: "", recorder: CompletionRecorder())
    _ = parser.parseText()
    guard let recorder = parser.recorder else { return }
    keywords = Self.phrases(for: recorder.keywords)
    names = recorder.names
    variables = recorder.variablesAtEnd
  }

  /// The first word of the dotted name that ends with a dot at an offset.
  private static func dottedName(in tokens: ArraySlice<Token>, before offset: UInt32) -> SourceRange? {
    var position = tokens.lastIndex { $0.end <= offset } ?? -1
    var root: SourceRange?
    while position > 0, tokens[position].kind == .dot, tokens[position - 1].kind.isSchemaName {
      root = tokens[position - 1].range
      position -= 2
    }
    return root
  }

  private static func endsInLineComment(_ bytes: UnsafeBufferPointer<UInt8>, after last: Token?) -> Bool {
    let comments = Comment.all(in: bytes, from: last?.end ?? 0, to: UInt32(truncatingIfNeeded: bytes.count))
    return comments.last.map { $0.isLine && Int($0.range.end) == bytes.count } ?? false
  }

  /// Keywords as they are typed: those that never stand alone with their second word.
  private static func phrases(for set: TokenSet) -> [String] {
    var phrases: [String] = []
    for kind in set.kinds where kind.isKeyword {
      switch kind {
      case .order: phrases.append("ORDER BY")
      case .optional: phrases.append("OPTIONAL MATCH")
      case .detach: phrases.append("DETACH DELETE")
      case .starts: phrases.append("STARTS WITH")
      case .ends: phrases.append("ENDS WITH")
      case .is: phrases += ["IS NULL", "IS NOT NULL"]
      case .drop: phrases += ["DROP CONSTRAINT", "DROP INDEX"]
      case .show: phrases += ["SHOW CONSTRAINTS", "SHOW INDEXES"]
      case .ascending, .descending: break
      default: phrases.append(kind.spelling)
      }
    }
    return phrases.sorted { $0.uppercased() < $1.uppercased() }
  }
}
