extension DenseNumbers {
  /// Adds up the numbers of the neighbours of many rows, each for its group.
  ///
  /// - Parameter groupCount: how many groups there are.
  func addSums(_ matches: NeighbourReader.Matches, groupCount: Int, to sum: GroupedSum) {
    sum.withStates { sums, counts in
      switch numbers {
      case .floats(let floats): add(floats, matches, groupCount, sums, counts)
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
    matches.groups.withUnsafeBufferPointer { groups in
      for (row, span) in matches.spans.enumerated() {
        let count = count(span, known: matches.counts[row])
        if count > 0 { body(Int(groups[row]), span, count) }
      }
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

  /// Four sums side by side, so that no addition waits for the one before it.
  private typealias Lanes = CompensatedLanes<SIMD4<Double>>

  private func add(
    _ floats: FlatArray<Double>, _ matches: NeighbourReader.Matches, _ groupCount: Int,
    _ sums: UnsafeMutablePointer<CompensatedSum>, _ counts: UnsafeMutablePointer<Int64>
  ) {
    guard groupCount * 8 <= matches.spans.count else {
      forEachSpan(matches) { group, span, count in
        var lanes = Lanes()
        add(floats, span, to: &lanes)
        sums[group].add(lanes)
        counts[group] &+= count
      }
      return
    }
    // Few groups keep their lanes, which are put together once for all rows.
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: groupCount) { lanes in
      lanes.initialize(repeating: Lanes())
      forEachSpan(matches) { group, span, count in
        add(floats, span, to: &lanes[group])
        counts[group] &+= count
      }
      for group in 0..<groupCount where counts[group] > 0 { sums[group].add(lanes[group]) }
    }
  }

  @inline(__always)
  private func add(_ floats: FlatArray<Double>, _ span: Range<Int>, to sums: inout Lanes) {
    if let places = places?.start {
      DenseNumbers.add(span, to: &sums) { floats.start[Int(places[$0])] }
    } else {
      DenseNumbers.add(span, to: &sums) { floats.start[$0 &+ offset] }
    }
  }

  @inline(__always)
  private static func add(_ span: Range<Int>, to sums: inout Lanes, _ number: (Int) -> Double) {
    var lanes = sums
    var position = span.lowerBound
    let last = span.upperBound &- 1
    while position &+ 3 <= last {
      lanes.add(SIMD4(number(position), number(position &+ 1), number(position &+ 2), number(position &+ 3)))
      position &+= 4
    }
    if position <= last {
      // What is left over takes no branches: the last number stands in for those that are not there.
      let numbers = SIMD4(number(position), number(min(position &+ 1, last)), number(min(position &+ 2, last)), 0)
      lanes.add(numbers.replacing(with: 0, where: SIMD4(0, 1, 2, 3) .> SIMD4(repeating: Int64(last &- position))))
    }
    sums = lanes
  }
}
