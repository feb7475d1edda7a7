/// Asks whether the statement is to stop, and throws when it is.
///
/// Loops over the elements of one list or the characters of one string call it every `elementsBetweenStopChecks` steps:
/// a single value may be as large as `SizeLimit` allows.
typealias StopCheck = () throws(QueryError) -> Void

/// How many elements or characters a loop takes between two questions whether to stop: far less than a millisecond.
let elementsBetweenStopChecks = 1 << 16

extension Array {
  /// Lists after each other. O(n), piece by piece, so that a long copy can be stopped.
  init(joining parts: ArraySlice<Element>..., checkStop: StopCheck) throws(QueryError) {
    self = []
    reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for var rest in parts {
      while rest.count > elementsBetweenStopChecks {
        append(contentsOf: rest.prefix(elementsBetweenStopChecks))
        rest = rest.dropFirst(elementsBetweenStopChecks)
        try checkStop()
      }
      append(contentsOf: rest)
    }
  }

  /// A list of elements made one by one. O(n), and can be stopped.
  init(count: Int, checkStop: StopCheck, _ element: (Int) -> Element) throws(QueryError) {
    self = []
    reserveCapacity(count)
    for index in 0..<count {
      if index % elementsBetweenStopChecks == elementsBetweenStopChecks - 1 { try checkStop() }
      append(element(index))
    }
  }
}
