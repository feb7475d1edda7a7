import Testing

@testable import Plenary

/// The numbers that UNWIND takes from `range()` without a list, and their sums.
@Suite struct IntegerRangeTests {
  /// Ranges of few and of many numbers, up and down, at both ends of what an integer can be.
  static let ranges: [(start: Int64, end: Int64, step: Int64)] = [
    (0, 0, 1), (1, 0, 1), (0, 1, -1), (1, 2, 1), (1, 3, 1), (1, 4, 1), (1, 5, 1), (10, -10, -1), (10, -10, -3),
    (-7, 50, 6), (0, 5000, 1), (0, 100_000_000_000_000, 20_000_000_001), (.max - 10, .max, 1), (.max - 10, .max, 3),
    (.min + 10, .min, -1), (.min + 10, .min, -4), (.min, .max, 1 << 60), (.max, .min, -(1 << 60)), (.min, .min, 1),
    (.max, .max, .max), (.min, .max, .max), (.max, .min, .min),
  ]

  @Test(arguments: ranges)
  func theyAreThoseOfTheRange(start: Int64, end: Int64, step: Int64) throws {
    let numbers = Array(stride(from: Int128(start), through: Int128(end), by: Int128.Stride(step)))
    for batchSize in [1, 7, 2048] {
      var sequence = IntegerSequence(from: start, through: end, by: step)
      var found: [Int128] = []
      while let next = sequence.next(batchSize) {
        #expect(!next.isEmpty && next.count <= batchSize)
        found += next.map { Int128($0) }
      }
      #expect(found == numbers, "\(batchSize) at a time")
    }
    let sum = numbers.map { Int64($0) }.withUnsafeBufferPointer { CompensatedSum.sum(of: $0) }
    #expect(sum == numbers.reduce(0, +))
  }

  @Test("are summed up as long as the sum is an integer", arguments: [1, 3])
  func sums(threads: Int) throws {
    var options = QueryOptions()
    options.batchSize = 7
    if threads > 1 { options.share(among: threads, morsels: 5) }
    func sum(_ range: String) throws -> String {
      let answer = QueryAnswer(try Graph().query("UNWIND range(\(range)) AS x RETURN sum(x)", options: options))
      return answer.rows[0][0].description
    }
    #expect(try sum("1, 100000") == "5000050000")
    #expect(try sum("5, -20, -2") == "-91")
    #expect(try sum("\(Int64.min), \(Int64.max), \(Int64.max)") == "-3")
    #expect(throws: QueryError.self) { try sum("\(Int64.max - 1), \(Int64.max)") }
  }
}
