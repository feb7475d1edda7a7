extension DenseNumbers {
  /// Adds up the numbers of the neighbours of many rows, each for its group.
  ///
  /// - Parameter groupCount: how many groups there are.
  func addSums(_ matches: NeighbourReader.Matches, groupCount: Int, to sum: GroupedSum) {
    sum.withStates { sums, counts in
      switch numbers {
      case .floats(let floats, let magnitudes):
        add(floats, magnitudes, matches, groupCount, sums, counts)
      case .integers(let integers, let areSmall):
        forEachSpan(matches) { group, span, count in
          if areSmall { sums[group].add(smallSum(integers, span)) } else { add(integers, span, to: &sums[group]) }
          counts[group] &+= count
        }
      }
    }
  }

  /// Calls `body` for each row with a number that counts.
  @inline(__always)
  private func forEachSpan(
    _ matches: NeighbourReader.Matches, _ body: (_ group: Int, _ span: Range<Int>, _ count: Int64) -> Void
  ) {
    matches.forEach { group, match in
      let count = count(match)
      if count > 0 { body(group, match.span, count) }
    }
  }

  // MARK: Integers

  @inline(__always)
  private func smallSum(_ integers: FlatArray<Int64>, _ span: Range<Int>) -> Int64 {
    let integers = integers.start
    var sum: Int64 = 0
    if let places = places?.start {
      for position in span { sum &+= integers[Int(places[position])] }
    } else {
      for position in span { sum &+= integers[position &+ offset] }
    }
    return sum
  }

  private func add(_ integers: FlatArray<Int64>, _ span: Range<Int>, to sum: inout CompensatedSum) {
    for position in span { sum.add(integers.start[place(position)]) }
  }

  // MARK: Floats

  private func add(
    _ floats: FlatArray<Double>, _ magnitudes: FloatMagnitudes, _ matches: NeighbourReader.Matches,
    _ groupCount: Int, _ sums: UnsafeMutablePointer<CompensatedSum>, _ counts: UnsafeMutablePointer<Int64>
  ) {
    let additions = matches.matches.reduce(0) { $0 &+ $1.span.count }
    guard let splitter = FloatSplitter(magnitudes, additions: additions) else {
      forEachSpan(matches) { group, span, count in
        for position in span { sums[group].add(floats.start[place(position)]) }
        counts[group] &+= count
      }
      return
    }
    guard groupCount * 8 <= matches.matches.count else {
      forEachSpan(matches) { group, span, count in
        var sum = CompensatedFloats()
        sum.add(parts: total(floats, span, splitter))
        sums[group].add(sum)
        counts[group] &+= count
      }
      return
    }
    // Few groups keep their parts, which are put together once for all rows.
    withUnsafeTemporaryAllocation(of: SIMD2<Double>.self, capacity: groupCount) { totals in
      totals.initialize(repeating: SIMD2())
      forEachSpan(matches) { group, span, count in
        totals[group] += total(floats, span, splitter)
        counts[group] &+= count
      }
      for group in 0..<groupCount where counts[group] > 0 {
        var sum = CompensatedFloats()
        sum.add(parts: totals[group])
        sums[group].add(sum)
      }
    }
  }

  @inline(__always)
  private func total(_ floats: FlatArray<Double>, _ span: Range<Int>, _ splitter: FloatSplitter) -> SIMD2<Double> {
    let floats = floats.start
    if let places = places?.start {
      return DenseNumbers.total(span, splitter) { floats[Int(places[$0])] }
    }
    return DenseNumbers.total(span, splitter) { floats[$0 &+ offset] }
  }

  /// Two sums side by side, so that an addition does not wait for the one before it.
  @inline(__always)
  private static func total(
    _ span: Range<Int>, _ splitter: FloatSplitter, _ number: (Int) -> Double
  ) -> SIMD2<Double> {
    var (highs, lows) = (SIMD2<Double>(), SIMD2<Double>())
    var position = span.lowerBound
    while position &+ 2 <= span.upperBound {
      let numbers = SIMD2(number(position), number(position &+ 1))
      let high = splitter.high(numbers)
      highs += high
      lows += numbers - high
      position &+= 2
    }
    var total = SIMD2(highs[0] + highs[1], lows[0] + lows[1])
    if position < span.upperBound { total += splitter.parts(of: number(position)) }
    return total
  }
}
