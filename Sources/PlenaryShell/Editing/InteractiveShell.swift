import Plenary
import PlenarySyntax

/// The shell at a terminal: reads a statement, runs it, writes the result, until the user leaves.
final class InteractiveShell {
  private let session: Session
  private let graphName: String
  private let input: Int32
  private let editorOutput: Int32
  private let historyFile: HistoryFile?
  private let terminal: String?
  private let readsUserBindings: Bool
  private var entries: [String] = []

  /// A shell on descriptors of a terminal. The prompt goes to standard error when results are redirected.
  init(
    session: Session, graphName: String, input: Int32 = System.standardInput, output: Int32? = nil,
    historyFile: HistoryFile? = HistoryFile(variable: System.variable), terminal: String? = nil,
    readsUserBindings: Bool = true
  ) {
    self.session = session
    self.graphName = graphName
    self.input = input
    self.historyFile = historyFile
    self.terminal = terminal
    self.readsUserBindings = readsUserBindings
    editorOutput = output ?? (session.output.isTerminal ? System.standardOutput : System.standardError)
  }

  /// Runs until the user leaves.
  func run() -> ExitStatus {
    guard let editor = LineEditor(input: input, output: editorOutput, relay: session.relay, terminal: terminal)
    else {
      _ = session.fail("cannot open an editor on this terminal", hint: "give queries with -c or -f")
      return .unavailable
    }
    if readsUserBindings { editor.readUserBindings() }
    entries = historyFile?.read() ?? []
    for entry in entries { editor.addToHistory(entry) }
    session.history = { [unowned self] in entries }
    editor.isComplete = Self.isComplete
    let completion = CompletionSource(session: session)
    editor.complete = { text, cursor in completion.complete(text, at: cursor) }
    if session.outputStyle.isColored && editor.canRepaint {
      let highlighter = Highlighter(style: session.outputStyle)
      editor.highlight = { highlighter.highlight($0) }
    }

    greet()
    let prompt = session.outputStyle.isColored ? "\u{1}\u{1B}[1;34m\u{1}plenary>\u{1}\u{1B}[0m\u{1} " : "plenary> "
    while !session.output.isClosed {
      switch editor.read(prompt: prompt) {
      case .interrupted: continue
      case .end:
        session.output.writeLine()
        session.output.flush()
        return .success
      case .text(let text):
        let entered = text.trimmingSpaces()
        guard !entered.isEmpty else { continue }
        remember(entered, in: editor)
        if run(entered) == .quit { return .success }
      }
    }
    return .success
  }

  private func run(_ text: String) -> Session.Outcome {
    if let hint = MetaCommand.hint(forPlainWord: text) {
      session.errors.writeLine(session.errorStyle.hint("hint: ") + hint)
      session.errors.flush()
      return .failed
    }
    return session.run(SourceText(name: nil, text: text))
  }

  private func greet() {
    let graph = session.database.snapshot
    session.output.writeLine(
      "Plenary \(PlenaryVersion.text), graph \(graphName): \(Summary.counted(graph.nodeCount, "node")), "
        + Summary.counted(graph.relationshipCount, "relationship"))
    session.output.writeLine(
      "Type a query and press Enter, :schema to see what there is, :help for help, Ctrl-D to leave.")
    session.output.flush()
  }

  private func remember(_ text: String, in editor: LineEditor) {
    // Nobody wants the end of the last run as the first thing to recall.
    guard text != entries.last, MetaCommand.named(text)?.name != ":quit" else { return }
    entries.append(text)
    editor.addToHistory(text)
    historyFile?.append(text)
  }

  /// Whether Enter runs a text: a command, statements that end with `;`, a text whose last line is empty, or a single
  /// line that already is a whole query with its RETURN.
  ///
  /// A text of several lines waits for its `;`, so that nothing runs before ORDER BY or LIMIT is typed; and so does a
  /// line that writes without RETURN, of which the next line is often a part.
  static func isComplete(_ text: String) -> Bool {
    let trimmed = text.trimmingSpaces()
    if trimmed.isEmpty || trimmed.hasPrefix(":") || MetaCommand.hint(forPlainWord: trimmed) != nil { return true }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count > 1, lines.last?.allSatisfy(\.isWhitespace) == true { return true }
    switch Parser.completeness(of: text) {
    case .blank, .complete: return true
    case .incomplete: return lines.count == 1 && isWholeQuery(trimmed)
    }
  }

  private static func isWholeQuery(_ line: String) -> Bool {
    let tree = Parser.parse(line)
    guard !tree.hasErrors, let statement = tree.statements.last else { return false }
    guard case .query(let id) = statement.body else { return true }
    guard let last = tree[id].parts.last?.clauses.last else { return false }
    switch last.kind {
    case .returning, .call: return true
    default: return false
    }
  }
}
