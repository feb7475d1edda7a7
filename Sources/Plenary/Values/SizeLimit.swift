/// The largest values an expression may make, so that a slip of the pen (`range(1, 10000000000)`) is an error and not a
/// machine out of memory.
enum SizeLimit {
  /// Elements of one list: 100 million, 2.4 GB.
  static let listElements = 100_000_000
  /// Bytes of one string: 256 MiB.
  static let stringBytes = 1 << 28

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
}
