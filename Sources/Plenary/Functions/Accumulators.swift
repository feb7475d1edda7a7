/// `count()`
final class CountAccumulator: Accumulator {
  private var count: Int64 = 0

  func add(_ value: Value, rest: ArraySlice<Value>) { count += 1 }

  func merge(_ other: any Accumulator) {
    if let other = other as? CountAccumulator { count += other.count }
  }

  func finish() -> Value { .integer(count) }
}

/// `collect()`
final class CollectAccumulator: Accumulator {
  private var values: [Value] = []

  func add(_ value: Value, rest: ArraySlice<Value>) throws {
    try SizeLimit.checkList(values.count + 1)
    values.append(value)
  }

  func merge(_ other: any Accumulator) throws {
    guard let other = other as? CollectAccumulator else { return }
    try SizeLimit.checkList(values.count + other.values.count)
    values += other.values
  }

  func finish() -> Value { .list(values) }
}

/// `min()` and `max()`, in the order of ORDER BY.
final class ExtremeAccumulator: Accumulator {
  private let sign: Int
  private var extreme: Value?

  /// Keeps what comes first for a negative sign and what comes last for a positive one.
  init(sign: Int) { self.sign = sign }

  func add(_ value: Value, rest: ArraySlice<Value>) {
    guard let current = extreme else {
      extreme = value
      return
    }
    if Value.order(value, current).signum() == sign { extreme = value }
  }

  func merge(_ other: any Accumulator) {
    if let other = other as? ExtremeAccumulator, let extreme = other.extreme { add(extreme, rest: []) }
  }

  func finish() -> Value { extreme ?? .null }
}

/// Sums of numbers or of durations, not of both.
struct MixedSum {
  private(set) var numbers: CompensatedSum
  private(set) var duration: Temporal.Duration?
  private(set) var count: Int64

  /// A sum with the numbers that are in it already.
  init(numbers: CompensatedSum = CompensatedSum(), count: Int64 = 0) {
    self.numbers = numbers
    self.count = count
  }

  mutating func add(_ value: Value, for name: String) throws {
    switch value {
    case .integer(let number) where duration == nil: numbers.add(number)
    case .float(let number) where duration == nil: numbers.add(number)
    case .duration(let addend) where count == 0 || duration != nil:
      let sum = duration
      duration = try temporal { () throws(TemporalError) in try sum?.adding(addend) ?? addend }
    case .integer, .float, .duration:
      throw QueryError(.invalidArgumentType, "\(name)() got numbers and durations, expected only one of them")
    default:
      throw QueryError(
        .invalidArgumentType,
        "\(name)() got \(value.valueType.phrase), expected \(([.number, .duration] as ValueType).phrase)")
    }
    count += 1
  }

  mutating func add(_ other: MixedSum, for name: String) throws {
    guard let addend = other.duration else {
      if other.count > 0, duration != nil { try add(.integer(0), for: name) }
      numbers.add(other.numbers)
      count += other.count
      return
    }
    try add(.duration(addend), for: name)
    count += other.count - 1
  }
}

/// `sum()`
final class SumAccumulator: Accumulator {
  private var sum: MixedSum

  init(_ sum: MixedSum = MixedSum()) { self.sum = sum }

  func add(_ value: Value, rest: ArraySlice<Value>) throws {
    try sum.add(value, for: "sum")
  }

  func merge(_ other: any Accumulator) throws {
    if let other = other as? SumAccumulator { try sum.add(other.sum, for: "sum") }
  }

  func finish() throws -> Value {
    if let duration = sum.duration { return .duration(duration) }
    if sum.numbers.hasFloats { return .float(sum.numbers.double) }
    guard let result = Int64(exactly: sum.numbers.integers) else {
      throw QueryError(
        .arithmeticOverflow, "the sum \(sum.numbers.integers) does not fit a 64-bit Integer",
        hint: "sum(toFloat(...)) calculates with less precision")
    }
    return .integer(result)
  }
}

/// `avg()`
final class AverageAccumulator: Accumulator {
  private var sum: MixedSum

  init(_ sum: MixedSum = MixedSum()) { self.sum = sum }

  func add(_ value: Value, rest: ArraySlice<Value>) throws {
    try sum.add(value, for: "avg")
  }

  func merge(_ other: any Accumulator) throws {
    if let other = other as? AverageAccumulator { try sum.add(other.sum, for: "avg") }
  }

  func finish() throws -> Value {
    guard sum.count > 0 else { return .null }
    if let duration = sum.duration {
      return try Value.temporalQuotient(.duration(duration), .integer(sum.count))
    }
    return .float(sum.numbers.mean(of: sum.count))
  }
}

/// `stDev()` and `stDevP()`
final class DeviationAccumulator: Accumulator {
  private let name: String
  private let isSample: Bool
  private var deviation = Deviation()

  init(name: String, isSample: Bool) {
    self.name = name
    self.isSample = isSample
  }

  func add(_ value: Value, rest: ArraySlice<Value>) throws {
    guard let number = value.double else {
      throw QueryError(
        .invalidArgumentType, "\(name)() got \(value.valueType.phrase), expected \(ValueType.number.phrase)")
    }
    deviation.add(number)
  }

  func merge(_ other: any Accumulator) {
    if let other = other as? DeviationAccumulator { deviation.add(other.deviation) }
  }

  func finish() -> Value { .float(deviation.result(isSample: isSample)) }
}

/// `percentileCont()` and `percentileDisc()`
final class PercentileAccumulator: Accumulator {
  private let name: String
  private let interpolates: Bool
  private var values: [Value] = []
  private var percentile: Double?

  init(name: String, interpolates: Bool) {
    self.name = name
    self.interpolates = interpolates
  }

  func add(_ value: Value, rest: ArraySlice<Value>) throws {
    guard value.double != nil else {
      throw QueryError(
        .invalidArgumentType, "\(name)() got \(value.valueType.phrase), expected \(ValueType.number.phrase)")
    }
    if percentile == nil {
      let given = rest[argument: 0]
      guard let number = given.double else {
        throw QueryError(
          .invalidArgumentType,
          "\(name)() got \(given.valueType.phrase) as percentile, expected \(ValueType.number.phrase)")
      }
      guard number >= 0, number <= 1 else {
        throw QueryError(
          .numberOutOfRange, "\(name)() got \(given.text ?? "") as percentile, expected a number from 0 to 1")
      }
      percentile = number
    }
    try SizeLimit.checkList(values.count + 1)
    values.append(value)
  }

  func merge(_ other: any Accumulator) throws {
    guard let other = other as? PercentileAccumulator else { return }
    try SizeLimit.checkList(values.count + other.values.count)
    values += other.values
    percentile = percentile ?? other.percentile
  }

  func finish() -> Value {
    guard !values.isEmpty, let percentile else { return .null }
    let sorted = values.sorted { Value.order($0, $1) < 0 }
    if !interpolates {
      // The first value whose share of the values up to it reaches the percentile.
      let rank = (percentile * Double(sorted.count)).rounded(.up)
      return sorted[Swift.max(Int(rank) - 1, 0)]
    }
    let place = percentile * Double(sorted.count - 1)
    let lower = place.rounded(.down)
    guard let low = sorted[Int(lower)].double else { return .null }
    guard lower < place, let high = sorted[Int(lower) + 1].double else { return .float(low) }
    return .float(low + (high - low) * (place - lower))
  }
}
