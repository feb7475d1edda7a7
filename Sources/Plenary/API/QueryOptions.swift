import Synchronization

/// How a query may run: limits, cancellation, and knobs for tests.
public struct QueryOptions: Sendable {
  /// How long the query may take; `nil` is no limit. Stops with `deadline-exceeded`.
  public var timeout: Duration?
  /// How many rows it may return; `nil` is no limit. Stops with `row-limit-exceeded`.
  public var rowLimit: Int?
  /// How many bytes it may keep in memory, beside the graph as it was before; `nil` is no limit. Stops with
  /// `memory-limit-exceeded`.
  ///
  /// Counted where rows pile up: sorting, grouping, joining, collecting, searching, writing, and in the result. The
  /// count is an estimate of what these need, so leave some room between the limit and what the machine has.
  public var memoryLimit: Int?
  /// Stops the query from another task or thread.
  public var cancellation: CancellationToken?
  /// Whether only reading is allowed; writing clauses are refused at compile time.
  public var isReadOnly = false
  /// How many threads the query may use; `nil` is as many as the process may have processors. With 1 it stays on the
  /// thread of the caller. Queries that write, and those with little to do, always stay there.
  public var threadCount: Int?
  /// How many rows there must be to look at before other threads are asked to help; tests vary it.
  ///
  /// Below this, sharing saved less than merging the workers' groups took: a grouping of 100,000 nodes by their id was
  /// twice as slow on two threads as on one.
  package var minimumParallelRows = 524_288
  /// The most ids that a thread takes up at once; tests vary it.
  package var largestMorsel = 16_384
  /// Rows per batch. Results do not depend on it; tests vary it.
  public var batchSize = 2048
  /// Whether the rewrite rules and the cost-based choices of the planner are used. Results do not depend on it, apart
  /// from the order of rows that the query leaves open.
  public var usesOptimizer = true

  /// Options without limits.
  public init() {}
}

/// Stops queries from anywhere: give one to `QueryOptions.cancellation`, keep it, and call `cancel()`.
///
/// Safe to use from any thread and from a signal handler's flag poller; a running query notices within milliseconds and
/// fails with `cancelled`, leaving the graph as it was.
public final class CancellationToken: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Makes a token that stops nothing yet.
  public init() {}

  /// Stops every query that uses this token, now and in the future.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether `cancel()` was called.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
