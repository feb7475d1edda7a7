import Synchronization

extension ExecutionContext {
  /// Adds up what is found in the parts of a range, on several threads where that is worth it.
  ///
  /// - Parameters:
  ///   - effort: about how many steps all of it takes.
  ///   - body: what one thread does: asks for parts until there are none left, and gives the sum over them.
  /// - Returns: `nil` when the sum is too large.
  /// - Throws: what `body` throws; `cancelled` and `deadlineExceeded` between parts.
  func sum(
    over range: Range<Int>, effort: Int,
    _ body: @Sendable (_ worker: Int, _ nextPart: () throws -> Range<Int>?) throws -> Int64
  ) throws -> Int64? {
    let threads = threads(forRows: effort)
    let share = min(max(range.count / (threads * 16), 64), options.largestMorsel)
    let stop = stop
    let next = Atomic(range.lowerBound)
    let total = Mutex<Int64?>(0)
    try WorkerPool.shared.run(workers: threads) { worker in
      let sum = try body(worker) {
        try stop.check()
        let start = next.add(share, ordering: .relaxed).oldValue
        return start < range.upperBound ? start..<min(start + share, range.upperBound) : nil
      }
      total.withLock { total in
        guard let known = total else { return }
        let (more, isTooLarge) = known.addingReportingOverflow(sum)
        total = isTooLarge ? nil : more
      }
    }
    return total.withLock { $0 }
  }
}
