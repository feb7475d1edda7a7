import Plenary
import PlenarySyntax

/// `plenary check`: reads scripts and says what is wrong with them; nothing runs.
package struct ScriptCheck {
  /// The graph whose names the scripts use.
  package var graph = "accsm"
  /// The files; `-` is standard input.
  package var files: [String]
  /// Where colours are wanted.
  package var color = Style.Choice.auto

  /// A check of files.
  package init(files: [String]) { self.files = files }

  /// Checks, and tells: 0 when nothing is wrong, 1 when something is, 3 when a file could not be read.
  package func run() -> ExitStatus { TextOutput.withStandardStreams { _, errors in run(errors: errors) } }

  func run(errors: TextOutput) -> ExitStatus {
    let style = Style.of(errors, choice: color, variable: System.variable)
    let report = DiagnosticReport(style: style, columns: errors.columns ?? 100)
    let database: Database
    do {
      database = try Database.open(graph)
    } catch {
      errors.write(report.text(of: error, in: SourceText(name: graph, text: error.text)))
      return .unavailable
    }
    var status = ExitStatus.success
    for file in files {
      do {
        let source = try ScriptFile.read(file)
        for step in ScriptText.steps(of: source.text) where step.kind == .statement {
          for diagnostic in database.check(step.text) {
            errors.write(report.text(of: diagnostic, in: source, offset: step.offset))
            if diagnostic.severity == .error && status == .success { status = .queryFailed }
          }
        }
      } catch {
        errors.writeLine(style.error("error") + ": " + error.message)
        status = error.isText ? (status == .success ? .queryFailed : status) : .unavailable
      }
    }
    return status
  }
}

/// `plenary format`: writes scripts in the one layout that the formatter knows.
package struct ScriptFormat {
  /// What happens to the formatted text.
  package enum Mode: Sendable {
    /// It goes to standard output.
    case print
    /// It replaces the file.
    case write
    /// Nothing is written; files that would change are named.
    case check
  }

  /// The files; `-` is standard input.
  package var files: [String]
  /// What happens to the formatted text.
  package var mode: Mode
  /// Where colours are wanted.
  package var color = Style.Choice.auto

  /// A formatting of files.
  package init(files: [String], mode: Mode) {
    self.files = files
    self.mode = mode
  }

  /// Formats: 0 when all is well, 1 when a script has errors (or would change, when checking), 3 for files.
  package func run() -> ExitStatus { TextOutput.withStandardStreams(run) }

  func run(output: TextOutput, errors: TextOutput) -> ExitStatus {
    let style = Style.of(errors, choice: color, variable: System.variable)
    let report = DiagnosticReport(style: style, columns: errors.columns ?? 100)
    var status = ExitStatus.success
    for file in files {
      do {
        let source = try ScriptFile.read(file)
        var problems: [(diagnostic: Diagnostic, offset: Int)] = []
        let formatted = Self.format(source.text, problems: &problems)
        guard problems.isEmpty else {
          // A script that cannot be understood is left as it is.
          for problem in problems {
            errors.write(report.text(of: problem.diagnostic, in: source, offset: problem.offset))
          }
          status = .queryFailed
          continue
        }
        switch mode {
        case .print: output.write(formatted)
        case .check:
          if formatted != source.text {
            errors.writeLine("\(source.name ?? file) is not formatted")
            status = .queryFailed
          }
        case .write where file == "-": output.write(formatted)
        case .write:
          if formatted != source.text { try Self.replace(file, with: formatted) }
        }
      } catch {
        errors.writeLine(style.error("error") + ": " + error.message)
        status = error.isText ? .queryFailed : .unavailable
      }
    }
    return status
  }

  private static func replace(_ file: String, with text: String) throws(ScriptFile.Failure) {
    do {
      try System.replaceFile(file, with: Array(text.utf8))
    } catch {
      throw ScriptFile.Failure(message: "cannot write \(file): \(error)")
    }
  }

  /// The script in its layout; the shell's own commands stay as they are, each on its line.
  static func format(_ script: String, problems: inout [(diagnostic: Diagnostic, offset: Int)]) -> String {
    let commands = ScriptText.steps(of: script).filter { $0.kind == .command }
    var result = ""
    var position = 0
    let bytes = Array(script.utf8)
    func formatStatements(upTo end: Int) {
      let text = String(decoding: bytes[position..<end], as: UTF8.self)
      guard !text.trimmingSpaces().isEmpty else { return }
      let tree = Parser.parse(text)
      problems += tree.diagnostics.filter { $0.severity == .error }.map { ($0, position) }
      if !tree.hasErrors {
        let formatted = Formatter.format(tree)
        result += formatted.hasSuffix("\n") ? formatted : formatted + "\n"
      }
    }
    for command in commands {
      formatStatements(upTo: command.offset)
      result += command.text + "\n"
      position = command.offset + command.text.utf8.count
    }
    formatStatements(upTo: bytes.count)
    return result
  }
}
