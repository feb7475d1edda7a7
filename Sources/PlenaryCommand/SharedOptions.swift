import ArgumentParser
import PlenaryShell

// Options that several commands have.

/// Whether messages have colours.
struct ColorOption: ParsableArguments {
  @Option(help: ArgumentHelp("Colours: auto, always or never.", valueName: "when"))
  var color = Style.Choice.auto
}

/// How many threads share the work.
struct ThreadsOption: ParsableArguments {
  @Option(help: ArgumentHelp("The most threads to use; all processors by default.", valueName: "count"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more, found \(threads)") }
  }
}

/// What queries may do.
struct QueryLimitOptions: ParsableArguments {
  @Option(
    name: .customLong("memory-limit"),
    help: ArgumentHelp(
      "Fail a query that keeps more memory, such as 500MB or 2GB; none lifts the limit. (default: 80% of the machine's)",
      valueName: "amount"))
  private var memoryLimit: MemoryLimit?

  @Flag(name: .customLong("read-only"), help: "Refuse to change the graph.")
  var isReadOnly = false

  var memory: MemoryLimit { memoryLimit ?? .automatic }
}

/// The scripts that a command looks at without running them.
struct ScriptArguments: ParsableArguments {
  @Argument(help: "Scripts, - for standard input.")
  var files: [String]

  @OptionGroup
  var messages: ColorOption
}
