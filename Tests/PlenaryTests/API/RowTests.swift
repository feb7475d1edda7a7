import Testing

@testable import Plenary

@Suite("Rows of a result")
struct RowTests {
  /// A result of batches of the given rows.
  static func result(_ columns: [String], _ batches: [[[Value]]], graph: Graph = Graph()) -> QueryResult {
    QueryResult(
      columns: columns, graph: graph, summary: QuerySummary(),
      batches: batches.map { rows in
        ResultBatch(
          columns: columns.indices.map { column in Vector(narrowing: rows.map { $0[column] }) }, count: rows.count)
      })
  }

  private let result = Self.result(["name", "n"], [[["a", 1]], [], [["b", nil], ["c", 3]], [["d", 4]]])

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch let error as QueryError {
      return error.message + (error.hint.map { " (\($0))" } ?? "")
    } catch { return "another error" }
    return "nothing"
  }

  @Test("are a collection over all batches")
  func collection() throws {
    #expect(result.count == 4)
    #expect(result.map { $0.value(0) } == ["a", "b", "c", "d"])
    #expect(result.indices.map { result[$0].value(1) } == [1, nil, 3, 4])
    #expect(result.map(\.index) == [0, 1, 2, 3])
    #expect(result.last?.value(0) == "d")
    #expect(result.reversed().map { $0.value(0) } == ["d", "c", "b", "a"])
    #expect(Self.result(["x"], []).isEmpty)
    #expect(Self.result([], [[[], []]]).count == 2)
  }

  @Test("are read as the type that is expected")
  func typedAccess() throws {
    let row = result[0]
    let name: String = try row["name"]
    let number: Int = try row["n"]
    let optional: Int? = try row["n"]
    let float: Double = try row["n"]
    let value: Value = try row["n"]
    let first: String = try row[0]
    #expect((name, number, optional) == ("a", 1, 1))
    #expect((float, value, first) == (1.0, 1, "a"))
    let missing: Int? = try result[1]["n"]
    #expect(missing == nil)
    #expect(try row.value(of: "n", as: Int8.self) + 1 == 2)
    #expect(try row.value(named: "name") == "a")
  }

  @Test("of lists, maps and graph elements")
  func nested() throws {
    var builder = GraphBuilder()
    let key = try builder.makeKeyToken("k")
    let node = try builder.addNode(labels: [], properties: [(key, 5)])
    try builder.addRelationship(type: try builder.makeTypeToken("R"), from: node, to: node)
    let relationship = RelationshipID(0)
    let row = Self.result(
      ["list", "map", "node", "rel", "day"],
      [
        [
          [
            [1, nil, 3], ["a": [true]], .node(node), .relationship(relationship),
            .date(try Temporal.Date(year: 2024, month: 8, day: 7)),
          ]
        ]
      ], graph: try builder.build())[0]
    let list: [Int?] = try row["list"]
    #expect(list == [1, nil, 3])
    let map: [String: [Bool]] = try row["map"]
    #expect(map == ["a": [true]])
    let view: Node = try row["node"]
    #expect(view["k"] == 5)
    #expect(try row.value(of: "node", as: NodeID.self) == node)
    #expect(try row.value(of: "rel", as: Relationship.self).type == "R")
    #expect(try row.value(of: "day", as: Temporal.Date.self).year == 2024)
    #expect(
      message { _ = try row.value(of: "list", as: [Int].self) }
        == "column \"list\" of row 0: found null at [1], expected an Integer")
    #expect(
      message { _ = try row.value(of: "map", as: [String: [Int]].self) }
        == "column \"map\" of row 0: found the Boolean true at [\"a\"][0], expected an Integer")
  }

  @Test("say what was found and what was expected")
  func errors() {
    #expect(
      message { let _: Int = try result[0]["name"] }
        == "column \"name\" of row 0: found the String \"a\", expected an Integer")
    #expect(message { let _: Int = try result[1]["n"] } == "column \"n\" of row 1: found null, expected an Integer")
    #expect(
      message { let _: Bool = try result[2]["n"] } == "column \"n\" of row 2: found the Integer 3, expected a Boolean")
    #expect(
      message { let _: String = try result[0]["nam"] }
        == "there is no column \"nam\", expected one of \"name\", \"n\" (did you mean \"name\"?)")
    #expect(message { let _: String = try result[0][2] } == "there is no column 2, expected a number below 2")
    let big = Self.result(["n"], [[[300]]])
    #expect(
      message { let _: UInt8 = try big[0]["n"] }
        == "column \"n\" of row 0: found the Integer 300, expected an Integer from 0 to 255")
  }

  @Test("columns are told apart by code points, not by Swift's equivalence")
  func columnNames() throws {
    let row = Self.result(["e\u{301}", "\u{E9}"], [[[1, 2]]])[0]
    #expect(try row.value(named: "\u{E9}") == 2)
    #expect(try row.value(named: "e\u{301}") == 1)
  }

  @Test("values can be written as literals")
  func literals() {
    let value: Value = ["name": "x", "n": 3, "f": 1.5, "t": true, "none": nil, "list": [1, "a"]]
    #expect(
      value
        == .map([
          "name": .string("x"), "n": .integer(3), "f": .float(1.5), "t": .boolean(true), "none": .null,
          "list": .list([.integer(1), .string("a")]),
        ]))
  }
}
