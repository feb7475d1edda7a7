import Synchronization

/// Puts together in order what several threads finish in any order.
///
/// Whoever finishes the part that is next puts it in place, and with it those after it that are waiting; meanwhile others
/// go on with their work.
final class OrderedMerge<Part: Sendable, Failure: Error>: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: Part] = [:]
    var isMerging = false
    var failure: Failure?
  }

  private let state = Mutex(State())

  /// What the first part that failed threw; later parts are dropped.
  var failure: Failure? { state.withLock { $0.failure } }

  /// Adds a part.
  ///
  /// - Parameter merge: is called with each part in order, on one thread at a time.
  func add(_ part: Part, at index: Int, _ merge: (Part) throws(Failure) -> Void) {
    let isOurs = state.withLock { state in
      guard state.failure == nil else { return false }
      state.waiting[index] = part
      if state.isMerging { return false }
      state.isMerging = true
      return true
    }
    guard isOurs else { return }
    while let part = takeNext() {
      do throws(Failure) {
        try merge(part)
      } catch {
        state.withLock { state in
          state.failure = error
          state.waiting = [:]
        }
      }
    }
  }

  private func takeNext() -> Part? {
    state.withLock { state in
      guard let part = state.waiting.removeValue(forKey: state.next) else {
        state.isMerging = false
        return nil
      }
      state.next += 1
      return part
    }
  }
}
