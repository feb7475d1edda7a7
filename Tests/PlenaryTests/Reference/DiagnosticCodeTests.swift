import Foundation
import PlenarySyntax
import TestResources
import Testing

@testable import Plenary

@Suite("Diagnostic codes")
struct DiagnosticCodeTests {
  @Test("are all listed, each slug once")
  func completeness() throws {
    let declaration = /DiagnosticCode\(\s*"(\w{5})",\s*"([a-z0-9-]+)"/
    let sources = ReferenceDocument.directory.deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var declared: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      declared += text.matches(of: declaration).map { "\($0.1) \($0.2)" }
    }
    #expect(declared.sorted() == DiagnosticCode.all.map(\.description).sorted())
    #expect(Set(DiagnosticCode.all.map(\.slug)).count == DiagnosticCode.all.count)
  }

  @Test("errors have a category and a detail, warnings have none", arguments: DiagnosticCode.all)
  func categories(code: DiagnosticCode) {
    let isWarning = code.gqlStatus.hasPrefix("01") || code.gqlStatus.hasPrefix("03")
    #expect(code.category.isEmpty == isWarning && code.detail.isEmpty == isWarning)
  }

  @Test("are raised by their examples", arguments: Reference.codes)
  func example(entry: ReferenceEntry) throws {
    let raised: [DiagnosticCode]
    if let example = entry.examples.first {
      raised = try ExampleRun(example.script).codes
    } else {
      #expect(!entry.details.isEmpty, "an example or an explanation when it is raised")
      guard let occasion = Self.occasions[entry.name] else {
        #expect(Self.outOfReach.contains(entry.name))
        return
      }
      raised = try occasion()
    }
    #expect(raised.map(\.slug) == [entry.name])
  }

  /// Codes that only a graph or a text of many gigabytes raises.
  private static let outOfReach: Set = ["graph-too-large", "text-too-long"]

  /// How the codes are raised that no query by itself raises.
  private static let occasions: [String: @Sendable () throws -> [DiagnosticCode]] = [
    "invalid-utf8": {
      Parser.parse(utf8: [0x52, 0xFF] as [UInt8]).diagnostics.map(\.code).filter { $0 == .invalidUTF8 }
    },
    "nesting-too-deep": {
      let depth = Parser.maximumNesting + 10
      let text = "RETURN " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      return code { _ = try Graph().query(text) }
    },
    "statement-too-long": {
      let text = String(repeating: "WITH 1 AS a ", count: Engine.maximumClauses + 1) + "RETURN a"
      return code { _ = try Graph().query(text) }
    },
    "procedure-failed": {
      let database = Database()
      database.register(Procedure(name: "host.fail") { _, _ in throw CancellationError() })
      return code { _ = try database.query("CALL host.fail()") }
    },
    "read-only": { code { _ = try Graph().query("CREATE ()") } },
    "transaction-open": {
      let database = Database()
      return database.write { _ in code { _ = try database.query("CREATE ()") } }
    },
    "deadline-exceeded": {
      var options = QueryOptions()
      options.timeout = .zero
      return code { _ = try Database().query("UNWIND range(1, 100000) AS n RETURN n", options: options) }
    },
    "cancelled": {
      let token = CancellationToken()
      token.cancel()
      var options = QueryOptions()
      options.cancellation = token
      return code { _ = try Database().query("UNWIND range(1, 100000) AS n RETURN n", options: options) }
    },
    "row-limit-exceeded": {
      var options = QueryOptions()
      options.rowLimit = 10
      return code { _ = try Database().query("UNWIND range(1, 11) AS n RETURN n", options: options) }
    },
    "file-unreadable": { code { _ = try Database.open("/no/such/file.csv") } },
    "invalid-file": {
      let directory = try TemporaryDirectory()
      let file = try directory.file("a.csv", "id:ID,name,:LABEL\n\"open")
      return code { _ = try Database.open(file) }
    },
    "decoding": { code { _ = try Database().query("RETURN 'a' AS n").decode(Int.self) } },
  ]

  private static func code(_ body: () throws -> Void) -> [DiagnosticCode] {
    do {
      try body()
      return []
    } catch {
      return ((error as? QueryError)?.code).map { [$0] } ?? []
    }
  }
}
