import Plenary
import TestResources
import Testing

@testable import PlenaryShell

/// The shell at a pseudo-terminal, on a thread of its own.
private final class RunningShell: Sendable {
  let terminal: PseudoTerminal
  let relay: SignalRelay
  private let result: AsyncStream<PlenaryShell.ExitStatus>

  init(graph: String = "accsm", history: String? = nil, type: String = "xterm") throws {
    let terminal = try PseudoTerminal()
    let relay = try #require(SignalRelay())
    let database = try Database.open(graph)
    self.terminal = terminal
    self.relay = relay
    let (result, continuation) = AsyncStream.makeStream(of: PlenaryShell.ExitStatus.self)
    self.result = result
    // The shell blocks its thread, which therefore must be none of those that tests share.
    try System.startThread {
      let output = TextOutput(descriptor: terminal.slave)
      let session = Session(database: database, output: output, errors: output, relay: relay)
      let shell = InteractiveShell(
        session: session, graphName: graph, input: terminal.slave, output: terminal.slave,
        historyFile: history.map(HistoryFile.init(path:)), terminal: type, readsUserBindings: false)
      continuation.yield(shell.run())
      continuation.finish()
    }
    try terminal.expect("Ctrl-D to leave.\n")
  }

  /// Types at the next prompt: what is typed before it is read by the terminal's own rules, as everywhere.
  func enter(_ text: String) throws {
    try terminal.expect("plenary> ")
    terminal.type(text)
  }

  func leave() async throws {
    try enter(":quit\r")
    #expect(await status == .success)
  }

  var status: PlenaryShell.ExitStatus? { get async { await result.first { _ in true } } }
}

/// The shell owns what a process has once: its signals, its locale, its terminal. So every test is a process of its own.
///
/// What it waits for has limits of its own; the one here has room for the other tests, behind which the end of a process
/// may be noticed late.
@Suite("The shell at a terminal", .serialized, .timeLimit(.minutes(15)))
struct InteractiveShellTests {
  @Test func runsAQueryOfOneLine() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell()
      try shell.enter("RETURN 1 + 1 AS two, '漢字' AS text\r")
      try shell.terminal.expect(
        """
        ┌─────┬──────┐
        │ two │ text │
        ├─────┼──────┤
        │   2 │ 漢字 │
        └─────┴──────┘
        1 row

        """)
      try await shell.leave()
    }
  }

  @Test func waitsForTheSemicolonOfALongerQuery() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell()
      try shell.enter("UNWIND [3, 1, 2] AS n\rRETURN n\rORDER BY n DESC\rLIMIT 1;\r")
      try shell.terminal.expect("│ 3 │")
      try shell.terminal.expect("1 row\n")
      try shell.enter("MATCH (n\r\r")
      try shell.terminal.expect("error[42001]")
      try await shell.leave()
    }
  }

  @Test func recallsAStatementAsABlockAndKeepsItForTheNextRun() async throws {
    let directory = try TemporaryDirectory()
    let history = directory.path + "/history"
    await #expect(processExitsWith: .success) { [history = history as String] in
      let first = try RunningShell(graph: "empty", history: history)
      try first.enter("UNWIND [1, 2] AS n\rRETURN sum(n) AS total;\r")
      try first.terminal.expect("│     3 │")
      try first.enter("\u{1B}[A\r")
      try first.terminal.expect("│     3 │")
      try await first.leave()
    }
    #expect(try directory.read("history") == #""UNWIND [1, 2] AS n\nRETURN sum(n) AS total;""# + "\n")

    await #expect(processExitsWith: .success) { [history = history as String] in
      let second = try RunningShell(graph: "empty", history: history)
      // Up recalls the block, up again moves within it, and what is typed there changes its first line.
      try second.enter("\u{1B}[A\u{1B}[A\u{1}\u{1B}[1;5C")
      second.terminal.type("\u{5}\u{1B}[B\u{5}\r")
      try second.terminal.expect("│     3 │")
      try second.enter(":history\r")
      try second.terminal.expect("    1  UNWIND [1, 2] AS n\n       RETURN sum(n) AS total;\n")
      try await second.leave()
    }
  }

  @Test func completesLabelsAndKeywords() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell()
      try shell.enter("mat\t(s:Sta\t) ret\tcount(s) AS states\r")
      try shell.terminal.expect("│ states │")
      try shell.enter(":for\tcsv\r:format\r")
      try shell.terminal.expect("format is csv")
      try shell.enter("RETURN toU\t'a') AS upper\r")
      try shell.terminal.expect("upper\nA\n")
      try await shell.leave()
    }
  }

  @Test func listsWhatCouldFollow() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell()
      try shell.enter(":t\t\t")
      try shell.terminal.expect(":timing")
      shell.terminal.type("\u{15}:\t")
      try shell.terminal.expect(":clear")
      try shell.terminal.expect(":timing")
      shell.terminal.type("\u{15}\u{4}")
      #expect(await shell.status == .success)
    }
  }

  @Test func interruptClearsTheLine() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell(graph: "empty")
      try shell.enter("RETURN 'lost\rand")
      try shell.terminal.expect("and")
      shell.relay.post(.interrupt)
      try shell.terminal.expect("^C")
      try shell.enter("RETURN 'kept' AS x\r")
      try shell.terminal.expect("│ kept │")
      try await shell.leave()
    }
  }

  @Test func interruptStopsTheQueryAndNotTheShell() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell(graph: "empty")
      try shell.enter("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7) AS s\r")
      try shell.terminal.expect("AS s\n")
      try await Task.sleep(for: .milliseconds(200))
      shell.relay.post(.interrupt)
      try shell.terminal.expect("stopped\n")
      try shell.enter("RETURN 'alive' AS x\r")
      try shell.terminal.expect("│ alive │")
      try await shell.leave()
    }
  }

  @Test func pastedTextIsOneBlock() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell(graph: "empty")
      try shell.enter("\u{1B}[200~UNWIND [1, 2] AS n\r\n\tRETURN sum(n) AS total\n\u{1B}[201~")
      shell.terminal.type("\u{1B}[200~ORDER BY total;\u{1B}[201~\r")
      try shell.terminal.expect("│     3 │")
      try shell.terminal.expect("1 row\n")
      try await shell.leave()
    }
  }

  @Test func wordsOfOtherShellsGetAHint() async {
    await #expect(processExitsWith: .success) {
      let shell = try RunningShell(graph: "empty")
      try shell.enter("exit\r")
      try shell.terminal.expect("hint: leave with :quit or Ctrl-D\n")
      try shell.enter("help;\r")
      try shell.terminal.expect("hint: commands start with a colon: :help\n")
      try shell.enter(":quit\r")
      #expect(await shell.status == .success)
    }
  }

  @Test(arguments: ["dumb", "no-such-terminal"])
  func worksOnTerminalsThatCanDoNothing(_ type: String) async throws {
    let shell = try RunningShell(graph: "empty", type: type)
    try shell.enter("RETURN\r1 AS one;\r")
    try shell.terminal.expect("│ one │")
    try await shell.leave()
  }

  @Test(
    "Enter runs what is whole",
    arguments: [
      ("RETURN 1", true), ("RETURN 1;", true), ("MATCH (n)", false), ("MATCH (n)\nRETURN n", false),
      ("MATCH (n)\nRETURN n;", true), ("MATCH (n)\nRETURN n\n", true), ("CREATE (:A)", false), ("CREATE (:A);", true),
      ("RETURN 'a;", false), ("RETURN (1", false), ("", true), (":schema", true), ("quit", true), ("// note", true),
      ("CALL db.labels()", true), ("SHOW INDEXES", true), ("RETURN 1 +", false), ("/* open", false),
    ])
  func completeness(_ text: String, _ isComplete: Bool) {
    #expect(InteractiveShell.isComplete(text) == isComplete)
  }
}
