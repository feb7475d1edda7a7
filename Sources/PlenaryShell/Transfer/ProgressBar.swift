import Plenary
import Synchronization

/// Shows how far an import has come, on a terminal and nowhere else.
///
/// ```
/// [############............]  51%  24.6 of 48.1 MB
/// ```
final class ProgressBar: Sendable {
  /// Redrawing more often than the eye can follow only takes time.
  private static let interval = Duration.milliseconds(80)
  private static let width = 24

  private struct State {
    var last = ContinuousClock.now
    var isShown = false
  }

  private let state = Mutex(State())

  /// `nil` when errors go to no terminal.
  init?(errors: TextOutput, isWanted: Bool) {
    guard isWanted, errors.isTerminal else { return nil }
  }

  /// Draws the bar, unless that was done a moment ago.
  @Sendable
  func show(_ progress: ImportProgress) {
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.last >= Self.interval else { return }
      state.last = now
      state.isShown = true
      Self.write("\r" + Self.text(bytesRead: progress.bytesRead, of: progress.totalBytes))
    }
  }

  /// Takes the bar away.
  func erase() {
    state.withLock { state in
      if state.isShown { Self.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private static func write(_ text: String) {
    try? System.write(Array(text.utf8), to: System.standardError)
  }

  /// The bar as text.
  static func text(bytesRead: Int, of totalBytes: Int) -> String {
    let share = totalBytes > 0 ? Double(bytesRead) / Double(totalBytes) : 1
    let filled = Int(share * Double(width))
    func megabytes(_ bytes: Int) -> String { Summary.decimal(Double(bytes) / 1e6, places: 1) }
    let percent = String(Int(share * 100))
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
      + String(repeating: " ", count: 3 - percent.count) + percent + "%  \(megabytes(bytesRead)) of "
      + "\(megabytes(totalBytes)) MB"
  }
}
