extension RegularExpressionParser {
  /// What follows `[` up to the `]` that closes it.
  mutating func parseClass(from start: Int) throws(QueryError) -> ScalarSet {
    var set = ScalarSet()
    set.isNegated = skip("^" as Unicode.Scalar)
    var isFirst = true
    while true {
      guard let next = peek else {
        throw failure("found '[' that is never closed", at: start, hint: "write \\[ for the character")
      }
      if next == "]", !isFirst {
        position += 1
        return set
      }
      isFirst = false
      if skip("&&") {
        // The rest of the class is the other operand.
        set.intersections.append(try nest { parser throws(QueryError) in try parser.parseOperand(from: start) })
      } else if next == "[" {
        let place = position
        position += 1
        var nested = try nest { parser throws(QueryError) in try parser.parseClass(from: place) }
        nested.ignoresCase = flags.ignoresCase
        set.parts.append(.nested(nested))
      } else {
        try parseItem(into: &set, from: start)
      }
    }
  }

  /// What follows `&&`, up to but without the next `&&` or the `]`.
  private mutating func parseOperand(from start: Int) throws(QueryError) -> ScalarSet {
    var set = ScalarSet()
    while let next = peek, next != "]", !(next == "&" && peek(1) == "&") {
      if next == "[" {
        let place = position
        position += 1
        set.parts.append(.nested(try nest { parser throws(QueryError) in try parser.parseClass(from: place) }))
      } else {
        try parseItem(into: &set, from: start)
      }
    }
    set.ignoresCase = flags.ignoresCase
    return set
  }

  /// A character, a range or an escape.
  private mutating func parseItem(into set: inout ScalarSet, from start: Int) throws(QueryError) {
    if skip("\\Q") {
      while peek != nil, !skip("\\E") {
        let quoted = try take()
        set.parts.append(.range(quoted.value...quoted.value))
      }
      return
    }
    let place = position
    let scalar = try take()
    var lower = scalar
    if scalar == "\\" {
      if let nested = try parseSetEscape(from: place) {
        set.parts.append(.nested(nested))
        return
      }
      lower = try parseCharacterEscape(from: place)
    }
    // A hyphen before ] or [ or && stands for itself.
    guard peek == "-", let after = peek(1), after != "]", after != "[" else {
      set.parts.append(.range(lower.value...lower.value))
      return
    }
    position += 1
    let upperPlace = position
    var upper = try take()
    if upper == "\\" {
      if let nested = try parseSetEscape(from: upperPlace) {
        set.parts.append(contentsOf: [.range(lower.value...lower.value), .range(0x2D...0x2D), .nested(nested)])
        return
      }
      upper = try parseCharacterEscape(from: upperPlace)
    }
    guard lower.value <= upper.value else {
      throw failure("found a range from '\(lower)' to '\(upper)', expected the lower end first", at: place)
    }
    set.parts.append(.range(lower.value...upper.value))
  }
}
