import FuzzTargets

/// What the program does besides fuzzing: libFuzzer wants a file for each input, a repository does not.
///
///     PlenaryFuzz pack DIRECTORY FILE      makes one file of a directory of inputs
///     PlenaryFuzz unpack FILE DIRECTORY    does the reverse
///     PlenaryFuzz seed TARGET DIRECTORY    writes inputs to begin with
struct CorpusCommand {
  private enum Verb: String {
    case pack, unpack, seed
  }

  private let verb: Verb
  private let source: String
  private let destination: String

  /// `nil` when the arguments are libFuzzer's.
  init?(_ arguments: [String]) {
    guard arguments.count == 3, let verb = Verb(rawValue: arguments[0]) else { return nil }
    self.verb = verb
    source = arguments[1]
    destination = arguments[2]
  }

  /// Runs the command; gives the status to exit with.
  func run() -> Int32 {
    do {
      switch verb {
      case .pack: try Corpus(directory: source).write(toFile: destination)
      case .unpack: try Corpus(file: source).write(toDirectory: destination)
      case .seed:
        try Corpus(FuzzTarget(rawValue: source)?.generatedSeeds() ?? []).write(toDirectory: destination)
      }
      return 0
    } catch {
      print("PlenaryFuzz: \(error)")
      return 1
    }
  }
}
