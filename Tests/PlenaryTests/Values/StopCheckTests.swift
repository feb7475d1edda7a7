import Testing

@testable import Plenary

/// Whatever goes through one long value asks on the way whether it is to stop.
@Suite struct StopCheckTests {
  static let longText = String(repeating: "añ,", count: 100_000)
  static let longList = Value.list(Array(repeating: .integer(1), count: 300_000))

  private static func stop() throws(QueryError) { throw QueryError(.cancelled, "the query was cancelled") }

  @Test(
    arguments: [
      ("toUpper", [.string(longText)]), ("toLower", [.string(longText)]), ("reverse", [.string(longText)]),
      ("reverse", [longList]), ("tail", [longList]), ("range", [.integer(1), .integer(300_000)]),
      ("split", [.string(longText), .string(",")]), ("split", [.string(longText), .string("")]),
      ("split", [.string(longText), .string("x")]), ("replace", [.string(longText), .string("a"), .string("b")]),
      ("replace", [.string(longText), .string("x"), .string("b")]),
      ("replace", [.string(longText), .string(""), .string("b")]),
    ] as [(String, [Value])])
  func functions(_ name: String, _ arguments: [Value]) throws {
    let function = try #require(FunctionRegistry.shared.scalar(named: name))
    let stopping = EvaluationContext(graph: Graph(), statementTime: 0, checkStop: Self.stop)
    #expect(slug { try function.implementation(arguments[...], stopping) } == "cancelled")
    // Left alone, it gives what it gives for the short pieces.
    _ = try function.implementation(arguments[...], EvaluationContext(graph: Graph(), statementTime: 0))
  }

  @Test func operators() throws {
    #expect(slug { try Value.add(Self.longList, Self.longList, checkStop: Self.stop) } == "cancelled")
    #expect(slug { try Value.add(Self.longList, v(1), checkStop: Self.stop) } == "cancelled")
    #expect(slug { try Value.add(v(1), Self.longList, checkStop: Self.stop) } == "cancelled")
    #expect(slug { try Value.isIn(v(2), Self.longList, checkStop: Self.stop) } == "cancelled")
    #expect(slug { try Value.slice(Self.longList, from: v(1), to: nil, checkStop: Self.stop) } == "cancelled")
    let expression = try RegularExpression("(a|ñ|,)*x")
    #expect(slug { try expression.matchesWhole(Self.longText, checkStop: Self.stop) } == "cancelled")
  }

  /// Pieces are put together as if there were none.
  @Test func piecesMakeTheWhole() throws {
    #expect(try call("toUpper", .string(Self.longText)) == .string(Self.longText.uppercased()))
    #expect(
      try call("replace", .string(Self.longText), v("ñ,a"), v("-"))
        == v("a" + String(repeating: "-", count: 99_999) + "ñ,"))
    #expect(try call("size", call("split", .string(Self.longText), v(","))) == v(100_001))
    #expect(try call("reverse", call("reverse", .string(Self.longText))) == .string(Self.longText))
    #expect(try call("reverse", call("range", v(1), v(200_000))) == call("range", v(200_000), v(1), v(-1)))
    #expect(try call("tail", call("range", v(1), v(200_000))) == call("range", v(2), v(200_000)))
    let numbers = try call("range", v(1), v(200_000))
    let more = try call("range", v(200_001), v(300_000))
    #expect(try Value.add(numbers, more) == call("range", v(1), v(300_000)))
    #expect(try Value.add(v(0), numbers) == call("range", v(0), v(200_000)))
    // A match that lies across the end of a piece.
    let text = String(repeating: "a", count: 65_535) + "bcd" + String(repeating: "a", count: 65_533) + "bcd"
    #expect(try call("size", call("replace", v(text), v("bcd"), v(""))) == v(65_535 + 65_533))
  }

  @Test func resultsAreBounded() throws {
    #expect(slug { try call("range", v(1), v(200_000_000)) } == "memory-limit-exceeded")
    let text = "RETURN size(reduce(s = 'abcdefgh', i IN range(1, 40) | s + s)) AS n"
    #expect(slug { try Database().query(text) } == "memory-limit-exceeded")
    let list = "RETURN size(reduce(s = [1, 2], i IN range(1, 40) | s + s)) AS n"
    #expect(slug { try Database().query(list) } == "memory-limit-exceeded")
  }
}
