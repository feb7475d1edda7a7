import TestResources
import Testing

@testable import Plenary

@Suite("The order of values in ORDER BY")
struct ValueOrderTests {
  @Test("puts the types one after the other, null last")
  func acrossTypes() throws {
    let path = Value.path(PathValue(nodes: [NodeID(0), NodeID(1)], relationships: [RelationshipID(0)]))
    let sorted: [Value] = [
      v([:]), v(["a": v("map")]), v(["b": v("map")]), v(["a": v(1), "b": v(1)]), .node(NodeID(0)), .node(NodeID(1)),
      .relationship(RelationshipID(0)), v([]), v([v("list")]), path,
      .dateTime(try Temporal.DateTime(parsing: "2015-07-21T21:40Z")),
      .localDateTime(try Temporal.LocalDateTime(parsing: "2015-07-21T21:40")),
      .date(try Temporal.Date(parsing: "2015-07-21")), .time(try Temporal.Time(parsing: "21:40Z")),
      .localTime(try Temporal.LocalTime(parsing: "21:40")), .duration(try Temporal.Duration(parsing: "P1D")),
      v(""), v("text"), v(false), v(true), v(-Double.infinity), v(-1), v(1.5), .integer(.max), v(1e300),
      v(Double.infinity), v(Double.nan), null,
    ]
    for (index, a) in sorted.enumerated() {
      for (otherIndex, b) in sorted.enumerated() {
        #expect(Value.order(a, b).signum() == (index - otherIndex).signum())
      }
    }
  }

  @Test("goes through lists element by element")
  func lists() {
    let sorted: [Value] = [
      v([]), v([v("a")]), v([v("a"), v(1)]), v([v(1)]), v([v(1), v("a")]), v([v(1), null]), v([null, v(1)]),
      v([null, v(2)]),
    ]
    #expect(sorted.reversed().sorted { Value.order($0, $1) < 0 } == sorted)
  }

  @Test("is total, and agrees with equivalence, hashing, = and <")
  func laws() {
    var random = ValueGenerator(seed: 20_26)
    let values = (0..<150).map { _ in random.value() }
    for a in values {
      #expect(a == a && Value.order(a, a) == 0)
      for b in values {
        let order = Value.order(a, b).signum()
        #expect(order == -Value.order(b, a).signum())
        #expect((order == 0) == (a == b))
        if a == b { #expect(a.hashValue == b.hashValue) }
        if Value.isEqual(a, b) == .true { #expect(a == b) }
        let comparison = Value.compare(a, b)
        #expect(Value.compare(b, a) == comparison.reversed)
        if comparison == .equal { #expect(Value.isEqual(a, b) == .true) }
        if comparison == .less { #expect(order < 0) }
        for c in values.prefix(40) where order <= 0 && Value.order(b, c) <= 0 {
          #expect(Value.order(a, c) <= 0)
        }
      }
    }
  }
}

@Suite("Equivalence of values in DISTINCT and grouping")
struct ValueEquivalenceTests {
  @Test(
    "makes alike what = leaves open",
    arguments: [
      (null, null), (v(Double.nan), v(-Double.nan)), (v(1), v(1.0)), (v(0.0), v(-0.0)),
      (v([null, v(1)]), v([null, v(1.0)])), (v(["a": null, "b": v(1)]), v(["b": v(1), "a": null])),
    ])
  func alike(a: Value, b: Value) {
    #expect(a == b)
    #expect(Set([a, b]).count == 1)
  }

  @Test(
    "keeps apart what differs",
    arguments: [
      (v(9_007_199_254_740_993), v(9_007_199_254_740_992.0)), (v("\u{E9}"), v("e\u{301}")), (v(1), v("1")),
      (null, v(false)), (v([]), v([null])), (v([:]), v(["a": null])), (v([v(1), v(2)]), v([v(2), v(1)])),
      (.node(NodeID(1)), .relationship(RelationshipID(1))), (v([v([v(1)]), v(2)]), v([v([v(1), v(2)])])),
    ])
  func apart(a: Value, b: Value) {
    #expect(a != b)
    #expect(Set([a, b]).count == 2)
  }
}

/// Makes values of all types, often alike, the same ones for the same seed.
struct ValueGenerator: RandomNumberGenerator {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> UInt64 { random.next() }

  mutating func value(depth: Int = 0) -> Value {
    switch Int.random(in: 0..<(depth < 3 ? 15 : 12), using: &self) {
    case 0: return .null
    case 1: return .boolean(Bool.random(using: &self))
    case 2: return .integer(Int64.random(in: -2...2, using: &self))
    case 3: return .integer([.max, .min, 1 << 53, (1 << 53) + 1].randomElement(using: &self) ?? 0)
    case 4: return .float([0, -0.0, 1, 1.5, -2, 0x1p53, 0x1p63, -0x1p63].randomElement(using: &self) ?? 0)
    case 5: return .float([.nan, .infinity, -.infinity].randomElement(using: &self) ?? 0)
    case 6: return .string(["", "a", "b", "ab", "\u{E9}", "e\u{301}", "😀"].randomElement(using: &self) ?? "")
    case 7: return .node(NodeID(UInt32.random(in: 0...1, using: &self)))
    case 8: return .relationship(RelationshipID(UInt32.random(in: 0...1, using: &self)))
    case 9:
      let length = Int.random(in: 0...2, using: &self)
      return .path(
        PathValue(
          nodes: (0...length).map { _ in NodeID(UInt32.random(in: 0...1, using: &self)) },
          relationships: (0..<length).map { _ in RelationshipID(UInt32.random(in: 0...1, using: &self)) }))
    case 10:
      return (try? Temporal.Date(daysSinceEpoch: Int64.random(in: 0...2, using: &self))).map(Value.date) ?? .null
    case 11:
      let days = Int64.random(in: 30...31, using: &self)
      return (try? Temporal.Duration(months: days % 2, days: days - days % 2)).map(Value.duration) ?? .null
    case 12, 13: return .list((0..<Int.random(in: 0...3, using: &self)).map { _ in value(depth: depth + 1) })
    default:
      let keys = ["a", "b", "c"].shuffled(using: &self).prefix(Int.random(in: 0...2, using: &self))
      return .map(MapValue(keys.map { (key: $0, value: value(depth: depth + 1)) }))
    }
  }
}
