import ScenarioRunner
import Testing

@Suite("Side effects")
struct SideEffectsTests {
  private func properties(_ text: String) throws -> ScenarioEntries {
    guard case .map(let entries) = try ScenarioValueParser.parse(text) else { return ScenarioEntries() }
    return entries
  }

  private func picture(_ nodes: [UInt64: ([String], String)], edge: String? = nil) throws -> GraphPicture {
    var picture = GraphPicture()
    for (id, (labels, text)) in nodes { picture.addNode(id, labels: labels, properties: try properties(text)) }
    if let edge { picture.addRelationship(0, type: "T", from: 0, to: 1, properties: try properties(edge)) }
    return picture
  }

  @Test("nothing changed")
  func none() throws {
    let same = try picture([0: (["A"], "{x: 1}")])
    #expect(SideEffects(from: same, to: same).description == "none")
  }

  @Test("a deleted node takes its properties and relationships along; another may come")
  func nodes() throws {
    let before = try picture([0: (["A"], "{x: 1, y: 2}"), 1: ([], "{}")], edge: "{w: 1}")
    let after = try picture([1: ([], "{}"), 2: (["B"], "{x: 1}")])
    #expect(
      SideEffects(from: before, to: after).description
        == "+nodes 1, -nodes 1, -relationships 1, +properties 1, -properties 3, +labels 1, -labels 1")
  }

  @Test("labels count once for the graph, not once for each node")
  func labels() throws {
    let before = try picture([0: (["A"], "{}"), 1: (["A"], "{}")])
    #expect(
      SideEffects(from: before, to: try picture([0: (["A"], "{}"), 1: (["B", "C"], "{}")])).description == "+labels 2")
    #expect(SideEffects(from: before, to: try picture([0: (["A"], "{}"), 1: ([], "{}")])).description == "none")
  }

  @Test(
    "a changed value is one that went and one that came",
    arguments: [
      ("{x: 1}", "{x: 2}"), ("{x: 1}", "{x: 1.0}"), ("{x: '1'}", "{x: 1}"), ("{x: '\u{e9}'}", "{x: 'e\u{301}'}"),
      ("{x: [1, 2]}", "{x: [2, 1]}"),
    ])
  func values(before: String, after: String) throws {
    let effects = SideEffects(from: try picture([0: ([], before)]), to: try picture([0: ([], after)]))
    #expect(effects.description == "+properties 1, -properties 1")
  }

  @Test("a property of a relationship is not one of the node with the same number")
  func relationships() throws {
    let before = try picture([0: ([], "{x: 1}"), 1: ([], "{}")], edge: "{}")
    let after = try picture([0: ([], "{}"), 1: ([], "{}")], edge: "{x: 1}")
    #expect(SideEffects(from: before, to: after).description == "+properties 1, -properties 1")
  }

  @Test("a temporal value is not the string of its text")
  func temporal() {
    func graph(_ value: ScenarioValue) -> GraphPicture {
      var picture = GraphPicture()
      picture.addNode(0, labels: [], properties: ScenarioEntries([("x", value)]))
      return picture
    }
    let effects = SideEffects(from: graph(.string("P1D")), to: graph(.temporal("P1D")))
    #expect(effects.description == "+properties 1, -properties 1")
  }
}
