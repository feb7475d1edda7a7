/// What stops a statement from outside; any thread may look at it.
final class StopSignal: Sendable {
  private let cancellation: CancellationToken?
  private let deadline: ContinuousClock.Instant?
  /// Whether anything may ever stop the statement. Where nothing may, no clock is read.
  let isWatched: Bool

  /// The signal of a statement that nothing stops.
  static let never = StopSignal(cancellation: nil, deadline: nil)

  init(cancellation: CancellationToken?, deadline: ContinuousClock.Instant?) {
    self.cancellation = cancellation
    self.deadline = deadline
    isWatched = cancellation != nil || deadline != nil
  }

  /// Whether `check()` would throw.
  var isStopped: Bool {
    isWatched && (cancellation?.isCancelled ?? false || deadline.map { ContinuousClock.now > $0 } ?? false)
  }

  /// - Throws: `cancelled`, `deadlineExceeded`.
  func check() throws(QueryError) {
    guard isStopped else { return }
    if let cancellation, cancellation.isCancelled {
      throw QueryError(.cancelled, "the query was cancelled")
    }
    throw QueryError(
      .deadlineExceeded, "the query took longer than its time limit",
      hint: "ask for fewer rows or shorter paths, or allow more time")
  }
}
