import Plenary
import PlenarySyntax

/// A run of the program: what its arguments ask for.
///
/// ```swift
/// var invocation = Invocation()
/// invocation.steps = [.query("MATCH (s:State) RETURN s.name")]
/// invocation.format = .csv
/// let status = invocation.run()
/// ```
package struct Invocation: Equatable {
  /// Something to run before leaving.
  package enum Step: Equatable, Sendable {
    /// Statements given as text.
    case query(String)
    /// A script; `-` is standard input.
    case file(String)
  }

  /// The graph: `accsm`, `empty`, or a path.
  package var graph = "accsm"
  /// What to run, in order; nothing opens the shell, or runs standard input when it is no terminal.
  package var steps: [Step] = []
  /// `name=value` for each parameter.
  package var parameters: [String] = []
  /// The form of results.
  package var format = OutputFormat.auto
  /// Where colours are wanted.
  package var color = Style.Choice.auto
  /// Whether to go on after a statement that failed.
  package var keepsGoing = false
  /// Limits for every query.
  package var limits = Session.Limits()
  /// Whether the time of each query is told.
  package var isTiming = false

  /// A run that opens the shell.
  package init() {}

  /// Runs it on the descriptors of the process.
  package func run() -> ExitStatus {
    let relay = SignalRelay()
    relay?.reception = .whileRunning
    System.ignoreBrokenPipes()
    return TextOutput.withStandardStreams { output, errors in run(output: output, errors: errors, relay: relay) }
  }

  /// Runs it on these outputs.
  func run(output: TextOutput, errors: TextOutput, relay: SignalRelay?) -> ExitStatus {
    let errorStyle = Style.of(errors, choice: color, variable: System.variable)
    func fail(_ message: String, _ status: ExitStatus) -> ExitStatus {
      errors.writeLine(errorStyle.error("error") + ": " + message)
      return status
    }

    let database: Database
    do {
      database = try Database.open(graph, threads: limits.threadCount)
      System.keepFreedMemory()
    } catch {
      errors.write(DiagnosticReport(style: errorStyle).text(of: error, in: SourceText(name: graph, text: error.text)))
      return .unavailable
    }
    let session = Session(
      database: database, output: output, errors: errors,
      outputStyle: Style.of(output, choice: color, variable: System.variable), errorStyle: errorStyle, relay: relay)
    session.format = format
    session.limits = limits
    session.isTiming = isTiming
    do {
      session.parameters = try ParameterValues.read(parameters)
    } catch {
      return fail(error.message, .usage)
    }

    if steps.isEmpty && System.isTerminal(System.standardInput) {
      relay?.reception = .always
      return InteractiveShell(session: session, graphName: graph).run()
    }
    var status = ExitStatus.success
    for step in steps.isEmpty ? [.file("-")] : steps {
      let source: SourceText
      switch step {
      case .query(let text): source = SourceText(name: "-c", text: text)
      case .file(let path):
        do {
          source = try ScriptFile.read(path)
        } catch {
          status = fail(error.message, error.isText ? .queryFailed : .unavailable)
          if keepsGoing { continue } else { return status }
        }
      }
      switch session.run(source, keepsGoing: keepsGoing) {
      case .success: break
      case .failed:
        status = .queryFailed
        if !keepsGoing { return outputStatus(output, errors, else: status) }
      case .interrupted: return .interrupted
      case .quit: return outputStatus(output, errors, else: status)
      }
      // Nobody reads on, as behind `| head`: not a failure, and nothing is left to do.
      if output.isClosed { break }
    }
    return outputStatus(output, errors, else: status)
  }

  private func outputStatus(_ output: TextOutput, _ errors: TextOutput, else status: ExitStatus) -> ExitStatus {
    output.flush()
    guard let failure = output.failure else { return status }
    errors.writeLine("error: cannot write the results: \(failure)")
    return .unavailable
  }
}

/// Reads parameters given as `name=value`.
enum ParameterValues {
  /// Why one was refused.
  struct Failure: Error, Equatable {
    var message: String
  }

  /// The values by name; the last of equal names counts.
  static func read(_ parameters: [String]) throws(Failure) -> MapValue {
    var values = MapValue()
    var calculator: Database?
    for parameter in parameters {
      guard let equals = parameter.firstIndex(of: "="), equals > parameter.startIndex else {
        throw Failure(message: "found the parameter \"\(parameter)\", expected name=value")
      }
      var name = String(parameter[..<equals])
      if name.hasPrefix("$") { name.removeFirst() }
      switch ParameterText(String(parameter[parameter.index(after: equals)...])) {
      case .string(let text): values[name] = .string(text)
      case .expression(let text):
        do {
          if calculator == nil { calculator = try Database.open("empty") }
          values[name] = try calculator?.evaluate(text)
        } catch  where error.code.category == "SyntaxError" {
          let quoted = QuotedText.literal(text)
          throw Failure(message: "parameter \(name): \(text) is no literal; a string is written \"\(quoted)\"")
        } catch {
          throw Failure(message: "parameter \(name): \(error.message)")
        }
      }
    }
    return values
  }
}

extension Database {
  /// The value of an expression that needs no graph.
  func evaluate(_ expression: String, parameters: MapValue = [:]) throws(QueryError) -> Value {
    var options = QueryOptions()
    options.isReadOnly = true
    let prefix = "RETURN "
    var result: QueryResult
    do {
      result = try query(prefix + expression + "\nAS value", parameters, options: options)
    } catch {
      // The user wrote the expression, not the query around it.
      var moved = error
      moved.text = expression
      moved.range = error.range.map { range in
        let start = Swift.max(Int(range.start) - prefix.utf8.count, 0)
        let end = Swift.max(Int(range.end) - prefix.utf8.count, start)
        return SourceRange(
          start: UInt32(Swift.min(start, expression.utf8.count)), end: UInt32(Swift.min(end, expression.utf8.count)))
      }
      moved.others = []
      throw moved
    }
    for row in result { return row.value(0) }
    return .null
  }
}
