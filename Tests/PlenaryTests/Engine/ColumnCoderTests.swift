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

  /// A table that is made for low ids has room for the higher ones before them.
  @Test func highIdsMayComeBeforeLowOnes() {
    var coder = ColumnCoder()
    #expect(coder.codes(.nodes([1_000_000])) == [0])
    #expect(coder.codes(.nodes([5, 6])) == [1, 2])
    #expect(coder.codes(.nodes([6, 1_000_000, 7])) == [2, 0, 3])
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
