import ScenarioRunner
import TestResources
import Testing

@Suite("Directories of feature files")
struct FeatureDirectoryTests {
  private let root: TemporaryDirectory

  init() throws { root = try TemporaryDirectory() }

  private func write(_ path: String, _ text: String) throws { try root.file(path, text) }

  private func feature(_ name: String) -> String {
    "Feature: F\nScenario: \(name)\nGiven the tiny graph\nWhen executing query:\n\"\"\"\nQ\n\"\"\"\n"
  }

  @Test("every file at any depth, with the named graphs of the nearest directory above")
  func recursion() throws {
    try write("features/a/A10.feature", feature("ten"))
    try write("features/a/A9.feature", feature("nine"))
    try write("features/a/b/deep.feature", feature("deep"))
    try write("features/a/notes.txt", "no feature")
    try write("graphs/tiny/tiny.cypher", "CREATE ()")
    try write("features/a/b/graphs/tiny/tiny.cypher", "CREATE (:Deep)")
    let directory = try FeatureDirectory(path: root.path("features"))
    #expect(directory.scenarios.map(\.name) == ["nine", "ten", "deep"])
    #expect(directory.scenarios.map { $0.graphs["tiny"] } == ["CREATE ()", "CREATE ()", "CREATE (:Deep)"])
    #expect(directory.errors.isEmpty)
  }

  @Test("one file by itself")
  func oneFile() throws {
    try write("x.feature", feature("alone"))
    let file = root.path("x.feature")
    let scenario = try #require(FeatureDirectory(path: file).scenarios.first)
    #expect(scenario.title == "\(file):2 alone")
    #expect(scenario.unreadableSteps() == ["\(file):3: no script for the graph tiny"])
  }

  @Test("a file that cannot be read does not hide the others")
  func brokenFile() throws {
    try write("a.feature", "Nothing")
    try write("b.feature", feature("fine"))
    let directory = try FeatureDirectory(path: root.path)
    #expect(directory.scenarios.map(\.name) == ["fine"])
    #expect(directory.errors.map(\.line) == [1])
  }

  @Test("a directory that does not exist")
  func missing() {
    #expect(throws: FeatureError.self) { try FeatureDirectory(path: "/no/such/directory") }
  }
}
