import Testing

@testable import Plenary

@Suite("Limits on the size of values")
struct SizeLimitTests {
  @Test("stop a loop that nests lists without end")
  func nesting() throws {
    let text = "RETURN size(reduce(nested = [], x IN range(1, 1000000) | [nested, x])) AS size"
    #expect(slug { try Database().query(text) } == "memory-limit-exceeded")
    try SizeLimit.checkNesting(nested(1000, around: v(1)))
    #expect(slug { try SizeLimit.checkNesting(nested(1001, around: v(1))) } == "memory-limit-exceeded")
    #expect(slug { try SizeLimit.checkNesting(nested(1001, around: v(["a": v([])]))) } == "memory-limit-exceeded")
  }

  @Test("stop lists and strings before they are made")
  func size() throws {
    try SizeLimit.checkList(100_000_000)
    #expect(
      message { try SizeLimit.checkList(100_000_001) }
        == "a list of 100000001 elements is too large, expected at most 100000000")
    #expect(
      message { try SizeLimit.checkString(1 << 40) }
        == "a string of 1099511627776 bytes is too large, expected at most 67108864")
    #expect(slug { try Database().query("RETURN range(1, 1000000000000)") } == "memory-limit-exceeded")
  }
}
