import ArgumentParser
import PlenaryShell

/// Finds the command and runs it.
///
/// The first argument alone names the command, and each command is parsed by itself: a tree of subcommands costs more
/// time at start than many a query.
@main
enum PlenaryProgram {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "check": run(CheckCommand.self, rest)
    case "format": run(FormatCommand.self, rest)
    case "pipe": run(PipeCommand.self, rest)
    case "import": run(ImportCommand.self, rest)
    case "export": run(ExportCommand.self, rest)
    case "help": help(on: rest.first)
    default:
      if let invocation = PlainArguments.invocation(arguments) { System.exit(invocation.run().code) }
      run(RunCommand.self, arguments)
    }
  }

  private static func run<Command: Runnable>(_ type: Command.Type, _ arguments: [String]) -> Never {
    let status: ExitStatus
    do {
      status = try type.parse(arguments).status()
    } catch {
      let isAnswer = type.exitCode(for: error).isSuccess
      // Help and the version are answers; everything else is a mistake.
      finish(type.fullMessage(for: error), isAnswer ? .success : .usage)
    }
    System.exit(status.code)
  }

  private static func help(on command: String?) -> Never {
    switch command {
    case nil: finish(RunCommand.helpMessage(), .success)
    case "check": finish(CheckCommand.helpMessage(), .success)
    case "format": finish(FormatCommand.helpMessage(), .success)
    case "pipe": finish(PipeCommand.helpMessage(), .success)
    case "import": finish(ImportCommand.helpMessage(), .success)
    case "export": finish(ExportCommand.helpMessage(), .success)
    case let name?:
      finish("error: there is no command \(name), expected check, format, pipe, import or export", .usage)
    }
  }

  private static func finish(_ message: String, _ status: ExitStatus) -> Never {
    let output = TextOutput(
      descriptor: status == .success ? System.standardOutput : System.standardError)
    if !message.isEmpty { output.writeLine(message) }
    output.flush()
    System.exit(status.code)
  }
}

/// A command that ends with a status of ours.
protocol Runnable: ParsableCommand {
  func status() -> ExitStatus
}

extension OutputFormat: ExpressibleByArgument {}
extension Style.Choice: ExpressibleByArgument {}
extension MemoryLimit: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// `plenary [GRAPH] -c QUERY -f FILE`.
struct RunCommand: Runnable {
  static let configuration = CommandConfiguration(
    commandName: "plenary",
    abstract: "Ask questions of a graph in openCypher: in a shell, or from queries and scripts.",
    usage: """
      plenary [GRAPH] [-c QUERY] [-f FILE] [-p NAME=VALUE] [--format FORMAT] ...
      plenary check FILE ...
      plenary format FILE ... [--write | --check]
      plenary pipe GRAPH
      plenary import SOURCE ... -o GRAPH
      plenary export GRAPH -o DIRECTORY [--format FORMAT]
      """,
    discussion: """
      Without -c and -f it opens a shell, or runs standard input as a script when that is no terminal. \
      `plenary help check`, `help format`, `help pipe`, `help import` and `help export` explain the other commands.

      GRAPH is accsm (ASEAN cooperation on civil service matters, built in), empty, or a path: a saved graph, a \
      directory of CSV files, JSON lines or a script.

      Exit status: 0 when all went well, 1 when a query failed, 2 for wrong usage, 3 when a file or graph could not be \
      opened, 130 when interrupted.
      """,
    version: PlenaryVersion.text)

  @Argument(help: "accsm, empty, or a saved graph, a directory of CSV files, JSON lines, or a script.")
  var graph = "accsm"

  @Option(
    name: [.customShort("c"), .customLong("command")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run a query; may be repeated.", valueName: "query"),
    transform: { OrderedStep(.query($0)) })
  var queries: [OrderedStep] = []

  @Option(
    name: [.customShort("f"), .customLong("file")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run a script, - for standard input; may be repeated.", valueName: "file"),
    transform: { OrderedStep(.file($0)) })
  var files: [OrderedStep] = []

  @Option(
    name: [.customShort("p"), .customLong("param")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Set $name in queries: a literal (3, true, [1, 2], date('2024-05-01')), or any other text as a string.",
      valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: "auto, table, csv, tsv, json, jsonl or markdown; auto is a table on a terminal, else jsonl.")
  var format = OutputFormat.auto

  @Flag(name: .customLong("keep-going"), help: "Go on after a statement that failed.")
  var keepsGoing = false

  @Option(help: ArgumentHelp("Stop a query after so long, such as 30, 1.5s, 200ms or 2m.", valueName: "time"))
  var timeout: TimeLimit?

  @Option(name: .customLong("row-limit"), help: ArgumentHelp("Fail a query that returns more rows.", valueName: "rows"))
  var rowLimit: Int?

  @OptionGroup
  var limits: QueryLimitOptions

  @OptionGroup
  var workers: ThreadsOption

  @Flag(name: .customLong("timing"), help: "Tell the time each query takes.")
  var isTiming = false

  @OptionGroup
  var messages: ColorOption

  func validate() throws {
    if let rowLimit, rowLimit < 0 { throw ValidationError("--row-limit must be 0 or more, found \(rowLimit)") }
  }

  func status() -> ExitStatus { invocation.run() }

  var invocation: Invocation {
    var invocation = Invocation()
    invocation.graph = graph
    invocation.steps = (queries + files).sorted { $0.order < $1.order }.map(\.step)
    invocation.parameters = parameters
    invocation.format = format
    invocation.color = messages.color
    invocation.keepsGoing = keepsGoing
    invocation.limits.timeout = timeout?.duration
    invocation.limits.rowLimit = rowLimit
    invocation.limits.memory = limits.memory
    invocation.limits.isReadOnly = limits.isReadOnly
    invocation.limits.threadCount = workers.threads
    invocation.isTiming = isTiming
    return invocation
  }
}

/// `plenary check FILE...`.
struct CheckCommand: Runnable {
  static let configuration = CommandConfiguration(
    commandName: "plenary check", abstract: "Say what is wrong with scripts; nothing runs.")

  @OptionGroup
  var scripts: ScriptArguments

  @Option(name: .customLong("graph"), help: "The graph whose labels, types and properties the scripts use.")
  var graph = "accsm"

  func status() -> ExitStatus {
    var check = ScriptCheck(files: scripts.files)
    check.graph = graph
    check.color = scripts.messages.color
    return check.run()
  }
}

/// `plenary format FILE...`.
struct FormatCommand: Runnable {
  static let configuration = CommandConfiguration(
    commandName: "plenary format", abstract: "Write scripts in a standard layout, to standard output.")

  @OptionGroup
  var scripts: ScriptArguments

  @Flag(help: "Replace the files.")
  var write = false

  @Flag(help: "Write nothing; name the files that are not formatted, and fail if there are any.")
  var check = false

  func validate() throws {
    if write && check { throw ValidationError("--write and --check exclude each other") }
  }

  func status() -> ExitStatus {
    var format = ScriptFormat(files: scripts.files, mode: write ? .write : check ? .check : .print)
    format.color = scripts.messages.color
    return format.run()
  }
}

/// `plenary pipe GRAPH`.
struct PipeCommand: Runnable {
  static let configuration = CommandConfiguration(
    commandName: "plenary pipe", abstract: "Answer queries of another process, JSON lines in and out.")

  @Argument(help: "accsm, empty, or a saved graph, a directory of CSV files, JSON lines, or a script.")
  var graph = "accsm"

  @OptionGroup
  var limits: QueryLimitOptions

  @OptionGroup
  var workers: ThreadsOption

  func status() -> ExitStatus {
    var server = PipeServer(graph: graph)
    server.isReadOnly = limits.isReadOnly
    server.memoryLimit = limits.memory
    server.threadCount = workers.threads
    return server.run()
  }
}
