import Synchronization

/// Counts what a running statement keeps in memory against the most it may keep.
///
/// One for each statement, shared by all threads that work on it. Operators take from it through an account of their
/// own, once a batch.
final class MemoryBudget: Sendable {
  /// The most bytes; `nil` is no limit.
  let limit: Int?
  /// Whether anybody wants to know. Accounts count nothing otherwise.
  let isCounting: Bool
  private let used = Atomic<Int>(0)

  /// Makes a budget of which nothing is taken yet.
  ///
  /// - Parameter isProfiled: whether to count even without a limit.
  init(limit: Int?, isProfiled: Bool = false) {
    self.limit = limit
    isCounting = limit != nil || isProfiled
  }

  /// Takes some bytes.
  ///
  /// - Throws: `memoryLimitExceeded` if that is more than is left; nothing is taken then.
  func take(_ bytes: Int) throws(QueryError) {
    let total = used.wrappingAdd(bytes, ordering: .relaxed).newValue
    guard let limit, total > limit, bytes > 0 else { return }
    release(bytes)
    throw exceeded(limit)
  }

  /// Gives bytes back.
  func release(_ bytes: Int) { used.wrappingSubtract(bytes, ordering: .relaxed) }

  /// Tests whether some bytes could be taken now, for what lives no longer than a batch.
  ///
  /// - Throws: `memoryLimitExceeded`.
  func check(_ bytes: Int) throws(QueryError) {
    if let limit, used.load(ordering: .relaxed) + bytes > limit { throw exceeded(limit) }
  }

  private func exceeded(_ limit: Int) -> QueryError {
    QueryError(
      .memoryLimitExceeded, "the query needs more than its limit of \(ByteCount.text(limit)) of memory",
      hint: "sort, group, collect or return fewer rows, or allow more memory")
  }
}

/// Amounts of memory as people write them.
package enum ByteCount {
  /// Three digits at most: `512 bytes`, `1.5 MB`, `20 GB`.
  package static func text(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var amount = Double(bytes)
    var unit = 0
    while amount >= 999.5, unit < units.count - 1 {
      amount /= 1000
      unit += 1
    }
    let tenths = (amount * 10).rounded()
    let isWhole = tenths.truncatingRemainder(dividingBy: 10) == 0
    if unit == 0 || amount >= 99.95 || isWhole { return "\(Int(amount.rounded())) \(units[unit])" }
    return "\(tenths / 10) \(units[unit])"
  }
}
