/// Relationships of one type on their way into a base, in the order they were added.
struct GatheredRelationships: Sendable {
  /// Source and target of each; see `key`.
  private(set) var keys = SegmentedArray<UInt64>()
  /// What each was numbered while it was added; `nil` while they are numbered from `firstNumber` on.
  private(set) var numbers: SegmentedArray<UInt32>?
  private(set) var firstNumber: UInt32 = 0

  init() {}

  var count: Int { keys.count }

  /// Both ends of a relationship: the source in the high half, the target in the low half.
  @inline(__always)
  static func key(_ source: UInt32, _ target: UInt32) -> UInt64 {
    UInt64(source) &<< 32 | UInt64(target)
  }

  /// What the relationship at an index is numbered.
  func number(at index: Int) -> UInt32 {
    numbers.map { $0[index] } ?? firstNumber + UInt32(index)
  }

  /// Adds a relationship.
  mutating func append(_ key: UInt64, number: UInt32) {
    if !continues(with: number) { numberEach() }
    numbers?.append(number)
    keys.append(key)
  }

  /// Adds relationships that are numbered from a number on.
  mutating func append(_ newKeys: [UInt64], from first: UInt32) {
    if !continues(with: first) { numberEach() }
    numbers?.append(contentsOf: newKeys.indices.map { first + UInt32($0) })
    keys.append(contentsOf: newKeys)
  }

  /// Adds relationships with a number each.
  mutating func append(_ newKeys: [UInt64], numbers newNumbers: [UInt32]) {
    numberEach()
    numbers?.append(contentsOf: newNumbers)
    keys.append(contentsOf: newKeys)
  }

  /// Whether a relationship with this number follows those before without a gap. The first always does.
  private mutating func continues(with number: UInt32) -> Bool {
    if count == 0 { firstNumber = number }
    return numbers == nil && Int(number) == Int(firstNumber) + count
  }

  /// Keeps the number of each from now on.
  private mutating func numberEach() {
    guard numbers == nil else { return }
    var all = SegmentedArray<UInt32>()
    for index in 0..<count { all.append(firstNumber + UInt32(index)) }
    numbers = all
  }
}
