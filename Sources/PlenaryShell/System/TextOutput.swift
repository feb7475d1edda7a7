/// Where text goes: a descriptor through a buffer, or memory, for tests.
///
/// Not thread-safe: one thread owns it.
package final class TextOutput {
  private var buffer: [UInt8] = []
  private let descriptor: Int32?
  /// Whether this is a terminal, for which `auto` means a table and colours are welcome.
  package let isTerminal: Bool
  /// Whether nobody reads any more; further text is dropped.
  package private(set) var isClosed = false
  /// Why writing failed, other than by a reader that left; `nil` while all is well.
  package private(set) var failure: System.Failure?
  private let fixedColumns: Int?

  private static let limit = 1 << 16

  /// An output to a descriptor, which stays the caller's.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = System.isTerminal(descriptor)
    fixedColumns = nil
  }

  /// An output to memory, which may play a terminal of a width.
  package init(terminalColumns: Int? = nil) {
    descriptor = nil
    isTerminal = terminalColumns != nil
    fixedColumns = terminalColumns
  }

  /// Calls `body` with the process's standard output and standard error, and flushes both when it returns.
  static func withStandardStreams(_ body: (_ output: TextOutput, _ errors: TextOutput) -> ExitStatus) -> ExitStatus {
    let output = TextOutput(descriptor: System.standardOutput)
    let errors = TextOutput(descriptor: System.standardError)
    defer {
      output.flush()
      errors.flush()
    }
    return body(output, errors)
  }

  /// The columns of the terminal; `nil` when it is none, or does not know.
  package var columns: Int? {
    if let fixedColumns { return fixedColumns }
    guard let descriptor, isTerminal else { return nil }
    return System.terminalColumns(descriptor) ?? 80
  }

  /// What was written to memory since the last call.
  package func take() -> String {
    defer { buffer.removeAll() }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Writes text.
  package func write(_ text: String) {
    guard !isClosed else { return }
    buffer.append(contentsOf: text.utf8)
    if descriptor != nil && buffer.count >= Self.limit { flush() }
  }

  /// Writes text that is UTF-8 already.
  func write(_ text: UTF8Text) {
    guard !isClosed else { return }
    buffer.append(contentsOf: text.bytes)
    if descriptor != nil && buffer.count >= Self.limit { flush() }
  }

  /// Writes text and ends the line.
  package func writeLine(_ text: String = "") {
    write(text)
    write("\n")
  }

  /// Hands everything to the operating system.
  package func flush() {
    guard let descriptor, !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    guard !isClosed else { return }
    do throws(System.Failure) {
      try System.write(buffer, to: descriptor)
    } catch {
      isClosed = true
      if !error.isBrokenPipe { failure = error }
    }
  }
}
