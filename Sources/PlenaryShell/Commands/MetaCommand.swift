import Plenary
import PlenarySyntax

/// A command of the shell itself, such as `:schema`: everything there is to know about it in one place.
struct MetaCommand: Sendable {
  /// What Tab offers after the name.
  enum Completion: Sendable {
    case nothing
    case files
    case words([String])
    case topics
    case parameters
  }

  /// The name with its colon; further names after it.
  var names: [String]
  /// What follows the name, for help.
  var arguments: String = ""
  /// What it does, in a few words.
  var summary: String
  /// More, for `:help name`.
  var details: String = ""
  /// What Tab offers after the name.
  var completion: Completion = .nothing
  /// Does it.
  var run: @Sendable (_ session: Session, _ argument: String) -> Session.Outcome

  /// The main name.
  var name: String { names[0] }
  /// The name with what follows it.
  var usage: String { arguments.isEmpty ? name : name + " " + arguments }

  /// The command of a name, colon included.
  static func named(_ name: String) -> MetaCommand? {
    all.first { $0.names.contains(name.lowercased()) }
  }

  /// Runs a line that starts with a colon.
  static func run(_ line: String, in session: Session) -> Session.Outcome {
    let name = String(line.prefix { !$0.isWhitespace })
    var argument = line.dropFirst(name.count).trimmingSpaces()
    // People end everything with a semicolon after a while.
    if argument.hasSuffix(";") { argument = argument.dropLast().trimmingSpaces() }
    let bareName = name.hasSuffix(";") ? String(name.dropLast()) : name
    guard let command = named(bareName) else {
      let nearest = Suggestion.nearest(to: bareName, among: all.flatMap(\.names))
      return session.fail(
        "unknown command \(DisplayWidth.visible(bareName))",
        hint: nearest.map { "did you mean \($0)?" } ?? ":help lists the commands")
    }
    return command.run(session, argument)
  }

  /// What to say when a whole line is a word that other shells take as a command; `nil` for any other text.
  static func hint(forPlainWord text: String) -> String? {
    var word = text.trimmingSpaces().lowercased()
    if word.hasSuffix(";") { word = word.dropLast().trimmingSpaces() }
    if word.hasPrefix("\\") || word.hasPrefix(".") { word.removeFirst() }
    return switch word {
    case "quit", "exit", "q", "bye", "logout": "leave with :quit or Ctrl-D"
    case "help", "h", "?": "commands start with a colon: :help"
    case "clear", "schema", "history", "source", "timing", "params": "commands start with a colon: :\(word)"
    case "tables", "d", "dt": ":schema shows what the graph holds"
    default: nil
    }
  }
}
