/// `sum(x)` and `avg(x)`: numbers are added up directly; anything else goes through accumulators of its own.
final class GroupedSum: GroupedAggregate {
  /// How the sums are kept: as small as what has come allows.
  private enum Form {
    /// Only integers came, and all sums fit.
    case integers
    /// Only floats came, and none so large that a sum could overflow.
    case floats
    case mixed
  }

  private let isAverage: Bool
  private var form = Form.integers
  /// The sums, in the form that is used; the other two are empty.
  private var integers: [Int64] = []
  private var floats: [CompensatedFloats] = []
  private var sums: [CompensatedSum] = []
  private var counts: [Int64] = []
  /// What is no number: durations, and values that are errors.
  private let others: GroupedAccumulators
  private var hasOthers = false

  init(_ function: AggregateFunction, isAverage: Bool) {
    self.isAverage = isAverage
    others = GroupedAccumulators(function)
  }

  override func grow(to count: Int) {
    super.grow(to: count)
    let missing = count - counts.count
    if missing > 0 {
      counts += repeatElement(0, count: missing)
      switch form {
      case .integers: integers += repeatElement(0, count: missing)
      case .floats: floats += repeatElement(CompensatedFloats(), count: missing)
      case .mixed: sums += repeatElement(CompensatedSum(), count: missing)
      }
    }
    if hasOthers { others.grow(to: count) }
  }

  /// Makes room for integers and floats, and for sums beyond 64 bits.
  private func widen() {
    switch form {
    case .integers: sums = integers.map(CompensatedSum.init)
    case .floats: sums = zip(floats, counts).map(CompensatedSum.init)
    case .mixed: return
    }
    (form, integers, floats) = (.mixed, [], [])
  }

  /// Changes from integers to floats if no number came yet, or to the only group none but zeros.
  private func expectFloats() {
    guard form == .integers, counts.allSatisfy({ $0 == 0 }) || (counts.count == 1 && integers[0] == 0) else { return }
    (form, integers) = (.floats, [])
    floats = Array(repeating: CompensatedFloats(), count: counts.count)
  }

  /// Lends out the sums and how many numbers are in each, for numbers that are added up elsewhere.
  func withStates(_ body: (UnsafeMutablePointer<CompensatedSum>, UnsafeMutablePointer<Int64>) -> Void) {
    widen()
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        if let sums = sums.baseAddress, let counts = counts.baseAddress { body(sums, counts) }
      }
    }
  }

  // MARK: Adding

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    if hasOthers { return try others.add(column, rest: rest, groups: groups) }
    switch column {
    case .integers(let numbers):
      numbers.elements.withUnsafeBufferPointer { addIntegers($0, numbers.isNull, groups) }
    case .floats(let numbers): numbers.elements.withUnsafeBufferPointer { addFloats($0, numbers.isNull, groups) }
    case .constant(.float(let number), let count):
      try add(.floats(NullableArray(Array(repeating: number, count: count))), rest: rest, groups: groups)
    case .constant(.integer(let number), let count):
      if groups == nil, add(number, times: count) { return }
      Array(repeating: number, count: count).withUnsafeBufferPointer { addIntegers($0, nil, groups) }
    default:
      widen()
      try addValues(column, rest: rest, groups: groups)
    }
  }

  /// Adds one integer so many times to the only group; false, and nothing added, where that takes another form.
  private func add(_ number: Int64, times: Int) -> Bool {
    switch form {
    case .integers:
      let (product, overflows) = number.multipliedReportingOverflow(by: Int64(times))
      let (sum, isTooLarge) = integers[0].addingReportingOverflow(product)
      if overflows || isTooLarge { return false }
      integers[0] = sum
    case .floats:
      // Zero changes no sum that is a float anyway.
      guard number == 0, counts[0] > 0 else { return false }
    case .mixed: return false
    }
    counts[0] += Int64(times)
    return true
  }

  override var readsSlices: Bool { !hasOthers }

  override func add(_ slice: ColumnSlice, groups: [Int32]?) -> Bool {
    switch slice.column.storage {
    case .int8(let numbers): addIntegers(slice.elements(numbers), nil, groups)
    case .int16(let numbers): addIntegers(slice.elements(numbers), nil, groups)
    case .int32(let numbers): addIntegers(slice.elements(numbers), nil, groups)
    case .int64(let numbers): addIntegers(slice.elements(numbers), nil, groups)
    case .floats(let numbers):
      addFloats(slice.elements(numbers), nil, groups, slice.column.magnitudes)
    default: return false
    }
    return true
  }

  /// - Parameter magnitudes: those of the numbers, and perhaps of others, where they are known.
  private func addFloats(
    _ numbers: UnsafeBufferPointer<Double>, _ isNull: [Bool]?, _ groups: [Int32]?,
    _ magnitudes: FloatMagnitudes? = nil
  ) {
    // Nulls make no float of a sum of integers.
    if let isNull, !isNull.contains(false) { return }
    expectFloats()
    let areSafe = magnitudes?.areSafe ?? false || CompensatedFloats.areSafe(numbers)
    guard form == .floats, areSafe else {
      widen()
      return add(0..<numbers.count, isNull, groups, to: &sums) { $0.add(numbers[$1]) }
    }
    if isNull == nil, groups == nil {
      floats[0].add(contentsOf: numbers)
      counts[0] += Int64(numbers.count)
    } else if count * 8 <= numbers.count,
      let splitter = magnitudes.flatMap({ FloatSplitter($0, additions: numbers.count) })
    {
      addParts(numbers, isNull, groups, splitter)
    } else {
      add(0..<numbers.count, isNull, groups, to: &floats) { $0.add(numbers[$1]) }
    }
  }

  /// Adds floats for few groups, whose parts are put together once for all rows.
  private func addParts(
    _ numbers: UnsafeBufferPointer<Double>, _ isNull: [Bool]?, _ groups: [Int32]?, _ splitter: FloatSplitter
  ) {
    var parts = Array(repeating: SIMD2<Double>(), count: count)
    add(0..<numbers.count, isNull, groups, to: &parts) { $0 += splitter.parts(of: numbers[$1]) }
    for (group, parts) in parts.enumerated() { floats[group].add(parts: parts) }
  }

  private func addIntegers<Number: FixedWidthInteger>(
    _ numbers: UnsafeBufferPointer<Number>, _ isNull: [Bool]?, _ groups: [Int32]?
  ) {
    var added = 0
    if form == .integers {
      added = addFitting(numbers, isNull, groups)
      if added == numbers.count { return }
    }
    widen()
    add(added..<numbers.count, isNull, groups, to: &sums) { $0.add(Int64(truncatingIfNeeded: numbers[$1])) }
  }

  /// Adds integers until a sum does not fit any more.
  ///
  /// - Returns: how many rows were added.
  private func addFitting<Number: FixedWidthInteger>(
    _ numbers: UnsafeBufferPointer<Number>, _ isNull: [Bool]?, _ groups: [Int32]?
  ) -> Int {
    guard groups == nil, isNull == nil else { return addEachFitting(numbers, isNull, groups) }
    guard let sum = Int64(exactly: Int128(integers[0]) + CompensatedSum.sum(of: numbers)) else { return 0 }
    integers[0] = sum
    counts[0] += Int64(numbers.count)
    return numbers.count
  }

  private func addEachFitting<Number: FixedWidthInteger>(
    _ numbers: UnsafeBufferPointer<Number>, _ isNull: [Bool]?, _ groups: [Int32]?
  ) -> Int {
    integers.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        @inline(__always)
        func add(_ row: Int, to group: Int) -> Bool {
          let (total, overflows) = sums[group].addingReportingOverflow(Int64(truncatingIfNeeded: numbers[row]))
          if overflows { return false }
          sums[group] = total
          counts[group] &+= 1
          return true
        }
        if let groups, isNull == nil {
          return groups.withUnsafeBufferPointer { groups in
            for row in 0..<numbers.count where !add(row, to: Int(groups[row])) { return row }
            return numbers.count
          }
        }
        for row in 0..<numbers.count where !(isNull?[row] ?? false) {
          if !add(row, to: groups.map { Int($0[row]) } ?? 0) { return row }
        }
        return numbers.count
      }
    }
  }

  @inline(__always)
  private func add<Sum>(
    _ rows: Range<Int>, _ isNull: [Bool]?, _ groups: [Int32]?, to sums: inout [Sum],
    _ body: (inout Sum, _ row: Int) -> Void
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        GroupedRows.forEach(rows, isNull, groups) { row, group in
          body(&sums[group], row)
          counts[group] &+= 1
        }
      }
    }
  }

  private func addValues(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    for row in 0..<column.count {
      let group = groups.map { Int($0[row]) } ?? 0
      switch column[row] {
      case .null: break
      case .integer(let number):
        sums[group].add(number)
        counts[group] += 1
      case .float(let number):
        sums[group].add(number)
        counts[group] += 1
      default:
        handOver()
        let remaining = (Int32(row)..<Int32(column.count)).map { $0 }
        try others.add(column.gathered(remaining), rest: rest, groups: groups?.gathered(remaining))
        return
      }
    }
  }

  /// Gives what has been added up to accumulators that know other types too.
  private func handOver() {
    widen()
    hasOthers = true
    others.grow(to: count)
    for group in 0..<count {
      let sum = MixedSum(numbers: sums[group], count: counts[group])
      others.replace(group, by: isAverage ? AverageAccumulator(sum) : SumAccumulator(sum))
    }
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) throws {
    guard let other = other as? GroupedSum else { return }
    if hasOthers || other.hasOthers {
      if !hasOthers { handOver() }
      if !other.hasOthers { other.handOver() }
      return try others.merge(other.others, groups: groups)
    }
    switch (form, other.form) {
    case (.integers, .integers)
    where zip(groups, other.integers).allSatisfy { !integers[Int($0)].addingReportingOverflow($1).overflow }:
      for (index, group) in groups.enumerated() { integers[Int(group)] += other.integers[index] }
    default:
      widen()
      other.widen()
      for (index, group) in groups.enumerated() { sums[Int(group)].add(other.sums[index]) }
    }
    for (index, group) in groups.enumerated() { counts[Int(group)] += other.counts[index] }
  }

  // MARK: Results

  override func finish() throws -> Vector {
    if hasOthers { return try others.finish() }
    if isAverage { return averages }
    if form == .integers { return .integers(NullableArray(integers)) }
    widen()
    return Vector(
      narrowing: try (0..<count).map { group in
        try SumAccumulator(MixedSum(numbers: sums[group], count: counts[group])).finish()
      })
  }

  private var averages: Vector {
    let averages =
      switch form {
      case .integers: zip(integers, counts).map { $1 == 0 ? 0 : Double($0) / Double($1) }
      case .floats: zip(floats, counts).map { $1 == 0 ? 0 : $0.double / Double($1) }
      case .mixed: zip(sums, counts).map { $1 == 0 ? 0 : $0.mean(of: $1) }
      }
    return .floats(NullableArray(averages, isNull: counts.contains(0) ? counts.map { $0 == 0 } : nil))
  }
}
