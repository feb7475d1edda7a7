/// Colours for one output stream, or none.
///
/// Whether to colour is decided for each stream by itself: `--color=always|never`, else only on a terminal, and not
/// when `NO_COLOR` is set or the terminal is dumb.
package struct Style: Sendable {
  /// The wish of the user.
  package enum Choice: String, CaseIterable, Sendable {
    /// Where it is welcome.
    case auto
    /// Everywhere.
    case always
    /// Nowhere.
    case never
  }

  let isColored: Bool

  /// Text without colours.
  package static let plain = Style(isColored: false)
  /// Text with colours.
  package static let colored = Style(isColored: true)

  /// The style for an output.
  package static func of(_ output: TextOutput, choice: Choice, variable: (String) -> String?) -> Style {
    switch choice {
    case .always: return .colored
    case .never: return .plain
    case .auto:
      let isWelcome = output.isTerminal && variable("NO_COLOR") == nil && variable("TERM") != "dumb"
      return isWelcome ? .colored : .plain
    }
  }

  func strong(_ text: String) -> String { wrap(text, "1") }
  func faint(_ text: String) -> String { wrap(text, "2") }
  func error(_ text: String) -> String { wrap(text, "1;31") }
  func warning(_ text: String) -> String { wrap(text, "1;33") }
  func hint(_ text: String) -> String { wrap(text, "36") }
  func keyword(_ text: String) -> String { wrap(text, "1;34") }
  func string(_ text: String) -> String { wrap(text, "32") }
  func number(_ text: String) -> String { wrap(text, "35") }
  func comment(_ text: String) -> String { wrap(text, "2") }
  func name(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
