import Plenary
import PlenarySyntax

extension MetaCommand {
  /// Every command, in the order help lists them.
  static let all: [MetaCommand] = [
    MetaCommand(
      names: [":help", ":h", ":?"], arguments: "[NAME]", summary: "explain a command, or anything of the language",
      details:
        "Without a name: the commands and keys. NAME is a command (:format), a clause (match) or a function (toUpper).",
      completion: .topics
    ) { session, topic in Help.show(topic, in: session) },
    MetaCommand(
      names: [":schema"], summary: "labels and relationship types of the graph, with counts and properties"
    ) { session, _ in SchemaView.show(in: session) },
    MetaCommand(
      names: [":params"], summary: "show the parameters"
    ) { session, argument in
      guard argument.isEmpty else {
        return session.fail(
          "found \"\(DisplayWidth.visible(argument))\" after :params, expected nothing",
          hint: "set one with :param name => expression")
      }
      return ParameterCommands.show(in: session)
    },
    MetaCommand(
      names: [":param"], arguments: "NAME => EXPRESSION", summary: "set a parameter; :param NAME forgets it",
      details: """
        The expression is one of the language, and may use other parameters:
          :param country => 'Brunei Darussalam'
          :param since => date('2020-01-01')
        Queries use it as $country. `:param country` without an arrow forgets it.
        """,
      completion: .parameters
    ) { session, argument in ParameterCommands.set(argument, in: session) },
    MetaCommand(
      names: [":source"], arguments: "FILE", summary: "run the script in a file", completion: .files
    ) { session, path in
      guard !path.isEmpty else { return session.fail("expected a file after :source") }
      return session.runFile(unquoted(path))
    },
    MetaCommand(
      names: [":format"], arguments: "[NAME]", summary: "choose the form of results, or show it",
      details: OutputFormat.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n"),
      completion: .words(OutputFormat.allCases.map(\.rawValue))
    ) { session, name in
      if name.isEmpty {
        session.output.writeLine("format is \(session.format.rawValue)")
        return .success
      }
      guard let format = OutputFormat(rawValue: name.lowercased()) else {
        let names = OutputFormat.allCases.map(\.rawValue)
        return session.fail(
          "unknown format \"\(DisplayWidth.visible(name))\", expected one of \(names.joined(separator: ", "))",
          hint: Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" })
      }
      session.format = format
      return .success
    },
    MetaCommand(
      names: [":timing"], arguments: "[on|off]", summary: "tell the time that queries take",
      completion: .words(["on", "off"])
    ) { session, argument in
      switch argument.lowercased() {
      case "on": session.isTiming = true
      case "off": session.isTiming = false
      case "": session.isTiming.toggle()
      default: return session.fail("found \"\(DisplayWidth.visible(argument))\" after :timing, expected on or off")
      }
      session.output.writeLine("timing is \(session.isTiming ? "on" : "off")")
      return .success
    },
    MetaCommand(names: [":history"], arguments: "[COUNT]", summary: "list what was entered") { session, argument in
      guard let history = session.history else { return session.fail("there is no history outside the shell") }
      guard let count = argument.isEmpty ? 50 : Int(argument), count > 0 else {
        return session.fail("found \"\(DisplayWidth.visible(argument))\" after :history, expected a number above 0")
      }
      let entries = history()
      for (number, entry) in entries.enumerated().suffix(count) {
        let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
        let label = String(number + 1)
        session.output.write(
          session.outputStyle.faint(String(repeating: " ", count: Swift.max(0, 5 - label.count)) + label))
        for (index, line) in lines.enumerated() {
          session.output.writeLine((index == 0 ? "  " : "       ") + DisplayWidth.visible(String(line)))
        }
      }
      return .success
    },
    MetaCommand(names: [":clear"], summary: "clear the screen") { session, _ in
      if session.output.isTerminal { session.output.write("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
      return .success
    },
    MetaCommand(names: [":quit", ":exit", ":q"], summary: "leave; so does Ctrl-D") { _, _ in .quit },
  ]

  private static func unquoted(_ path: String) -> String {
    for quote in ["'", "\""] where path.count >= 2 && path.hasPrefix(quote) && path.hasSuffix(quote) {
      return String(path.dropFirst().dropLast())
    }
    return path
  }
}

/// `:params` and `:param`.
enum ParameterCommands {
  static func show(in session: Session) -> Session.Outcome {
    guard !session.parameters.isEmpty else {
      session.output.writeLine("no parameters; set one with :param name => expression")
      return .success
    }
    let rows: [[Value]] = session.parameters.keys.sorted().map { name in
      var text = ""
      LiteralText(graph: session.database.snapshot).write(session.parameters[name] ?? .null, to: &text)
      return [.string("$" + NameText.of(name)), .string(text)]
    }
    let table = ResultTable(columns: ["parameter", "value"], rows: rows, graph: session.database.snapshot)
    OutputFormat.table.write(table, to: session.output, style: session.outputStyle)
    return .success
  }

  static func set(_ argument: String, in session: Session) -> Session.Outcome {
    guard let arrow = argument.firstIndex(of: "=") else { return forget(argument, in: session) }
    var name = argument[..<arrow].trimmingSpaces()
    if name.hasPrefix("$") { name.removeFirst() }
    var expression = argument[argument.index(after: arrow)...]
    if expression.first == ">" { expression = expression.dropFirst() }
    let text = expression.trimmingSpaces()
    guard isName(name), !text.isEmpty else {
      return session.fail("expected :param name => expression", hint: "for example :param country => 'Thailand'")
    }
    do {
      session.parameters[name] = try session.database.evaluate(text, parameters: session.parameters)
      return .success
    } catch {
      let report = DiagnosticReport(style: session.errorStyle, columns: session.errors.columns ?? 100)
      session.errors.write(report.text(of: error, in: SourceText(name: nil, text: text)))
      return .failed
    }
  }

  private static func forget(_ argument: String, in session: Session) -> Session.Outcome {
    let name = argument.hasPrefix("$") ? String(argument.dropFirst()) : argument
    if session.parameters[name] != nil {
      session.parameters[name] = nil
      return .success
    }
    guard isName(name) else {
      return session.fail("expected :param name => expression", hint: "for example :param country => 'Thailand'")
    }
    return session.fail("there is no parameter $\(name)", hint: "set it with :param \(name) => expression")
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isIDContinue }
  }
}
