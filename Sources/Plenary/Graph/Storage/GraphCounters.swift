/// How many there are of what: kept current by every write, read by the planner.
struct GraphCounters: Hashable, Sendable {
  var nodes = 0
  var relationships = 0
  /// Nodes by label token.
  var ofLabel: [Int] = []
  /// Relationships by type token.
  var ofType: [Int] = []
  /// Relationships by type token and then label token of their source.
  var ofSourceLabel: [[Int]] = []
  /// Relationships by type token and then label token of their target.
  var ofTargetLabel: [[Int]] = []
  /// Nodes that have a property, by key token.
  var ofNodeKey: [Int] = []
  /// Relationships that have a property, by key token.
  var ofRelationshipKey: [Int] = []

  @inline(__always)
  static func add(_ amount: Int, at index: Int, to counts: inout [Int]) {
    while counts.count <= index { counts.append(0) }
    counts[index] += amount
  }

  @inline(__always)
  static func add(_ amount: Int, at row: Int, _ column: Int, to counts: inout [[Int]]) {
    while counts.count <= row { counts.append([]) }
    add(amount, at: column, to: &counts[row])
  }

  static func count(at index: Int, in counts: [Int]) -> Int { index < counts.count ? counts[index] : 0 }

  static func count(at row: Int, _ column: Int, in counts: [[Int]]) -> Int {
    row < counts.count ? count(at: column, in: counts[row]) : 0
  }

  /// The same counts without trailing zeros, so that two ways to the same graph compare equal.
  var normalized: GraphCounters {
    func trimmed(_ counts: [Int]) -> [Int] {
      Array(counts.reversed().drop { $0 == 0 }.reversed())
    }
    func trimmed(_ counts: [[Int]]) -> [[Int]] {
      Array(counts.map { trimmed($0) as [Int] }.reversed().drop { $0.isEmpty }.reversed())
    }
    var copy = self
    copy.ofLabel = trimmed(ofLabel)
    copy.ofType = trimmed(ofType)
    copy.ofSourceLabel = trimmed(ofSourceLabel)
    copy.ofTargetLabel = trimmed(ofTargetLabel)
    copy.ofNodeKey = trimmed(ofNodeKey)
    copy.ofRelationshipKey = trimmed(ofRelationshipKey)
    return copy
  }
}
