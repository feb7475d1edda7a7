/// A regular expression as a tree. The parser bounds its depth, so recursion over it is safe.
indirect enum RegularExpressionNode {
  /// Matches nothing at all, everywhere.
  case empty
  /// One character of a set.
  case characters(ScalarSet)
  /// All, one after the other.
  case sequence([RegularExpressionNode])
  /// Any one.
  case alternatives([RegularExpressionNode])
  /// At least and at most so many times; `nil` for any number.
  case repeated(RegularExpressionNode, least: Int, most: Int?)
  /// A condition on the place, without a character.
  case place(Place)

  /// A condition on a place in the text.
  enum Place: Hashable, Sendable {
    /// `\A`, and `^` without the flag m.
    case textStart
    /// `^` with the flag m.
    case lineStart
    /// `\z`
    case textEnd
    /// `\Z`, and `$` without the flag m: the end, or before a line terminator that ends the text.
    case lastLineEnd
    /// `$` with the flag m.
    case lineEnd
    /// `\b`
    case wordBoundary
    /// `\B`
    case noWordBoundary
  }
}

/// A set of characters as a pattern writes it.
struct ScalarSet: Sendable {
  /// A part of the set.
  enum Part: Sendable {
    case range(ClosedRange<UInt32>)
    /// Everything a test accepts, such as a Unicode category.
    case test(@Sendable (Unicode.Scalar) -> Bool)
    case nested(ScalarSet)
  }

  /// What is in the set, if any part has it.
  var parts: [Part] = []
  /// Further sets that must have it too.
  var intersections: [ScalarSet] = []
  /// Whether the set is everything else.
  var isNegated = false
  /// Whether characters count as in the set when they are in another case.
  var ignoresCase = false

  init(_ parts: [Part] = [], isNegated: Bool = false) {
    self.parts = parts
    self.isNegated = isNegated
  }

  init(_ scalar: Unicode.Scalar) {
    parts = [.range(scalar.value...scalar.value)]
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    guard ignoresCase else { return containsExactly(scalar) }
    // The negation of a set applies after case is ignored: (?i)[^a] does not match A.
    var positive = self
    positive.isNegated = false
    let isIn =
      positive.containsExactly(scalar)
      || ScalarSet.otherCases(of: scalar).contains { positive.containsExactly($0) }
    return isIn != isNegated
  }

  private func containsExactly(_ scalar: Unicode.Scalar) -> Bool {
    let isIn =
      parts.contains { part in
        switch part {
        case .range(let range): range.contains(scalar.value)
        case .test(let test): test(scalar)
        case .nested(let set): set.contains(scalar)
        }
      } && intersections.allSatisfy { $0.contains(scalar) }
    return isIn != isNegated
  }

  /// The character in upper and in lower case, where that is one character.
  private static func otherCases(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap { mapping in
      let scalars = mapping.unicodeScalars
      guard let only = scalars.first, scalars.count == 1, only != scalar else { return nil }
      return only
    }
  }

  /// Characters that end a line: LF, VT... as `.` and `^` know them.
  static func isLineTerminator(_ scalar: UInt32) -> Bool {
    scalar == 0xA || scalar == 0xD || scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029
  }

  /// `\d`
  static let digits = ScalarSet([.range(0x30...0x39)])
  /// `\w`
  static let wordCharacters = ScalarSet([
    .range(0x30...0x39), .range(0x41...0x5A), .range(0x5F...0x5F), .range(0x61...0x7A),
  ])
  /// `\s`
  static let whitespace = ScalarSet([.range(0x9...0xD), .range(0x20...0x20)])
  /// `\h`
  static let horizontalSpace = ScalarSet([
    .range(0x9...0x9), .range(0x20...0x20), .range(0xA0...0xA0), .range(0x1680...0x1680), .range(0x180E...0x180E),
    .range(0x2000...0x200A), .range(0x202F...0x202F), .range(0x205F...0x205F), .range(0x3000...0x3000),
  ])
  /// `\v`
  static let verticalSpace = ScalarSet([.range(0xA...0xD), .range(0x85...0x85), .range(0x2028...0x2029)])
  /// `.` with the flag s.
  static let everything = ScalarSet([], isNegated: true)
  /// `.` without it.
  static let notLineTerminators = ScalarSet(
    [.range(0xA...0xA), .range(0xD...0xD), .range(0x85...0x85), .range(0x2028...0x2029)], isNegated: true)
}
