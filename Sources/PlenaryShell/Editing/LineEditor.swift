import CLineEdit
import PlenarySyntax

/// Reads statements from a terminal, over as many lines as they take.
///
/// Built on libedit through `CLineEdit`; keys follow the user's `~/.editrc`. One thread owns an editor: it makes it,
/// reads with it and lets it go. Only `SignalRelay.post` may be called from elsewhere.
///
/// ```swift
/// let editor = LineEditor(input: 0, output: 1, relay: relay)
/// editor?.isComplete = { $0.hasSuffix(";") }
/// if case .text(let statement) = editor?.read(prompt: "> ") { print(statement) }
/// ```
package final class LineEditor {
  /// How a read ended.
  package enum Reading: Equatable {
    /// This was entered.
    case text(String)
    /// Ctrl-C: what was typed is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case end
  }

  /// What completion has to offer for the word before the cursor.
  package struct Completions: Equatable {
    /// How many characters (Unicode scalars) before the cursor the word has.
    package var wordLength: Int
    /// What could stand there instead.
    package var candidates: [String]

    /// Makes a set of candidates.
    package init(wordLength: Int, candidates: [String]) {
      self.wordLength = wordLength
      self.candidates = candidates
    }
  }

  /// Whether Enter runs a text; otherwise it starts a new line in it.
  package var isComplete: (String) -> Bool = { _ in true }
  /// Offers completions for a text with the cursor at a UTF-8 offset.
  package var complete: (_ text: String, _ cursor: Int) -> Completions = { _, _ in
    Completions(wordLength: 0, candidates: [])
  }
  /// Adds colours to a text, as escape sequences; `nil` for an editor without colours.
  package var highlight: ((String) -> String)?

  private var handle: OpaquePointer?

  /// Opens an editor on two descriptors of a terminal, which stay the caller's; `nil` when the system refuses.
  ///
  /// `terminal` is the type of the terminal, by default that of `$TERM`.
  package init?(input: Int32, output: Int32, relay: SignalRelay?, terminal: String? = nil) {
    let handlers = cle_handlers(
      context: Unmanaged.passUnretained(self).toOpaque(),
      enter: { context in
        let editor = LineEditor.from(context)
        return editor.isComplete(editor.editedText)
      },
      tab: { context in LineEditor.from(context).completeWord() },
      idle: { context in LineEditor.from(context).repaint() })
    guard let handle = cle_open("plenary", terminal, input, output, relay?.channel, handlers) else { return nil }
    self.handle = handle
  }

  deinit { cle_close(handle) }

  private static func from(_ context: UnsafeMutableRawPointer?) -> LineEditor {
    Unmanaged<LineEditor>.fromOpaque(context!).takeUnretainedValue()
  }

  /// Reads the user's key bindings, from `$EDITRC` or `~/.editrc`.
  package func readUserBindings() { cle_source(handle) }

  /// Whether the terminal can be repainted; a dumb one cannot.
  package var canRepaint: Bool { cle_can_repaint(handle) }

  /// Reads one text. Escape sequences in the prompt must stand between U+0001 characters.
  package func read(prompt: String) -> Reading {
    switch Int(cle_read(handle, prompt)) {
    case CLE_READ_TEXT: .text(String(cString: cle_entered_text(handle)))
    case CLE_READ_INTERRUPTED: .interrupted
    default: .end
    }
  }

  /// Adds a text to what the arrow keys and Ctrl-R recall.
  package func addToHistory(_ text: String) { cle_history_add(handle, text) }

  // MARK: While reading

  private var editedText: String { String(cString: cle_edited_text(handle)) }

  private func repaint() {
    guard let highlight else { return }
    let text = editedText
    // Longer texts would cost more to paint than keys may take.
    guard !text.isEmpty, text.utf8.count <= 20_000 else { return }
    cle_repaint(handle, highlight(text))
  }

  private func completeWord() {
    let text = editedText
    let completions = complete(text, cle_cursor(handle))
    guard let first = completions.candidates.first else { return cle_beep(handle) }
    if completions.candidates.count == 1 {
      replaceWord(completions.wordLength, with: first)
      return
    }
    let common = Self.commonBeginning(completions.candidates)
    if common.unicodeScalars.count > completions.wordLength {
      replaceWord(completions.wordLength, with: common)
    } else {
      let columns = ColumnLayout(Int(cle_columns(handle))).text(of: completions.candidates.map(Self.label))
      cle_print_below(handle, columns)
    }
  }

  // What a list shows of a candidate: what follows it, such as a parenthesis, helps nobody choose.
  private static func label(_ candidate: String) -> String {
    DisplayWidth.visible(candidate.hasSuffix(" ") ? String(candidate.dropLast()) : candidate)
  }

  private func replaceWord(_ length: Int, with text: String) {
    cle_delete_before(handle, Int32(clamping: length))
    cle_insert(handle, text)
  }

  /// The longest text that all begin with, whatever the case of letters; spelled like the first.
  static func commonBeginning(_ texts: [String]) -> String {
    guard let first = texts.first else { return "" }
    var common = Array(first.unicodeScalars)
    for text in texts.dropFirst() {
      let scalars = text.unicodeScalars
      var count = 0
      for (a, b) in zip(common, scalars) {
        guard a.properties.lowercaseMapping == b.properties.lowercaseMapping else { break }
        count += 1
      }
      common.removeLast(common.count - count)
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: common)
    return String(result)
  }
}
