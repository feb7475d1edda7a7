/// The counts of a run.
package struct RunSummary: Sendable {
  /// How many passed and failed in one place.
  package struct Counts: Equatable, Sendable, CustomStringConvertible {
    package var passed = 0
    package var failed = 0

    /// `N passed, N failed`.
    package var description: String { "\(passed) passed, \(failed) failed" }
  }

  /// All scenarios, and files that cannot be read, each of which counts as one failure.
  package private(set) var total = Counts()
  /// By the directory that the feature file stands in, in the order of the run.
  package private(set) var directories: [(path: String, counts: Counts)] = []

  /// Makes an empty summary.
  package init() {}

  /// Counts one scenario of `file`.
  package mutating func count(_ file: String, hasPassed: Bool) {
    let path = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    let index = directories.firstIndex { $0.path == path } ?? directories.endIndex
    if index == directories.endIndex { directories.append((path, Counts())) }
    if hasPassed {
      total.passed += 1
      directories[index].counts.passed += 1
    } else {
      total.failed += 1
      directories[index].counts.failed += 1
    }
  }
}
