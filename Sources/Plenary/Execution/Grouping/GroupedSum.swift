/// `sum(x)` and `avg(x)`: numbers are added up directly; anything else goes through accumulators of its own.
final class GroupedSum: GroupedAggregate {
  /// How the sums are kept: as small as what has come allows.
  private enum Form {
    /// Only integers came, and all sums fit.
    case integers
    /// Only floats came.
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

  /// Changes from integers to floats if no number came yet.
  private func expectFloats() {
    guard form == .integers, counts.allSatisfy({ $0 == 0 }) else { return }
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
    switch (column, form) {
    case (.integers(let numbers), .integers):
      // From a row on that does not fit, all are added anew.
      guard let overflow = addFitting(numbers, groups) else { return }
      widen()
      let remaining = (Int32(overflow)..<Int32(column.count)).map { $0 }
      return add(numbers.gathered(remaining), groups?.gathered(remaining), to: &sums) { $0.add($1) }
    case (.floats(let numbers), .integers), (.floats(let numbers), .floats):
      expectFloats()
      if form == .floats { return add(numbers, groups, to: &floats) { $0.add($1) } }
    default: break
    }
    widen()
    switch column {
    case .integers(let numbers) where groups == nil && numbers.isNull == nil:
      sums[0].add(contentsOf: numbers.elements)
      counts[0] += Int64(numbers.elements.count)
    case .integers(let numbers): add(numbers, groups, to: &sums) { $0.add($1) }
    case .floats(let numbers): add(numbers, groups, to: &sums) { $0.add($1) }
    default: try addValues(column, rest: rest, groups: groups)
    }
  }

  /// Adds integers until a sum does not fit any more.
  ///
  /// - Returns: the first row that was not added, `nil` if all were.
  private func addFitting(_ numbers: NullableArray<Int64>, _ groups: [Int32]?) -> Int? {
    if groups == nil, numbers.isNull == nil {
      guard let sum = Int64(exactly: Int128(integers[0]) + CompensatedSum.sum(of: numbers.elements)) else { return 0 }
      integers[0] = sum
      counts[0] += Int64(numbers.elements.count)
      return nil
    }
    return addEachFitting(numbers, groups)
  }

  private func addEachFitting(_ numbers: NullableArray<Int64>, _ groups: [Int32]?) -> Int? {
    integers.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        numbers.elements.withUnsafeBufferPointer { elements in
          guard let groups else {
            var (sum, count) = (sums[0], 0 as Int64)
            defer {
              sums[0] = sum
              counts[0] += count
            }
            for row in 0..<elements.count where !(numbers.isNull?[row] ?? false) {
              let (total, overflows) = sum.addingReportingOverflow(elements[row])
              if overflows { return row }
              sum = total
              count &+= 1
            }
            return nil
          }
          return groups.withUnsafeBufferPointer { groups in
            for row in 0..<elements.count where !(numbers.isNull?[row] ?? false) {
              let group = Int(groups[row])
              let (total, overflows) = sums[group].addingReportingOverflow(elements[row])
              if overflows { return row }
              sums[group] = total
              counts[group] &+= 1
            }
            return nil
          }
        }
      }
    }
  }

  @inline(__always)
  private func add<Number, Sum>(
    _ numbers: NullableArray<Number>, _ groups: [Int32]?, to sums: inout [Sum], _ body: (inout Sum, Number) -> Void
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        numbers.elements.withUnsafeBufferPointer { elements in
          guard let isNull = numbers.isNull else {
            if let groups {
              groups.withUnsafeBufferPointer { groups in
                for row in 0..<elements.count {
                  let group = Int(groups[row])
                  body(&sums[group], elements[row])
                  counts[group] &+= 1
                }
              }
            } else {
              var sum = sums[0]
              for row in 0..<elements.count { body(&sum, elements[row]) }
              sums[0] = sum
              counts[0] &+= Int64(elements.count)
            }
            return
          }
          for row in 0..<elements.count where !isNull[row] {
            let group = groups.map { Int($0[row]) } ?? 0
            body(&sums[group], elements[row])
            counts[group] &+= 1
          }
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
    let totals =
      switch form {
      case .integers: integers.map(Double.init)
      case .floats: floats.map(\.double)
      case .mixed: sums.map(\.double)
      }
    let averages = zip(totals, counts).map { $1 == 0 ? 0 : $0 / Double($1) }
    return .floats(NullableArray(averages, isNull: counts.contains(0) ? counts.map { $0 == 0 } : nil))
  }
}
