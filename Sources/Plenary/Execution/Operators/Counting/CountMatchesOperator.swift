/// Each input row with the number of matches of a pattern that hangs on it, less those with none; or one row with the
/// totals.
final class CountMatchesOperator: Operator {
  private let pattern: CountedPattern
  private let input: Operator
  /// The counter of all matches, and for each measure the one that it takes its number from.
  private var counters: (all: MatchCounter, measured: [MatchCounter])?
  private var isDone = false

  init(_ pattern: CountedPattern, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.pattern = pattern
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if pattern.isTotal { return try total() }
    while let batch = try input.next() {
      try context.checkStop()
      let (all, measured) = makeCounters()
      if pattern.isOptional { return try withNumbers(batch, measured) }
      let counts = try all.counts(of: batch)
      let wantsNone = pattern.wantsNone
      let rows = counts.indices.filter { (counts[$0] > 0) != wantsNone }.map { Int32($0) }
      guard !rows.isEmpty else { continue }
      var result = batch.restricted(to: rows)
      for (measure, counter) in zip(pattern.measures, measured) {
        let numbers = counter === all ? counts : try counter.counts(of: batch)
        result[measure.column] = .integers(NullableArray(rows.map { numbers[Int($0)] }))
      }
      return result
    }
    return nil
  }

  /// All rows with their numbers.
  private func withNumbers(_ batch: Batch, _ counters: [MatchCounter]) throws -> Batch {
    var result = batch
    for (index, (measure, counter)) in zip(pattern.measures, counters).enumerated() {
      // Measures without a condition have the same matches.
      let earlier = pattern.measures[..<index].indices.first {
        counters[$0] === counter && pattern.measures[$0].countsMissing == measure.countsMissing
      }
      if let earlier {
        result[measure.column] = result[pattern.measures[earlier].column]
        continue
      }
      let counts = try counter.counts(of: batch)
      result[measure.column] = .integers(NullableArray(measure.countsMissing ? counts.map { max($0, 1) } : counts))
    }
    return result
  }

  private func total() throws -> Batch? {
    guard !isDone else { return nil }
    isDone = true
    var totals = Array(repeating: Int64(0), count: pattern.measures.count)
    func add(_ number: Int64, to index: Int) throws {
      let (sum, isTooLarge) = totals[index].addingReportingOverflow(number)
      if isTooLarge { throw MatchCounter.tooManyMatches }
      totals[index] = sum
    }
    // Measures without a condition share the first one's total.
    let sources = pattern.measures.indices.map { index in
      pattern.measures[index].condition == nil
        ? pattern.measures.firstIndex { $0.condition == nil } ?? index : index
    }
    if pattern.scansRoot {
      let measured = makeCounters().measured
      for index in measured.indices where sources[index] == index {
        try add(try measured[index].countOfAllRoots(), to: index)
      }
    } else {
      while let batch = try input.next() {
        try context.checkStop()
        // Not before there are rows: what the operators below write must be seen.
        let measured = makeCounters().measured
        for index in measured.indices where sources[index] == index {
          for number in try measured[index].counts(of: batch) { try add(number, to: index) }
        }
      }
    }
    var result = Batch(variableCount: context.variableCount, count: 1)
    for (index, measure) in pattern.measures.enumerated() {
      result[measure.column] = .integers(NullableArray([totals[sources[index]]]))
    }
    return result
  }

  /// Made when the first rows come, and again when the graph has changed since.
  private func makeCounters() -> (all: MatchCounter, measured: [MatchCounter]) {
    if let counters, !counters.all.isOutdated { return counters }
    let all = MatchCounter(pattern, condition: nil, isTest: pattern.isTest, context)
    let measured = pattern.measures.map { measure in
      measure.condition.map { MatchCounter(pattern, condition: $0, context) } ?? all
    }
    counters = (all, measured)
    return (all, measured)
  }
}
