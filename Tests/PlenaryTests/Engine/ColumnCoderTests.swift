import Testing

@testable import Plenary

/// Values are numbered in the order they first appear, whatever form their column has.
@Suite struct ColumnCoderTests {
  /// Ids far above the number of rows are numbered by hash, and by a table as soon as they are many.
  @Test(arguments: [[1], [3, 40], [5, 200_000, 7], [300, 300, 300]])
  func idsKeepTheirNumbers(_ batchSizes: [Int]) {
    var coder = ColumnCoder()
    var expected: [UInt32: Int32] = [:]
    var number: UInt32 = 1_000_003
    for size in batchSizes {
      let ids = (0..<size).map { row -> UInt32 in
        number = (number &* 7_919) % 2_000_003
        return row % 3 == 0 ? NodeID.noneRawValue : number
      }
      let codes = coder.codes(.nodes(ids))
      for (id, code) in zip(ids, codes) {
        let known = expected[id, default: Int32(expected.count)]
        expected[id] = known
        #expect(code == known)
      }
      #expect(coder.count == expected.count)
    }
    let inOrder = expected.sorted { $0.value < $1.value }.map(\.key)
    #expect(coder.column((0..<Int32(expected.count)).map { $0 }).nodeIDs == inOrder)
  }

  /// A column without rows brings no number, whatever its value would be.
  @Test func noRowsHaveNoNumbers() {
    var coder = ColumnCoder()
    #expect(coder.codes(.constant(.null, count: 0)).isEmpty)
    #expect(coder.codes(.nodes([])).isEmpty)
    #expect(coder.count == 0)
    #expect(coder.codes(.nodes([5, 7, 5])) == [0, 1, 0])
  }

  /// Integers that lie close together have a table of their own, until one comes that lies far away.
  @Test(
    arguments: [
      [5, 3, 4, nil, 5, 1000, -1000, 70000, 5], [.max, .max - 1, nil, .max - 200, .max], [.min, .min + 3, .min],
      [0, .max, .min, 0, nil, nil, 7, 1], [nil, nil], [nil, 3, 2, nil, 3], [1990, 2020, 1800, 1990, 65000],
    ] as [[Int64?]])
  func integersKeepTheirNumbers(_ integers: [Int64?]) {
    for batchSize in [1, 2, 9] {
      var coder = ColumnCoder()
      var expected: [Int64?: Int32] = [:]
      var start = 0
      while start < integers.count {
        let batch = integers[start..<min(start + batchSize, integers.count)]
        let codes = coder.codes(
          .integers(NullableArray(batch.map { $0 ?? 0 }, isNull: batch.contains(nil) ? batch.map { $0 == nil } : nil)))
        for (integer, code) in zip(batch, codes) {
          let known = expected[integer, default: Int32(expected.count)]
          expected[integer] = known
          #expect(code == known, "batches of \(batchSize)")
        }
        start += batchSize
      }
      let inOrder = expected.sorted { $0.value < $1.value }.map { $0.key.map(Value.integer) ?? .null }
      #expect(coder.column((0..<Int32(expected.count)).map { $0 }).valueArray == inOrder)
    }
  }

  /// A table that is made for low ids has room for the higher ones before them.
  @Test func highIdsMayComeBeforeLowOnes() {
    var coder = ColumnCoder()
    #expect(coder.codes(.nodes([1_000_000])) == [0])
    #expect(coder.codes(.nodes([5, 6])) == [1, 2])
    #expect(coder.codes(.nodes([6, 1_000_000, 7])) == [2, 0, 3])
  }

  /// `type(r)` has the types of a statement's own relationships, too.
  @Test(arguments: [
    QueryCase(
      "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n ORDER BY t",
      after: "CREATE (a)-[:B]->(b), (b)-[:A]->(a), (a)-[:B]->(a)", gives: ["'A', 1", "'B', 2"]),
    QueryCase(
      "MATCH (n) OPTIONAL MATCH (n)-[r:X]->() RETURN n.i AS i, type(r) AS t, type(r) = 'X' AS x ORDER BY i",
      after: "CREATE (a {i: 1})-[:X]->(b {i: 2})", gives: ["1, 'X', true", "2, null, null"]),
    QueryCase(
      "MATCH (a)-[r]->(b) CREATE (b)-[s:NEW]->(a) WITH a, r, s MATCH (x)-[t]->(a) RETURN type(r), type(s), type(t)",
      after: "CREATE ({i: 1})-[:OLD]->({i: 2})", gives: ["'OLD', 'NEW', 'NEW'"]),
    QueryCase(
      "MATCH ()-[r]->() DELETE r RETURN type(r)", after: "CREATE ()-[:GONE]->()", gives: ["'GONE'"]),
  ])
  func typesOfRelationships(_ query: QueryCase) throws {
    for batchSize in [1, 7, 2048] {
      var options = QueryOptions()
      options.batchSize = batchSize
      #expect(try query.run(options) == query.rows, "batches of \(batchSize)")
    }
  }

  /// A column with few distinct strings is read by the codes of its dictionary; rows without one are null.
  @Test func dictionaryStringsAreNumberedByTheirCodes() throws {
    var graph = Graph()
    try graph.execute(
      "UNWIND range(0, 999) AS i CREATE (:N {i: i, c: CASE i % 4 WHEN 3 THEN null ELSE 'city ' + (i % 4) END})")
    graph.fold()
    let key = try #require(graph.keyToken("c"))
    let column = graph.gather(key, of: Array(0..<8))
    guard case .strings(let strings) = column else {
      Issue.record("\(column) is no column of strings")
      return
    }
    #expect(strings.codes != nil)
    #expect(strings.hasNull)
    var coder = ColumnCoder()
    #expect(coder.codes(column) == [0, 1, 2, 3, 0, 1, 2, 3])
    let values: [Value] = [.string("city 0"), .string("city 1"), .string("city 2"), .null]
    #expect(coder.column([0, 1, 2, 3]).valueArray == values)
    #expect(Vector(joining: [column, column.gathered([3, 0])]).valueArray == values + values + [.null, values[0]])
    #expect(Vector(joining: [column, .constant(.integer(1), count: 1)]).valueArray == values + values + [.integer(1)])
    // A column of another form goes on with the numbers there are.
    #expect(coder.codes(.values([.string("city 2"), .integer(1), .null])) == [2, 4, 3])
  }
}
