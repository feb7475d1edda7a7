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
        var split = SplitSum()
        add(floats, span, splitter, to: &split)
        sums[group].add(CompensatedFloats(split))
        counts[group] &+= count
      }
      return
    }
    // Few groups keep their parts, which are put together once for all rows.
    withUnsafeTemporaryAllocation(of: SplitSum.self, capacity: groupCount) { splits in
      splits.initialize(repeating: SplitSum())
      forEachSpan(matches) { group, span, count in
        add(floats, span, splitter, to: &splits[group])
        counts[group] &+= count
      }
      for group in 0..<groupCount where counts[group] > 0 { sums[group].add(CompensatedFloats(splits[group])) }
    }
  }

  @inline(__always)
  private func add(_ floats: FlatArray<Double>, _ span: Range<Int>, _ splitter: FloatSplitter, to sum: inout SplitSum) {
    let floats = floats.start
    if let places = places?.start {
      DenseNumbers.add(span, splitter, to: &sum) { floats[Int(places[$0])] }
    } else {
      DenseNumbers.add(span, splitter, to: &sum) { floats[$0 &+ offset] }
    }
  }

  /// Adds two numbers at a time, so that an addition does not wait for the one before it. Of an odd number of them the
  /// last is multiplied by one, otherwise by zero: whether it is odd is no branch, which would often be guessed wrong.
  @inline(__always)
  private static func add(
    _ span: Range<Int>, _ splitter: FloatSplitter, to sum: inout SplitSum, _ number: (Int) -> Double
  ) {
    guard let last = span.last else { return }
    var (position, pairs) = (span.lowerBound, sum)
    while position < last {
      pairs.add(SIMD2(number(position), number(position &+ 1)), splitter)
      position &+= 2
    }
    pairs.add(SIMD2(number(last) * Double(span.count & 1), 0), splitter)
    sum = pairs
  }
}
