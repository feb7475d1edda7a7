import PlenaryShell

/// Reads the arguments of everyday runs: a graph, `-c`, `-f`, `-p` and `--format`, each followed by its value.
///
/// swift-argument-parser finds its options by reflection, which takes longer than most queries: about a millisecond of
/// a start of three. Everything but these plain forms is left to it, and with it every message; a test holds the two
/// readings together.
enum PlainArguments {
  /// The run that the arguments ask for; `nil` when any of them has another form.
  static func invocation(_ arguments: [String]) -> Invocation? {
    var invocation = Invocation()
    var hasGraph = false
    var position = 0
    while position < arguments.count {
      let argument = arguments[position]
      position += 1
      guard argument.utf8.first == UInt8(ascii: "-") else {
        if hasGraph || ["run", "help"].contains(argument) { return nil }
        invocation.graph = argument
        hasGraph = true
        continue
      }
      guard position < arguments.count else { return nil }
      let value = arguments[position]
      position += 1
      switch argument {
      case "-c": invocation.steps.append(.query(value))
      case "-f": invocation.steps.append(.file(value))
      case "-p": invocation.parameters.append(value)
      case "--format":
        // A value that looks like an option is for the other reading to judge.
        guard let format = OutputFormat(rawValue: value) else { return nil }
        invocation.format = format
      default: return nil
      }
    }
    return invocation
  }
}
