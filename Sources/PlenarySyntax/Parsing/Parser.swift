/// Reads query text into a tree.
///
/// A recursive descent parser, one function per production of the grammar, with precedence climbing for expressions.
/// It never fails: what is wrong becomes a diagnostic, and the parser goes on where it can make sense of the text again.
///
/// ```swift
/// let tree = Parser.parse("MATCH (s:State) RETRUN s.name")
/// tree.diagnostics[0].message   // unexpected `RETRUN`, expected a clause such as MATCH or RETURN
/// tree.diagnostics[0].hint      // did you mean `RETURN`?
/// ```
public struct Parser {
  /// How deep brackets, operators, CASE and subqueries may nest.
  ///
  /// People write fewer than 20 levels, programs that generate queries seldom more than 100. The dearest level, a
  /// subquery in a subquery, counts as two and costs some 2 KB of stack in a release build; so all fit the 512 KB that
  /// threads get on Darwin. Without optimisation it costs eight times as much, which only the 8 MB of other platforms hold.
  public static let maximumNesting = {
    #if DEBUG && canImport(Darwin)
      return 24
    #else
      return 256
    #endif
  }()

  /// How deep the tree of one expression may be.
  ///
  /// Operators of one precedence nest to the left without any recursion of the parser (`1 + 1 + 1`), but whoever walks
  /// the tree recurses. AND, OR, XOR and comparisons are one node for a whole chain and do not count.
  public static let maximumTreeDepth = 1000

  /// The longest text, in bytes: offsets and node numbers must fit 32 bits.
  public static let maximumTextLength = Int(Int32.max) - 1

  /// How many diagnostics one text gets at most: nobody reads more, and a file that is no query at all has millions.
  public static let maximumDiagnostics = 100

  let bytes: UnsafeBufferPointer<UInt8>
  let tokens: [Token]
  let lexicalDiagnostics: [LexicalDiagnostic]
  let endsInsideQuotesOrComment: Bool

  /// The token at hand: its index, and its kind, which every decision asks for.
  var index = 0
  var kind: TokenKind

  var tree: SyntaxTree
  var diagnostics: [Diagnostic] = []

  /// Set by an error, cleared where the parser makes sense of the text again; until then nothing is reported.
  var isPanicking = false
  var statementHasErrors = false
  /// Tokens whose lexical diagnostic the parser has replaced by its own.
  var suppressedLexicalDiagnostics: [Int] = []
  /// The token after the last one that the query at hand may use: its closing brace, or the end of the text.
  var queryEnd: Int

  /// How many nested constructs are being parsed.
  var depth = 0
  /// The height of each expression above its leaves, beside `tree.expressions`.
  var heights: [UInt16] = []
  var labelHeights: [UInt16] = []
  /// The height of the tallest expression made since the innermost `openNode()`.
  var tallest = 0

  /// Whether `|` separates the parts of the comprehension at hand, so that it cannot continue a label expression.
  var barIsSeparator = false
  /// Patterns read as expressions that nothing has taken as a condition yet.
  var untakenPatterns: [ExpressionID] = []
  /// What may stand at the end of the text; only recorded for completion.
  var recorder: CompletionRecorder?

  init(bytes: UnsafeBufferPointer<UInt8>, text: String, recorder: CompletionRecorder? = nil) {
    var lexer = Lexer(bytes)
    lexer.lex()
    self.bytes = bytes
    self.recorder = recorder
    tokens = lexer.tokens
    lexicalDiagnostics = lexer.diagnostics
    endsInsideQuotesOrComment = lexer.endsInsideQuotes || lexer.unterminatedComment != nil
    kind = lexer.tokens[0].kind
    tree = SyntaxTree(text: text)
    queryEnd = lexer.tokens.count - 1
  }

  /// Reads a text. Never fails: what is wrong is in the tree's `diagnostics`. O(length of the text).
  ///
  /// A text without any statement is a tree without statements and without diagnostics.
  public static func parse(_ text: String) -> SyntaxTree {
    guard text.utf8.count <= maximumTextLength else {
      var tree = SyntaxTree(text: "")
      tree.diagnostics = [
        Diagnostic(
          .textTooLong, "text of \(text.utf8.count) bytes, expected at most \(maximumTextLength)",
          at: SourceRange(at: 0))
      ]
      return tree
    }
    var text = text
    text.makeContiguousUTF8()
    let whole = text
    return text.withUTF8 { bytes in
      var parser = Parser(bytes: bytes, text: whole)
      return parser.parseText()
    }
  }

  /// Reads bytes that should be UTF-8 but may not be.
  ///
  /// Each ill-formed sequence becomes U+FFFD in the tree's `text`, to which all ranges refer, and an `invalidUTF8`
  /// diagnostic.
  public static func parse(utf8 bytes: some Collection<UInt8>) -> SyntaxTree {
    var repaired: [UInt8] = []
    repaired.reserveCapacity(bytes.count)
    var damaged: [SourceRange] = []
    var decoder = UTF8RepairingDecoder(bytes.makeIterator())
    while let step = decoder.next() {
      switch step {
      case .scalar(let scalar):
        UTF8.encode(scalar).map { repaired.append(contentsOf: $0) }
      case .damage:
        let start = UInt32(truncatingIfNeeded: repaired.count)
        damaged.append(SourceRange(start: start, end: start &+ 3))
        repaired.append(contentsOf: [0xEF, 0xBF, 0xBD])
      }
    }
    var tree = parse(String(decoding: repaired, as: UTF8.self))
    guard let first = damaged.first, !repaired.isEmpty else { return tree }
    let isDamaged = Set(damaged.map(\.start))
    tree.diagnostics.removeAll { isDamaged.contains($0.range.start) }
    let others = damaged.count > 1 ? " (and \(damaged.count - 1) more in this text)" : ""
    tree.diagnostics.append(
      Diagnostic(
        .invalidUTF8, "bytes that are not UTF-8\(others)", at: first, hint: "save the text in the encoding UTF-8"))
    tree.diagnostics.sort { $0.range.start < $1.range.start }
    return tree
  }

  /// Reads every statement and gathers the diagnostics of lexer and parser in order of position.
  mutating func parseText() -> SyntaxTree {
    parseStatements()
    let suppressed = Set(suppressedLexicalDiagnostics)
    for lexical in lexicalDiagnostics where !suppressed.contains(lexical.token) {
      diagnostics.append(lexical.diagnostic)
    }
    diagnostics.sort { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
    tree.diagnostics = Array(diagnostics.prefix(Parser.maximumDiagnostics))
    return tree
  }
}

/// Decodes UTF-8 scalar by scalar and says where it is ill-formed.
private struct UTF8RepairingDecoder<Bytes: IteratorProtocol<UInt8>> {
  enum Step {
    case scalar(Unicode.Scalar)
    case damage
  }

  private var bytes: Bytes
  private var parser = UTF8.ForwardParser()

  init(_ bytes: Bytes) { self.bytes = bytes }

  mutating func next() -> Step? {
    switch parser.parseScalar(from: &bytes) {
    case .valid(let encoded): .scalar(UTF8.decode(encoded))
    case .error: .damage
    case .emptyInput: nil
    }
  }
}
