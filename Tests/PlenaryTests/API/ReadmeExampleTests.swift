import Foundation
import Testing

@Suite("The example of the README")
struct ReadmeExampleTests {
  @Test("runs and gives what it promises")
  func runs() throws {
    #expect(
      try readmeExample() == [
        "Cambodia", "Myanmar", "Philippines", "Singapore", "Thailand", "Viet Nam", "Brunei Darussalam",
        "Brunei Darussalam", "Cambodia", "Cambodia", "Cambodia",
        "11 terms, the first in 2005",
        "1 node less in the fork",
        "22012 division-by-zero: division of 1 by zero",
      ])
  }

  @Test("is the file that the tests compile")
  func isCompiled() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let example = try String(
      contentsOf: root.appending(path: "Tests/PlenaryTests/API/ReadmeExample.swift"), encoding: .utf8)
    #expect(readme.contains("```swift\n" + example + "```"))
  }
}
