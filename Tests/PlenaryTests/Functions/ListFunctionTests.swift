import Testing

@testable import Plenary

@Suite("List functions")
struct ListFunctionTests {
  @Test(
    "of one list",
    arguments: [
      ("head", v([v(1), v(2)]), v(1)), ("head", v([]), null), ("last", v([v(1), v(2)]), v(2)), ("last", v([]), null),
      ("tail", v([v(1), v(2), v(3)]), v([v(2), v(3)])), ("tail", v([]), v([])),
      ("reverse", v([v(1), v("a")]), v([v("a"), v(1)])),
      ("size", v([v(1), null]), v(2)), ("size", null, null), ("isEmpty", v([]), v(true)), ("isEmpty", v([:]), v(true)),
      ("keys", v(["a": null, "b": v(1)]), v([v("a"), v("b")])), ("keys", null, null),
      ("properties", v(["a": v(1)]), v(["a": v(1)])),
    ])
  func one(name: String, list: Value, expected: Value) throws {
    #expect(try call(name, list) == expected)
  }

  @Test(
    "range has both ends",
    arguments: [
      (-1, 1, 1, [-1, 0, 1]), (0, 0, 1, [0]), (0, -1, 1, []), (0, 10, 4, [0, 4, 8]), (10, -10, -7, [10, 3, -4]),
      (0, -3, -1, [0, -1, -2, -3]), (0, 1, -1, []), (0, 0, -1, [0]), (1381, -3412, -1298, [1381, 83, -1215, -2513]),
      (.max - 1, .max, 1, [.max - 1, .max]), (.min, .max, .max, [.min, -1, .max - 1]), (.max, .min, .min, [.max, -1]),
    ] as [(Int64, Int64, Int64, [Int64])])
  func range(start: Int64, end: Int64, step: Int64, expected: [Int64]) throws {
    #expect(
      try call("range", .integer(start), .integer(end), .integer(step)) == v(expected.map(Value.integer)))
  }

  @Test("range refuses what makes no list")
  func rangeErrors() throws {
    #expect(try call("range", v(1), v(3)) == v([v(1), v(2), v(3)]))
    #expect(try call("range", null, v(3)) == null)
    #expect(message { try call("range", v(2), v(8), v(0)) } == "range() got 0 as step, expected another number")
    #expect(slug { try call("range", v(2), v(8), v(0)) } == "number-out-of-range")
    #expect(message { try call("range", v(1.5), v(8)) } == "range() got a Float as start, expected an Integer")
    #expect(slug { try call("range", v(0), v(true)) } == "invalid-range-argument")
    #expect(
      message { try call("range", v(1), v(10_000_000_000)) }
        == "range(1, 10000000000, 1) is longer than 100000000 elements")
    #expect(slug { try call("range", .integer(.min), .integer(.max)) } == "memory-limit-exceeded")
  }

  @Test("of values of any type")
  func values() throws {
    #expect(try call("coalesce", null, v(1), v(2)) == v(1))
    #expect(try call("coalesce", null, null) == null)
    #expect(try call("nullIf", v(1), v(1.0)) == null)
    #expect(try call("nullIf", v(1), null) == v(1))
    #expect(try call("valueType", null) == v("NULL"))
    #expect(try call("valueType", v([v(1), null])) == v("LIST<INTEGER> NOT NULL"))
    #expect(try call("valueType", v([])) == v("LIST<NOTHING> NOT NULL"))
    #expect(try call("timestamp") == v(1_795_291_200_500))
  }

  @Test("of paths")
  func paths() throws {
    let path = Value.path(PathValue(nodes: [NodeID(3), NodeID(5)], relationships: [RelationshipID(7)]))
    #expect(try call("length", path) == v(1))
    #expect(try call("nodes", path) == v([.node(NodeID(3)), .node(NodeID(5))]))
    #expect(try call("relationships", path) == v([.relationship(RelationshipID(7))]))
    #expect(message { try call("length", v([])) } == "length() got a List, expected a Path")
    #expect(try call("nodes", null) == null)
  }

  @Test("type() has openCypher's own detail for the wrong type")
  func type() {
    #expect(slug { try call("type", v(1)) } == "unconvertible-value")
    #expect(message { try call("type", v(1)) } == "type() got an Integer, expected a Relationship")
    #expect(slug { try call("labels", v(1)) } == "invalid-argument-type")
  }
}
