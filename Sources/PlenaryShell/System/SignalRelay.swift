import CLineEdit
import Synchronization

/// Carries Ctrl-C, window changes and "the work is done" to the one thread that waits for them.
package final class SignalRelay: @unchecked Sendable {
  // The channel is a pipe: posting is safe from any thread, and only the owner's thread waits.
  let channel: OpaquePointer

  /// What arrives.
  package enum Event {
    /// Ctrl-C.
    case interrupt
    /// A thread ended its work.
    case done
    /// Anything else: look again.
    case other
  }

  /// Makes a relay; `nil` when the process has no descriptors left.
  package init?() {
    guard let channel = cle_channel_open() else { return nil }
    self.channel = channel
  }

  deinit {
    if reception != .never { cle_signals_route(nil) }
    cle_channel_close(channel)
  }

  /// When the signals of the process come here.
  package enum Reception: Sendable {
    /// Never: for tests, which post by hand, and for work that Ctrl-C may end with the process.
    case never
    /// While work runs; in between, Ctrl-C ends the process.
    case whileRunning
    /// Always: Ctrl-C ends nothing.
    case always
  }

  /// When the signals of the process come here.
  package var reception = Reception.never {
    didSet { if reception == .always { cle_signals_route(channel) } }
  }

  /// Posts an event, from any thread.
  package func post(_ event: Event) {
    switch event {
    case .interrupt: cle_channel_post(channel, Int32(CLE_EVENT_INTERRUPT))
    case .done: cle_channel_post(channel, Int32(CLE_EVENT_DONE))
    case .other: cle_channel_post(channel, Int32(CLE_EVENT_RESIZE))
    }
  }

  private func wait() -> Event {
    switch Int(cle_channel_wait(channel, -1)) {
    case CLE_EVENT_INTERRUPT: .interrupt
    case CLE_EVENT_DONE: .done
    default: .other
    }
  }

  /// Runs work on a thread of its own and waits; Ctrl-C calls `cancel` and goes on waiting, since the work then ends by
  /// itself.
  package func run<Success: Sendable>(
    onInterrupt cancel: () -> Void, _ work: @escaping @Sendable () throws -> Success
  ) throws -> Success {
    if reception == .whileRunning { cle_signals_route(channel) }
    defer { if reception == .whileRunning { cle_signals_route(nil) } }
    // Written before `done` is posted, read after it arrived.
    let box = ResultBox<Success>()
    do throws(System.Failure) {
      try System.startThread { [self] in
        let outcome = Result { try work() }
        box.result.withLock { $0 = outcome }
        post(.done)
      }
    } catch {
      // No thread to be had: then without Ctrl-C.
      return try work()
    }
    while true {
      switch wait() {
      case .interrupt: cancel()
      case .done:
        if let outcome = box.result.withLock({ $0 }) { return try outcome.get() }
      case .other: break
      }
    }
  }
}

/// A result on its way back from another thread.
private final class ResultBox<Success: Sendable>: Sendable {
  let result = Mutex<Result<Success, any Error>?>(nil)
}
