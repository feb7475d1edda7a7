import Foundation

/// A running worker, seen from the supervisor.
///
/// Used by one thread at a time.
final class WorkerProcess {
  /// What a worker did when it was waited for.
  enum Event: Equatable {
    /// It wrote a line.
    case line(String)
    /// It wrote nothing in the time given.
    case silence
    /// It ended; how, and what it wrote to standard error since the last request.
    case end(reason: String, errorText: String)
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors = Pipe()
  private var received: [UInt8] = []
  private var errorText: [UInt8] = []
  private var hasErrors = true

  /// Starts a worker.
  init(command: [String], environment: [String: String]) throws {
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // The child has its own copies; while ours are open, reading would never end.
    try? input.fileHandleForReading.close()
    try? output.fileHandleForWriting.close()
    try? errors.fileHandleForWriting.close()
  }

  deinit { stop() }

  /// Sends a request; a worker that is gone is noticed by the next `wait`.
  func send(_ line: Data) {
    errorText = []
    try? input.fileHandleForWriting.write(contentsOf: line + [UInt8(ascii: "\n")])
  }

  /// Ends the worker at once.
  func stop() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Waits for the next line, at most until `deadline`.
  func wait(until deadline: ContinuousClock.Instant) -> Event {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end + 1)
        return .line(line)
      }
      let remaining = deadline - .now
      guard remaining > .zero else { return .silence }
      let milliseconds = remaining / .milliseconds(1)
      var descriptors = [output, errors].map {
        pollfd(fd: $0.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      }
      // A worker that closed its standard error is watched by its output alone.
      let count = poll(&descriptors, hasErrors ? 2 : 1, Int32(min(milliseconds.rounded(.up), 60_000)))
      if count < 0, errno != EINTR { return ended() }
      guard count > 0 else { continue }
      if descriptors[1].revents != 0 {
        if let bytes = read(descriptors[1].fd) {
          note(bytes)
        } else {
          hasErrors = false
        }
      }
      if descriptors[0].revents != 0 {
        guard let bytes = read(descriptors[0].fd) else { return ended() }
        received += bytes
      }
    }
  }

  /// Keeps the start of what goes to standard error: the message of a trap comes before its stack.
  private func note(_ bytes: [UInt8]) { errorText += bytes.prefix(max(0, 4096 - errorText.count)) }

  /// Reads what is there; `nil` at the end.
  private func read(_ descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(descriptor, &buffer, buffer.count)
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }

  private func ended() -> Event {
    while let bytes = read(errors.fileHandleForReading.fileDescriptor) {
      note(bytes)
    }
    process.waitUntilExit()
    let status = process.terminationStatus
    let reason = process.terminationReason == .uncaughtSignal ? "trap (\(signalName(status)))" : "exit status \(status)"
    return .end(reason: reason, errorText: String(decoding: errorText, as: UTF8.self))
  }

  private func signalName(_ signal: Int32) -> String {
    switch signal {
    case SIGILL: "illegal instruction"
    case SIGTRAP: "trace trap"
    case SIGABRT: "abort"
    case SIGSEGV: "segmentation fault"
    case SIGBUS: "bus error"
    case SIGFPE: "arithmetic exception"
    case SIGKILL: "killed"
    default: "signal \(signal)"
    }
  }
}
