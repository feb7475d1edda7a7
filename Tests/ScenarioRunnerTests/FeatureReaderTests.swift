import ScenarioRunner
import Testing

@Suite("Feature files")
struct FeatureReaderTests {
  @Test("the steps of the background come first, with doc strings and tables")
  func backgroundAndSteps() throws {
    let scenarios = try FeatureReader.scenarios(
      in: """
        # a comment
        @suite
        Feature: Bridges
          Words about bridges.
          Given nobody: still words.

          Background:
            Given an empty graph

          @slow @wet
          Scenario: counts rivers
            When executing query:
              \"""
              MATCH (n)
                RETURN n
              \"""
            # between steps
            Then the result should be, in any order:
              | n      | m |
            # | hidden | 0 |
              | (:A)   | 1 |
        """, file: "bridges.feature")
    #expect(
      scenarios == [
        Scenario(
          file: "bridges.feature", line: 11, name: "counts rivers", exampleLine: nil,
          tags: ["@suite", "@slow", "@wet"],
          steps: [
            Step(line: 8, text: "an empty graph"),
            Step(line: 12, text: "executing query:", docString: "MATCH (n)\n  RETURN n"),
            Step(line: 18, text: "the result should be, in any order:", table: [["n", "m"], ["(:A)", "1"]]),
          ])
      ])
  }

  @Test("an outline becomes one scenario for each row of each table")
  func outline() throws {
    let scenarios = try FeatureReader.scenarios(
      in: #"""
        Feature: F
          Scenario Outline: adds <a>
            When executing query:
              """
              RETURN <a> + <b> <c>
              """
            Then the result should be, in any order:
              | <a> | <(:A)> |

            Examples: small
              | a | b   |
              | 1 | <a> |
              | 2 | x\|y |
            @big
            Examples:
              | b | a |
              | 9 | 8 |
        """#, file: "f")
    #expect(scenarios.map(\.name) == ["adds 1", "adds 2", "adds 8"])
    #expect(scenarios.map(\.exampleLine) == [12, 13, 17])
    #expect(scenarios.map(\.tags) == [[], [], ["@big"]])
    #expect(
      scenarios.map { $0.steps[0].docString } == ["RETURN 1 + <a> <c>", "RETURN 2 + x|y <c>", "RETURN 8 + 9 <c>"])
    #expect(scenarios[2].steps[1].table == [["8", "<(:A)>"]])
    #expect(scenarios[2].title == "f:2 adds 8 (example on line 17)")
  }

  @Test(
    "table cells are trimmed and know three escapes",
    arguments: [
      (#"| a |  b c  |"#, ["a", "b c"]),
      (#"| a\|b | \\ | x\ny | \' |"#, ["a|b", #"\"#, "x\ny", #"\'"#]),
      (#"| \\\\ |"#, [#"\\"#]),
      ("| |", [""]),
      ("|", []),
    ])
  func cells(line: String, expected: [String]) throws {
    let text = "Feature: F\nScenario: S\nGiven parameters are:\n\(line)\n"
    #expect(try FeatureReader.scenarios(in: text, file: "f")[0].steps[0].table == [expected])
  }

  @Test("lines may end with carriage return and line feed")
  func windowsLines() throws {
    let text =
      "Feature: F\r\n  Scenario: S\r\n    When executing query:\r\n      \"\"\"\r\n      RETURN 1\r\n      \"\"\"\r\n"
    #expect(try FeatureReader.scenarios(in: text, file: "f")[0].steps[0].docString == "RETURN 1")
  }

  @Test("a doc string may contain its delimiter, escaped, and lines that look like steps")
  func docStrings() throws {
    let text = "Feature: F\nScenario: S\nWhen executing query:\n  ```\n  Given | #\n \\\"\\\"\\\"\n\n  ```"
    #expect(try FeatureReader.scenarios(in: text, file: "f")[0].steps[0].docString == "Given | #\n\"\"\"\n")
  }

  @Test(
    "an error names file and line",
    arguments: [
      ("Scenario: S", "f:1: a scenario before the feature, expected \"Feature:\""),
      ("", "f:1: no feature in the file, expected \"Feature:\""),
      ("Feature: F\nFeature: G", "f:2: a second feature, expected one in a file"),
      ("Feature: F\nScenario: S", "f:2: a scenario without steps"),
      ("Feature: F\nScenario: S\nGiven x\n| a", "f:4: a table row that does not end with |"),
      (
        "Feature: F\nScenario: S\nGiven x\n| a |\n| b | c |",
        "f:5: a table row with 2 cells, expected 1 as in its first row"
      ),
      ("Feature: F\nScenario: S\n| a |", "f:3: a table without a step before it"),
      ("Feature: F\nScenario: S\n\"\"\"", "f:3: a doc string without a step before it"),
      ("Feature: F\nScenario: S\nGiven x\n\"\"\"\ny", "f:4: a doc string that is never closed"),
      (
        "Feature: F\nScenario: S\nGiven x\nGave y", "f:4: \"Gave y\" is no step, expected Given, When, Then, And or But"
      ),
      ("Feature: F\nScenario Outline: S\nGiven x", "f:2: a scenario outline without examples"),
      ("Feature: F\nScenario Outline: S\nGiven x\nExamples:", "f:4: examples without a table"),
      ("Feature: F\nExamples:", "f:2: examples without a scenario outline before them"),
      (
        "Feature: F\nScenario Outline: S\nGiven x\nExamples:\n|a|\nGiven y",
        "f:6: a step after the examples of its scenario"
      ),
    ])
  func errors(text: String, message: String) {
    #expect {
      try FeatureReader.scenarios(in: text, file: "f")
    } throws: { error in
      "\(error)" == message
    }
  }
}
