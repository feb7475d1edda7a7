/// The largest values an expression may make, so that a slip of the pen (`range(1, 10000000000)`) is an error and not a
/// machine out of memory.
enum SizeLimit {
  /// Elements of one list: 100 million, 2.4 GB.
  static let listElements = 100_000_000
  /// Bytes of one string: 64 MiB, which any operation on it goes through in a blink.
  static let stringBytes = 1 << 26

  /// - Throws: `memory-limit-exceeded` when a list of so many elements is too large.
  static func checkList(_ count: Int) throws(QueryError) {
    guard count <= listElements else {
      throw QueryError(
        .memoryLimitExceeded, "a list of \(count) elements is too large, expected at most \(listElements)")
    }
  }

  /// - Throws: `memory-limit-exceeded` when a string of so many bytes is too large.
  static func checkString(_ count: Int) throws(QueryError) {
    guard count <= stringBytes else {
      throw QueryError(.memoryLimitExceeded, "a string of \(count) bytes is too large, expected at most \(stringBytes)")
    }
  }

  /// Lists and maps in lists and maps: deeper values would exhaust the stack when they are released.
  static let nesting = 1000

  /// Checks a value that a loop makes deeper and deeper, such as `reduce(a = [], x IN range(1, 1000000) | [a])`.
  ///
  /// O(size of the value) without recursion.
  ///
  /// - Throws: `memory-limit-exceeded` when lists and maps nest too deep.
  static func checkNesting(_ value: Value, checkStop: StopCheck = {}) throws(QueryError) {
    guard let outermost = value.containers else { return }
    var open = [outermost[...]]
    var steps = 0
    while let last = open.indices.last {
      steps &+= 1
      if steps % elementsBetweenStopChecks == 0 { try checkStop() }
      guard let next = open[last].popFirst() else {
        open.removeLast()
        continue
      }
      guard open.count < nesting else {
        throw QueryError(.memoryLimitExceeded, "a value of lists in lists is deeper than \(nesting)")
      }
      guard let containers = next.containers else { continue }
      open.append(containers[...])
    }
  }
}

extension Value {
  /// The lists and maps right inside this list or map; `nil` when this is neither, or has none.
  fileprivate var containers: [Value]? {
    var inside: [Value] = []
    switch self {
    case .list(let elements):
      for element in elements where element.isContainer { inside.append(element) }
    case .map(let entries):
      for element in entries.values where element.isContainer { inside.append(element) }
    default: return nil
    }
    return inside.isEmpty ? nil : inside
  }

  fileprivate var isContainer: Bool {
    switch self {
    case .list, .map: true
    default: false
    }
  }
}
