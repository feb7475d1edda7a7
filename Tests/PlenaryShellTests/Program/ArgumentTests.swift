import ArgumentParser
import PlenaryShell
import Testing

@testable import PlenaryCommand

@Suite("Arguments of the program")
struct ArgumentTests {
  @Test(
    "the plain reading agrees with the whole one",
    arguments: [
      [], ["empty"], ["-c", "RETURN 1"], ["-c", "-1"], ["-c", "--format"], ["-c", ""], ["./graph", "-f", "-"],
      ["-f", "a", "-c", "b", "-f", "c", "-p", "x=1", "-p", "y=2"], ["-p", "-x=1", "--format", "csv", "accsm"],
      ["--format", "auto"],
    ])
  func plain(_ arguments: [String]) throws {
    let plain = try #require(PlainArguments.invocation(arguments))
    #expect(try RunCommand.parse(arguments).invocation == plain)
  }

  @Test(
    "other forms are left to the whole reading",
    arguments: [
      ["-c"], ["--format", "xml"], ["a", "b"], ["--keep-going", "x"], ["-c=RETURN 1", "x"], ["--version"], ["-h"],
      ["--read-only", "-c", "x"], ["--", "x"], ["-", "x"], ["--format=csv", "x"],
    ])
  func other(_ arguments: [String]) {
    #expect(PlainArguments.invocation(arguments) == nil)
  }

  @Test func stepsRunInTheOrderGiven() throws {
    let command = try RunCommand.parse(["-f", "a", "--command", "b", "--file", "c", "-c", "d"])
    #expect(command.invocation.steps == [.file("a"), .query("b"), .file("c"), .query("d")])
  }

  @Test(
    "times have units",
    arguments: [("30", 30_000), ("1.5s", 1500), ("200ms", 200), ("2m", 120_000), ("1h", 3_600_000), ("0", 0)])
  func times(_ text: String, _ milliseconds: Int) {
    #expect(TimeLimit(argument: text)?.duration == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "s", "-1", "1x", "nan", "inf", "1e300", "1 s"])
  func badTimes(_ text: String) {
    #expect(TimeLimit(argument: text) == nil)
  }
}
