import Plenary
import PlenarySyntax

/// `:help`.
enum Help {
  /// Explains one topic, or everything in short.
  static func show(_ topic: String, in session: Session) -> Session.Outcome {
    let style = session.outputStyle
    if topic.isEmpty {
      session.output.write(overview(style))
      return .success
    }
    if let command = MetaCommand.named(topic) ?? MetaCommand.named(":" + topic) {
      session.output.writeLine(style.strong(command.usage))
      session.output.writeLine("  " + command.summary)
      if command.names.count > 1 {
        session.output.writeLine("  also: " + command.names.dropFirst().joined(separator: ", "))
      }
      for line in command.details.split(separator: "\n", omittingEmptySubsequences: false) {
        session.output.writeLine(("  " + line).trimmingEnd())
      }
      return .success
    }
    let entries = Reference.entries(named: topic)
    guard entries.isEmpty else {
      session.output.write(entries.map { ReferenceHelp.text(of: $0, style: style) }.joined(separator: "\n"))
      return .success
    }
    return session.fail(
      "no help on \"\(DisplayWidth.visible(topic))\"",
      hint: Suggestion.nearest(to: topic, among: topics).map { "did you mean \($0)?" } ?? ":help lists the topics")
  }

  /// Everything that help knows, for completion and hints.
  static var topics: [String] {
    MetaCommand.all.map(\.name) + Reference.all.flatMap { [$0.name] + $0.aliases }
  }

  /// The first page.
  static func overview(_ style: Style) -> String {
    let usages = MetaCommand.all.map { ($0.usage, $0.summary) }
    let keys = [
      ("Enter", "run a query of one line, or any that ends with ; or with an empty line"),
      ("", "else start a new line, as Alt-Enter always does"),
      ("Tab", "complete keywords, labels, types, properties, functions and variables"),
      ("Up, Down", "through the lines of a statement, then through earlier statements"),
      ("Ctrl-R", "search earlier statements"),
      ("Ctrl-C", "drop what is typed, or stop the query that runs"),
      ("Ctrl-D", "leave"),
    ]
    let width = (usages + keys).reduce(0) { Swift.max($0, $1.0.count) }
    func lines(_ entries: [(String, String)]) -> String {
      entries.reduce(into: "") { text, entry in
        let space = String(repeating: " ", count: width - entry.0.count + 2)
        text += "  " + style.name(entry.0) + space + entry.1 + "\n"
      }
    }
    let clauses = wrapped(ReferenceHelp.clauseNames, indent: "  ")
    return """
      Type a query and press Enter, for example
        MATCH (s:State) RETURN s.name ORDER BY s.name

      \(style.strong("Commands"))
      \(lines(usages))
      \(style.strong("Keys"))
      \(lines(keys))
      \(style.strong("Clauses")) (:help match explains one; :help knows every operator, function and error code too)
      \(clauses)

      """
  }

  /// Words with commas between them, in lines of at most 80 columns.
  private static func wrapped(_ words: [String], indent: String) -> String {
    var lines = [indent]
    for (index, word) in words.enumerated() {
      let piece = word + (index == words.count - 1 ? "" : ",")
      let isFirst = lines[lines.count - 1] == indent
      if !isFirst && lines[lines.count - 1].count + 1 + piece.count > 80 {
        lines.append(indent + piece)
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + piece
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// The text without white space at its end.
  fileprivate func trimmingEnd() -> String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
