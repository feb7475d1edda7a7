import Foundation
import PlenarySyntax
import Testing

@testable import Plenary

@Suite("Reference")
struct ReferenceTests {
  @Test("pages hold what the entries say and the examples show", arguments: try ReferenceDocument.all())
  func page(document: ReferenceDocument) throws {
    let renewed = try document.renewed()
    guard renewed != document.text else { return }
    if ProcessInfo.processInfo.environment["PLENARY_UPDATE_GOLDEN"] == "1" {
      try renewed.write(to: document.file, atomically: true, encoding: .utf8)
    } else {
      let lines = zip(renewed.components(separatedBy: "\n"), document.text.components(separatedBy: "\n"))
      let first = lines.first { $0 != $1 }
      Issue.record(
        """
        \(document.file.lastPathComponent) is out of date; run the tests with PLENARY_UPDATE_GOLDEN=1 and look at \
        the difference.
        expected: \(first?.0 ?? "another number of lines")
        found:    \(first?.1 ?? "")
        """)
    }
  }

  @Test("examples run, apart from those of errors", arguments: Reference.all.filter { $0.kind != .code })
  func example(entry: ReferenceEntry) throws {
    for example in entry.examples {
      let mark = example.startsEmpty ? ExampleRun.emptyGraphMark + "\n" : ""
      let run = try ExampleRun(mark + example.script)
      #expect(run.codes.isEmpty, "\(run.output)")
    }
  }

  @Test("every entry has a name, a form and a summary, and is found by its names", arguments: Reference.all)
  func names(entry: ReferenceEntry) {
    #expect(!entry.signature.isEmpty)
    #expect(!entry.summary.isEmpty && entry.summary.last != ".")
    for name in [entry.name] + entry.aliases { #expect(Reference.entries(named: name).contains(entry)) }
  }

  @Test("names are found in any case, with any white space, and without the parentheses of a call")
  func lookup() {
    #expect(Reference.entry(named: "order  By")?.name == "ORDER BY")
    #expect(Reference.entry(named: "TOUPPER()")?.kind == .function)
    #expect(Reference.entry(named: "desc")?.name == "ORDER BY")
    #expect(Reference.entry(named: "division-by-zero")?.kind == .code)
    #expect(Reference.entries(named: "date").map(\.kind) == [.type, .function])
    #expect(Reference.entry(named: "nothing") == nil)
    #expect(Reference.entry(named: "") == nil)
    #expect(Reference.suggestion(for: "toUper") == "toUpper")
  }

  @Test("every function and procedure has an entry")
  func registries() {
    let functions = FunctionRegistry.shared
    #expect(
      Set(Reference.functions.map(\.name)) == Set(functions.all.map(\.name) + functions.aggregates.map(\.name)))
    #expect(Reference.procedures.map(\.name) == Database().procedureList.map(\.name))
  }
}

extension ReferenceEntry: CustomTestStringConvertible {
  /// What a test of an entry is called.
  public var testDescription: String { "\(kind.rawValue) \(name)" }
}
