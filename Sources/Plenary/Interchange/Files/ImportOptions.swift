import Synchronization

/// How files are read into a graph.
struct ImportOptions: Sendable {
  /// How many threads may work on it; `nil` for as many as there are processors.
  var threads: Int?
  var badRows = BadRows.stop
  /// How many bytes of a file a thread reads at a time; tests make it small.
  var chunkSize = FileChunker.chunkSize

  var threadCount: Int { max(1, threads ?? ProcessorCount.available) }
}

/// How far reading has come.
public struct ImportProgress: Hashable, Sendable {
  /// The bytes that were read.
  public let bytesRead: Int
  /// The bytes of all files.
  public let totalBytes: Int
}

/// Counts what several threads read, and tells.
final class ImportProgressCounter: Sendable {
  private let state = Mutex((read: 0, total: 0))
  private let report: (@Sendable (ImportProgress) -> Void)?

  init(_ report: (@Sendable (ImportProgress) -> Void)?) { self.report = report }

  func begin(total: Int) { state.withLock { $0 = (0, total) } }

  /// Counts bytes. Calls to `report` come one at a time.
  func add(_ count: Int) {
    guard let report else { return }
    state.withLock { state in
      state.read += count
      report(ImportProgress(bytesRead: min(state.read, state.total), totalBytes: state.total))
    }
  }
}
