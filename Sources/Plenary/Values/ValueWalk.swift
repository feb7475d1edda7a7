/// Ends walks over values that take too long: comparing, ordering, hashing.
///
/// A list that holds the same list twice, which does so in its turn, soon stands for more elements than anyone can wait
/// for. These walks cannot throw. When the statement is stopped they end with any result, and whoever runs the statement
/// looks at the signal before it believes what came of it.
enum ValueWalk {
  /// What stops the statement that this thread works for.
  static let stop = ThreadLocal<StopSignal>()

  /// Counts the steps of one walk.
  struct Pace {
    private var steps: UInt32 = 0

    /// Takes a step; true when the walk is to end.
    @inline(__always)
    mutating func isOver() -> Bool {
      steps &+= 1
      return steps & 0x3FF == 0 && (ValueWalk.stop.current?.isStopped ?? false)
    }
  }
}
