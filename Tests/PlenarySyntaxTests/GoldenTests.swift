import PlenarySyntax
import PlenaryTestSupport
import Testing

@Suite("Golden files")
struct GoldenTests {
  @Test(arguments: GoldenFile.all(in: "Golden"))
  func `a query becomes its tree, its layout and its diagnostics`(file: GoldenFile) throws {
    let query = try #require(file.section("QUERY"))
    let tree = Parser.parse(query)
    let renderer = DiagnosticRenderer()
    var formatted = tree.hasErrors ? "" : Formatter.format(tree)
    if formatted.hasSuffix("\n") { formatted.removeLast() }
    file.expect([
      ("TREE", tree.hasErrors ? "" : tree.outline),
      ("FORMATTED", formatted),
      ("DIAGNOSTICS", tree.diagnostics.map { renderer.render($0, in: query) }.joined(separator: "\n\n")),
    ])
  }

  @Test func `there are golden files`() {
    #expect(GoldenFile.all(in: "Golden").count > 10)
  }
}
