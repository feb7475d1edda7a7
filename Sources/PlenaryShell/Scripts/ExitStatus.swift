/// How the program ends, for scripts that call it.
package struct ExitStatus: Equatable, Sendable {
  /// The number the process ends with.
  package let code: Int32

  /// Everything went well.
  package static let success = ExitStatus(code: 0)
  /// A query failed.
  package static let queryFailed = ExitStatus(code: 1)
  /// The program was called wrongly.
  package static let usage = ExitStatus(code: 2)
  /// A file or the graph could not be opened, or the output not be written.
  package static let unavailable = ExitStatus(code: 3)
  /// A graph was made, but rows of its files were left out.
  package static let incomplete = ExitStatus(code: 4)
  /// Ctrl-C ended it.
  package static let interrupted = ExitStatus(code: 130)
}
