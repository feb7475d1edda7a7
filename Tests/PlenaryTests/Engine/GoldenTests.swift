import Foundation
import Testing

@Suite struct GoldenTests {
  @Test(arguments: GoldenFile.all) func outputsAreAsWritten(_ path: URL) throws {
    let written = try String(contentsOf: path, encoding: .utf8)
    let rendered = try GoldenFile(path).rendered()
    if ProcessInfo.processInfo.environment["PLENARY_UPDATE_GOLDEN"] == "1" {
      try rendered.write(to: path, atomically: true, encoding: .utf8)
    } else {
      #expect(rendered == written, "\(path.lastPathComponent); PLENARY_UPDATE_GOLDEN=1 writes the file anew")
    }
  }

  @Test func thereAreFiles() { #expect(GoldenFile.all.count >= 8) }
}
