import Plenary

/// Entries of the language's reference as `:help` explains them.
enum ReferenceHelp {
  /// Every name a function is found by.
  static let functionNames: [String] = (Reference.entries(of: .function) + Reference.entries(of: .aggregatingFunction))
    .flatMap { [$0.name] + $0.aliases }

  /// The names of the clauses.
  static let clauseNames: [String] = Reference.entries(of: .clause).map(\.name)

  /// What an entry says.
  static func text(of entry: ReferenceEntry, style: Style) -> String {
    var text = style.strong(entry.signature) + "\n  " + entry.summary + "\n"
    if !entry.aliases.isEmpty { text += "  also: " + entry.aliases.joined(separator: ", ") + "\n" }
    if !entry.details.isEmpty { text += indented(withoutLinks(entry.details), by: "  ") }
    for example in entry.examples {
      guard let value = example.value else {
        text += "  " + style.faint("example:") + "\n" + indented(example.script, by: "    ")
        continue
      }
      text += "  " + style.faint("example: ") + example.expression + " is " + value + "\n"
    }
    return text
  }

  private static func indented(_ text: String, by indent: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: "") { $0 += indent + $1 + "\n" }
  }

  // `[Order](expressions.md#order)` is a link on the pages, here it is `Order`.
  private static func withoutLinks(_ text: String) -> String {
    text.replacing(/\[([^\]]+)\]\([^)]*\.md[^)]*\)/) { $0.1 }
  }
}
