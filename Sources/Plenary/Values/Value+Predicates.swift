extension Value {
  /// The `IN` operator: true when an element equals the value, null when one might, false otherwise.
  ///
  /// Null in an empty list is false; null in any other list, and anything in null, is null. O(size of the list).
  ///
  /// - Throws: `invalid-argument-type` when the right side is neither a list nor null.
  static func isIn(_ value: Value, _ list: Value, checkStop: StopCheck = {}) throws(QueryError) -> Ternary {
    switch list {
    case .null: return .null
    case .list(let elements):
      var result = Ternary.false
      for (index, element) in elements.enumerated() {
        if index % elementsBetweenStopChecks == elementsBetweenStopChecks - 1 { try checkStop() }
        let isEqual = isEqual(value, element)
        if isEqual == .true { return .true }
        if isEqual == .null { result = .null }
      }
      return result
    default:
      throw QueryError(.invalidArgumentType, "found \(list.valueType.phrase) on the right of IN, expected a List")
    }
  }

  /// The `STARTS WITH` operator, by code points; null unless both sides are strings.
  static func startsWith(_ text: Value, _ prefix: Value) -> Ternary {
    searching(text, prefix) { $0.hasBytes($1, at: 0) }
  }

  /// The `ENDS WITH` operator, by code points; null unless both sides are strings.
  static func endsWith(_ text: Value, _ suffix: Value) -> Ternary {
    searching(text, suffix) { $0.hasBytes($1, at: $0.count - $1.count) }
  }

  /// The `CONTAINS` operator, by code points; null unless both sides are strings.
  static func contains(_ text: Value, _ part: Value) -> Ternary {
    searching(text, part) { $0.firstOffset(of: $1) != nil }
  }

  // UTF-8 bytes of one string stand in those of another only at a code point, so bytes are all there is to look at.
  private static func searching(
    _ text: Value, _ part: Value, _ test: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Ternary {
    guard case .string(let text) = text, case .string(let part) = part else { return .null }
    return text.withUTF8Bytes { text in part.withUTF8Bytes { part in Ternary(test(text, part)) } }
  }
}
