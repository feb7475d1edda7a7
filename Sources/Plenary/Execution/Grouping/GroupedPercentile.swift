/// `percentileCont(x, p)` and `percentileDisc(x, p)`: numbers of one type lie side by side until the end and are then
/// divided, not sorted; anything else goes through accumulators.
final class GroupedPercentile: GroupedAggregate {
  /// What the numbers are.
  private enum Form {
    case integers, floats
  }

  private let function: AggregateFunction
  private let interpolates: Bool
  private var form: Form?
  private var percentile: Double?
  /// The numbers that came, in the order of their type, and the group of each; no more once `others` are used.
  private var keys: [Int64] = []
  private var groups: [Int32] = []
  private let others: GroupedAccumulators
  private var hasOthers = false

  override var bytesPerGroup: Int { hasOthers ? others.bytesPerGroup : 24 }
  override var keepsValues: Bool { true }

  init(_ function: AggregateFunction, interpolates: Bool) {
    self.function = function
    self.interpolates = interpolates
    others = GroupedAccumulators(function)
  }

  override func grow(to count: Int) {
    super.grow(to: count)
    if hasOthers { others.grow(to: count) }
  }

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    guard !hasOthers, try addNumbers(column, rest, groups) else {
      try useOthers()
      return try others.add(column, rest: rest, groups: groups)
    }
  }

  /// Takes in a column of the one type, with the one percentile; false for anything else.
  private func addNumbers(_ column: Vector, _ rest: [Vector], _ groups: [Int32]?) throws -> Bool {
    guard rest.count == 1, case .constant(let given, _) = rest[0] else { return false }
    let isNull: [Bool]?
    let numbers: [Int64]
    switch column {
    case .integers(let column) where form != .floats:
      (numbers, isNull, form) = (column.elements, column.isNull, .integers)
    case .floats(let column) where form != .integers:
      (numbers, isNull, form) = (column.elements.map(GroupedPercentile.key), column.isNull, .floats)
    default: return false
    }
    guard let first = numbers.indices.first(where: { !(isNull?[$0] ?? false) }) else { return true }
    if percentile == nil {
      // An accumulator knows what is wrong with a percentile.
      try function.makeAccumulator().add(value(numbers[first]), rest: [given])
      percentile = given.double
    }
    guard percentile == given.double else { return false }
    guard let isNull else {
      keys += numbers
      self.groups += groups ?? Array(repeating: 0, count: numbers.count)
      return true
    }
    for row in numbers.indices where !isNull[row] {
      keys.append(numbers[row])
      self.groups.append(groups?[row] ?? 0)
    }
    return true
  }

  /// Hands over to accumulators what came so far.
  private func useOthers() throws {
    guard !hasOthers else { return }
    hasOthers = true
    others.grow(to: count)
    guard let percentile else { return }
    try others.add(
      .values(keys.map(value)), rest: [.constant(.float(percentile), count: keys.count)], groups: groups)
    (keys, groups) = ([], [])
  }

  override func merge(_ other: GroupedAggregate, groups numbers: [Int32]) throws {
    guard let other = other as? GroupedPercentile else { return }
    let fits = form == nil || other.form == nil || form == other.form
    if !hasOthers, !other.hasOthers, fits,
      percentile == nil || other.percentile == nil || percentile == other.percentile
    {
      form = form ?? other.form
      percentile = percentile ?? other.percentile
      keys += other.keys
      groups += numbers.gathered(other.groups)
    } else {
      try useOthers()
      try other.useOthers()
      try others.merge(other.others, groups: numbers)
    }
  }

  override func finish() throws -> Vector {
    if hasOthers { return try others.finish() }
    guard let percentile else { return .constant(.null, count: count) }
    // The numbers of each group side by side.
    var ends = [Int](repeating: 0, count: count + 1)
    for group in groups { ends[Int(group) + 1] += 1 }
    for group in 0..<count { ends[group + 1] += ends[group] }
    var places = ends
    var sorted = keys
    for (row, group) in groups.enumerated() {
      sorted[places[Int(group)]] = keys[row]
      places[Int(group)] += 1
    }
    return Vector(
      narrowing: sorted.withUnsafeMutableBufferPointer { sorted in
        (0..<count).map { group in
          let part = UnsafeMutableBufferPointer(rebasing: sorted[ends[group]..<ends[group + 1]])
          return part.isEmpty ? .null : result(part, percentile)
        }
      })
  }

  private func result(_ part: UnsafeMutableBufferPointer<Int64>, _ percentile: Double) -> Value {
    guard interpolates else {
      // The first value whose share of the values up to it reaches the percentile.
      let rank = (percentile * Double(part.count)).rounded(.up)
      return value(part.moveInPlace(max(Int(rank) - 1, 0)))
    }
    let place = percentile * Double(part.count - 1)
    let lower = place.rounded(.down)
    let low = number(part.moveInPlace(Int(lower)))
    guard lower < place, let next = part[(Int(lower) + 1)...].min() else { return .float(low) }
    return .float(low + (number(next) - low) * (place - lower))
  }

  // MARK: Numbers in their order

  /// A float as an integer with the same order: NaN after all others.
  private static func key(_ number: Double) -> Int64 {
    let bits = Int64(bitPattern: number.isNaN ? Double.nan.bitPattern : number == 0 ? 0 : number.bitPattern)
    return bits < 0 ? bits ^ .max : bits
  }

  private func number(_ key: Int64) -> Double {
    form == .integers ? Double(key) : Double(bitPattern: UInt64(bitPattern: key < 0 ? key ^ .max : key))
  }

  private func value(_ key: Int64) -> Value { form == .integers ? .integer(key) : .float(number(key)) }
}

extension UnsafeMutableBufferPointer<Int64> {
  /// Moves elements until the one that would stand at a place if all were sorted stands there, with none greater before
  /// it and none less after it. O(count) on average.
  fileprivate func moveInPlace(_ place: Int) -> Int64 {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = low + (high - low) / 2
      let (a, b, c) = (self[low], self[middle], self[high])
      let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { break }
    }
    return self[place]
  }
}
