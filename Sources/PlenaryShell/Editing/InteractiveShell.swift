import Plenary
import PlenarySyntax

/// The shell at a terminal: reads a statement, runs it, writes the result, until the user leaves.
final class InteractiveShell {
  private let session: Session
  private let graphName: String
  private let input: Int32
  private let editorOutput: Int32
  private let historyFile: HistoryFile?
  private var entries: [String] = []

  /// A shell on descriptors of a terminal. The prompt goes to standard error when results are redirected.
  init(
    session: Session, graphName: String, input: Int32 = System.standardInput, output: Int32? = nil,
    historyFile: HistoryFile? = HistoryFile(variable: System.variable)
  ) {
    self.session = session
    self.graphName = graphName
    self.input = input
    self.historyFile = historyFile
    editorOutput = output ?? (session.output.isTerminal ? System.standardOutput : System.standardError)
  }

  /// Runs until the user leaves.
  func run() -> ExitStatus {
    guard let editor = LineEditor(input: input, output: editorOutput, relay: session.relay) else {
      _ = session.fail("cannot open an editor on this terminal", hint: "give queries with -c or -f")
      return .unavailable
    }
    editor.readUserBindings()
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
    let outcome = session.run(SourceText(name: nil, text: text))
    if outcome == .interrupted {
      session.errors.writeLine("stopped")
      session.errors.flush()
    }
    return outcome
  }

  private func greet() {
    let graph = session.database.snapshot
    session.output.writeLine(
      "Plenary \(PlenaryVersion.text), graph \(graphName): \(Summary.counted(graph.nodeCount, "node")), "
        + Summary.counted(graph.relationshipCount, "relationship"))
    session.output.writeLine("Type a query and press Enter, :schema to see what there is, :help for help, Ctrl-D to leave.")
    session.output.flush()
  }

  private func remember(_ text: String, in editor: LineEditor) {
    guard text != entries.last else { return }
    entries.append(text)
    editor.addToHistory(text)
    historyFile?.append(text)
  }

  /// Whether Enter runs a text: a command, a whole statement, or one that no further line can save.
  static func isComplete(_ text: String) -> Bool {
    let trimmed = text.trimmingSpaces()
    if trimmed.isEmpty || trimmed.hasPrefix(":") || MetaCommand.hint(forPlainWord: trimmed) != nil { return true }
    // An empty last line is how one says "run it, whatever you think".
    if text.hasSuffix("\n") || text.split(separator: "\n", omittingEmptySubsequences: false).last?.allSatisfy(\.isWhitespace) == true {
      return true
    }
    return Parser.completeness(of: text) != .incomplete
  }
}
