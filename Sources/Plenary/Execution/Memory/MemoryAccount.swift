/// What one operator keeps of the statement's memory.
///
/// Counted once a batch and given back when the operator goes. Amounts are estimates from the number of rows and the
/// form they are kept in; what the allocator adds is not in them.
final class MemoryAccount {
  private let budget: MemoryBudget
  /// Bytes held now, and so many of them went to the graph and stay taken.
  private var held = 0
  private var written = 0
  /// The most bytes ever held, for PROFILE.
  private(set) var peak = 0
  private var buffers = SharedBuffers()

  init(_ budget: MemoryBudget) { self.budget = budget }

  deinit { budget.release(held - written) }

  /// Holds some bytes more.
  ///
  /// - Throws: `memoryLimitExceeded`.
  func add(_ bytes: Int) throws(QueryError) {
    guard budget.isCounting, bytes != 0 else { return }
    try budget.take(bytes)
    held += bytes
    peak = max(peak, held)
  }

  /// Holds some bytes less.
  func release(_ bytes: Int) {
    guard budget.isCounting else { return }
    budget.release(bytes)
    held -= bytes
  }

  /// Holds so many bytes from now on, whatever it was before.
  ///
  /// - Throws: `memoryLimitExceeded`.
  func hold(_ bytes: Int) throws(QueryError) { try add(bytes + written - held) }

  /// Holds some bytes for what becomes part of the graph: they stay taken when the operator is gone.
  ///
  /// - Throws: `memoryLimitExceeded`.
  /// - Parameter values: columns of property values that the graph takes over.
  func write(_ bytes: Int, values: [Vector] = []) throws(QueryError) {
    guard budget.isCounting else { return }
    var bytes = bytes
    for column in values {
      bytes += column.count * MemoryLayout<Value>.stride + column.heapBytes(&buffers, asValues: true)
    }
    try add(bytes)
    written += bytes
  }

  /// Holds some columns of a batch too.
  ///
  /// - Throws: `memoryLimitExceeded`.
  func add(_ batch: Batch, keeping columns: [VariableID]) throws(QueryError) {
    guard budget.isCounting else { return }
    var bytes = 0
    for variable in columns {
      guard let vector = batch.columns[variable.index] else { continue }
      bytes += vector.slotBytes + vector.heapBytes(&buffers)
    }
    try add(bytes)
  }

  /// Holds the rows of a column too, each as a value of its own.
  ///
  /// - Throws: `memoryLimitExceeded`.
  func add(valuesOf column: Vector) throws(QueryError) {
    guard budget.isCounting else { return }
    // Lists grow to twice of what they need, so half as much again on average.
    try add(column.count * MemoryLayout<Value>.stride * 3 / 2 + column.heapBytes(&buffers, asValues: true))
  }
}

/// The large buffers that an account has counted: a list that many rows share lies in memory once.
struct SharedBuffers {
  /// Buffers below this are not worth remembering.
  private static let fewestBytes = 4096
  private var addresses: Set<UnsafeRawPointer> = []
  /// How many more lists and maps inside of the value at hand are looked into: a list that holds a small list twice, which
  /// does so in its turn, stands for more than can be counted, and takes next to no memory.
  private var containersLeft = 0

  /// Begins with another value.
  mutating func startValue() { containersLeft = 1 << 14 }

  /// Whether one more list or map is to be looked into.
  mutating func enterContainer() -> Bool {
    containersLeft -= 1
    return containersLeft >= 0
  }

  /// Whether a buffer still has to be counted.
  mutating func insert(_ address: UnsafeRawPointer?, bytes: Int) -> Bool {
    guard bytes >= SharedBuffers.fewestBytes, let address else { return true }
    return addresses.insert(address).inserted
  }
}
