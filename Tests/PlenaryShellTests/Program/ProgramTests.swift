import TestResources
import Testing

@testable import PlenaryShell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The built program, run as people run it.
private struct Program {
  /// Beside the tests, where the build puts it.
  static var path: String {
    let tests = CommandLine.arguments[0]
    return String(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)]) + "/plenary"
  }

  // A program that ends in the middle has not freed what it works with, which is no leak.
  private static let environment = [
    "TERM=xterm", "PLENARY_HISTORY=/dev/null", "EDITRC=/dev/null", "NO_COLOR=1", "ASAN_OPTIONS=detect_leaks=0",
  ]

  // A constant of the C headers that Swift does not import everywhere.
  #if canImport(Darwin)
    private static let newSession: Int16 = 0x400
  #else
    private static let newSession: Int16 = 0x80
  #endif

  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String], input: String = "") throws -> Outcome {
    let directory = try TemporaryDirectory()
    let inputFile = try directory.file("input", input)
    let outputFile = directory.path + "/output"
    let errorFile = directory.path + "/errors"
    let process = try start(arguments) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, inputFile, O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT, 0o600)
      posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT, 0o600)
    }
    let status = wait(for: process)
    return Outcome(status: status, output: try directory.read("output"), errors: try directory.read("errors"))
  }

  /// Starts the program in a session of its own, so that a terminal it opens is its controlling terminal.
  static func start(_ arguments: [String], _ prepare: (inout FileActions) -> Void) throws -> pid_t {
    var actions = FileActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    var attributes = Attributes()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, newSession)
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
    defer { for word in words + variables { free(word) } }
    words.append(nil)
    variables.append(nil)
    var process: pid_t = 0
    let failure = posix_spawn(&process, path, &actions, &attributes, words, variables)
    guard failure == 0 else { throw System.Failure(number: failure) }
    return process
  }

  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    // A program that does not end fails its test, and not the run.
    for _ in 0..<6000 {
      if waitpid(process, &status, WNOHANG) != 0 { break }
      usleep(10_000)
    }
    if kill(process, 0) == 0 {
      kill(process, SIGKILL)
      waitpid(process, &status, 0)
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  #if canImport(Darwin)
    typealias FileActions = posix_spawn_file_actions_t?
    typealias Attributes = posix_spawnattr_t?
  #else
    typealias FileActions = posix_spawn_file_actions_t
    typealias Attributes = posix_spawnattr_t
  #endif
}

@Suite("The program", .serialized, .timeLimit(.minutes(15)))
struct ProgramTests {
  @Test func answersAQuery() throws {
    let outcome = try Program.run(["empty", "-c", "RETURN 1 AS one"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "{\"one\":1}\n")
    #expect(outcome.errors == "")
  }

  @Test func runsStandardInputWhenItIsNoTerminal() throws {
    let outcome = try Program.run(["empty", "--format", "csv"], input: "RETURN 1 AS a;\nRETURN oops;\n")
    #expect(outcome.status == 1)
    #expect(outcome.output == "a\r\n1\r\n")
    #expect(outcome.errors.hasPrefix("standard input:2:8: error[42002]: "))
  }

  @Test(
    "the exit status says what happened",
    arguments: [
      (["empty", "-c", "RETURN 1"], 0), (["empty", "-c", "RETURN x"], 1), (["--no-such-option"], 2),
      (["empty", "-c", "RETURN 1", "--format", "xml"], 2), (["empty", "-p", "x", "-c", "RETURN 1"], 2),
      (["a", "b"], 2),
      (["/no/such/place", "-c", "RETURN 1"], 3), (["empty", "-f", "/no/such/place"], 3), (["--version"], 0),
      (["--help"], 0),
      (["help", "check"], 0), (["help", "nothing"], 2), (["check"], 2), (["check", "/no/such/place"], 3),
      (["format", "--write", "--check", "-"], 2),
    ])
  func exitStatus(_ arguments: [String], _ status: Int) throws {
    #expect(try Program.run(arguments).status == Int32(status))
  }

  @Test func checksAndFormatsStandardInput() throws {
    #expect(try Program.run(["format", "-"], input: "return 1").output == "RETURN 1\n")
    #expect(try Program.run(["check", "--graph", "empty", "-"], input: "return 1").status == 0)
  }

  @Test func answersAnotherProcess() throws {
    let outcome = try Program.run(["pipe", "empty"], input: "{\"query\":\"RETURN 1 AS x\"}\n{\"query\":\"RETURN\"}\n")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("{\"columns\":[\"x\"],\"rows\":[[1]],"))
    #expect(lines[1].hasPrefix("{\"error\":{\"code\":\"42001\","))
  }

  @Test func controlCStopsAQueryAndNotTheShell() throws {
    let terminal = try PseudoTerminal()
    let process = try Program.start(["empty"]) { actions in
      for descriptor: Int32 in 0...2 {
        posix_spawn_file_actions_addopen(&actions, descriptor, terminal.name, O_RDWR, 0)
      }
    }
    try terminal.expect("plenary> ")
    terminal.type("RETURN 'lost")
    try terminal.expect("lost")
    terminal.type("\u{3}")
    try terminal.expect("^C\nplenary> ")
    terminal.type("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7) AS s\r")
    try terminal.expect("AS s\n")
    usleep(300_000)
    terminal.type("\u{3}")
    try terminal.expect("stopped\n")
    try terminal.expect("plenary> ")
    terminal.type("RETURN 'alive' AS x\r")
    try terminal.expect("│ alive │")
    try terminal.expect("plenary> ")
    terminal.type(":quit\r")
    #expect(Program.wait(for: process) == 0)
  }

  @Test func controlCEndsAScriptWithItsOwnStatus() throws {
    let terminal = try PseudoTerminal()
    let query = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7) AS s"
    let process = try Program.start(["empty", "-c", "RETURN 'first' AS x", "-c", query]) { actions in
      for descriptor: Int32 in 0...2 {
        posix_spawn_file_actions_addopen(&actions, descriptor, terminal.name, O_RDWR, 0)
      }
    }
    try terminal.expect("1 row\n")
    usleep(300_000)
    terminal.type("\u{3}")
    #expect(Program.wait(for: process) == 130)
    try terminal.expect("stopped\n")
  }
}
