/// Reads the text of a regular expression into a tree.
struct RegularExpressionParser {
  /// What `(?imsx)` switches.
  struct Flags {
    var ignoresCase = false
    var dotMatchesAll = false
    var isMultiline = false
    var allowsComments = false
  }

  /// How deep groups and classes may nest; more serves nobody, and the tree is walked by recursion.
  static let nestingLimit = 100
  /// The largest count in `{n,m}`.
  static let countLimit: Int64 = 1000

  let scalars: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  private var depth = 0

  init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars.prefix(RegularExpression.patternLimit + 1))
  }

  /// The whole pattern.
  mutating func parse() throws(QueryError) -> RegularExpressionNode {
    guard scalars.count <= RegularExpression.patternLimit else {
      throw failure("a pattern is longer than \(RegularExpression.patternLimit) characters", at: 0)
    }
    let node = try parseAlternatives()
    if let next = peek {
      throw failure("found '\(next)' that closes no group", hint: "write \\\(next) for the character")
    }
    return node
  }

  // MARK: Reading

  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func peek(_ offset: Int) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  mutating func take() throws(QueryError) -> Unicode.Scalar {
    guard let next = peek else { throw failure("the pattern ends too early") }
    position += 1
    return next
  }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  func failure(_ message: String, at place: Int? = nil, hint: String? = nil) -> QueryError {
    QueryError(
      .invalidArgumentValue, "invalid regular expression: \(message), at character \((place ?? position) + 1)",
      hint: hint)
  }

  mutating func nest<Result>(
    _ body: (inout RegularExpressionParser) throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    guard depth < RegularExpressionParser.nestingLimit else {
      throw failure("groups nest deeper than \(RegularExpressionParser.nestingLimit)")
    }
    depth += 1
    let result = try body(&self)
    depth -= 1
    return result
  }

  /// With the flag x, white space and `# comments` stand for nothing.
  private mutating func skipComments() {
    guard flags.allowsComments else { return }
    while let next = peek {
      if next.properties.isWhitespace {
        position += 1
      } else if next == "#" {
        while let rest = peek, !ScalarSet.isLineTerminator(rest.value) {
          position += 1
          _ = rest
        }
      } else {
        return
      }
    }
  }

  // MARK: Structure

  private mutating func parseAlternatives() throws(QueryError) -> RegularExpressionNode {
    var alternatives = [try parseSequence()]
    while skip("|" as Unicode.Scalar) {
      alternatives.append(try parseSequence())
    }
    return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
  }

  private mutating func parseSequence() throws(QueryError) -> RegularExpressionNode {
    var items: [RegularExpressionNode] = []
    while true {
      skipComments()
      guard let next = peek, next != "|", next != ")" else { break }
      if skip("\\Q") {
        try parseQuoted(into: &items)
        continue
      }
      let start = position
      guard let atom = try parseAtom() else { continue }
      items.append(try parseQuantifiers(of: atom, from: start))
    }
    return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
  }

  /// `\Q...\E`: characters without meaning; a quantifier after it belongs to the last of them.
  private mutating func parseQuoted(into items: inout [RegularExpressionNode]) throws(QueryError) {
    while peek != nil, !skip("\\E") {
      let start = position
      items.append(character(try take()))
      if skip("\\E") {
        items[items.count - 1] = try parseQuantifiers(of: items[items.count - 1], from: start)
        return
      }
    }
  }

  /// One character, class, group or place; `nil` for a group that only sets flags.
  private mutating func parseAtom() throws(QueryError) -> RegularExpressionNode? {
    let start = position
    let scalar = try take()
    switch scalar {
    case "(": return try parseGroup(from: start)
    case "[":
      var set = try nest { parser throws(QueryError) in try parser.parseClass(from: start) }
      set.ignoresCase = flags.ignoresCase
      return .characters(set)
    case ".": return .characters(flags.dotMatchesAll ? .everything : .notLineTerminators)
    case "^": return .place(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .place(flags.isMultiline ? .lineEnd : .lastLineEnd)
    case "\\": return try parseEscape(from: start)
    case "*", "+", "?":
      throw failure(
        "found '\(scalar)' with nothing before it to repeat", at: start, hint: "write \\\(scalar) for the character")
    case "{":
      throw failure("found '{' with nothing before it to repeat", at: start, hint: "write \\{ for the character")
    default: return character(scalar)
    }
  }

  func character(_ scalar: Unicode.Scalar) -> RegularExpressionNode {
    var set = ScalarSet(scalar)
    set.ignoresCase = flags.ignoresCase
    return .characters(set)
  }

  // MARK: Groups

  private mutating func parseGroup(from start: Int) throws(QueryError) -> RegularExpressionNode? {
    let outer = flags
    if skip("?" as Unicode.Scalar) {
      switch peek {
      case "=", "!": throw unsupported("look-ahead", at: start)
      case ">": throw unsupported("an atomic group", at: start)
      case "<":
        if peek(1) == "=" || peek(1) == "!" { throw unsupported("look-behind", at: start) }
        position += 1
        try skipGroupName()
      case ":": position += 1
      default:
        try parseFlags()
        if skip(")" as Unicode.Scalar) { return nil }
        guard skip(":" as Unicode.Scalar) else { throw failure("found a group without end", at: start) }
      }
    }
    let node = try nest { parser throws(QueryError) in try parser.parseAlternatives() }
    guard skip(")" as Unicode.Scalar) else {
      throw failure("found '(' that is never closed", at: start, hint: "write \\( for the character")
    }
    flags = outer
    return node
  }

  private mutating func skipGroupName() throws(QueryError) {
    let start = position
    while let next = peek, next != ">" {
      guard next.isASCII, next.properties.isAlphabetic || position > start && next.properties.numericType != nil else {
        throw failure("found '\(next)' in the name of a group, expected letters and digits")
      }
      position += 1
    }
    guard position > start, skip(">" as Unicode.Scalar) else {
      throw failure("found a group name without end", at: start)
    }
  }

  private mutating func parseFlags() throws(QueryError) {
    var isOn = true
    while let next = peek, next != ")", next != ":" {
      switch next {
      case "-": isOn = false
      case "i": flags.ignoresCase = isOn
      case "s": flags.dotMatchesAll = isOn
      case "m": flags.isMultiline = isOn
      case "x": flags.allowsComments = isOn
      case "u": break  // Case is ignored for all of Unicode anyway.
      default: throw failure("found the flag '\(next)', expected i, m, s, u or x")
      }
      position += 1
    }
  }

  func unsupported(_ what: String, at place: Int) -> QueryError {
    failure(
      "found \(what), which cannot be matched in linear time", at: place,
      hint: "combine several =~ with AND, OR and NOT instead")
  }

  // MARK: Quantifiers

  private mutating func parseQuantifiers(
    of atom: RegularExpressionNode, from start: Int
  ) throws(QueryError) -> RegularExpressionNode {
    skipComments()
    let node: RegularExpressionNode
    let place = position
    switch peek {
    case "*":
      position += 1
      node = .repeated(atom, least: 0, most: nil)
    case "+":
      position += 1
      node = .repeated(atom, least: 1, most: nil)
    case "?":
      position += 1
      node = .repeated(atom, least: 0, most: 1)
    case "{":
      position += 1
      node = try parseCounts(of: atom, from: place)
    default: return atom
    }
    // Whether a quantifier is greedy or lazy makes no difference to whether the whole text matches.
    if skip("?" as Unicode.Scalar) { return node }
    switch peek {
    case "+": throw unsupported("a possessive quantifier", at: place)
    case "*", "?", "{": throw failure("found a quantifier after a quantifier", hint: "put the first into a group (?: )")
    default: return node
    }
  }

  private mutating func parseCounts(
    of atom: RegularExpressionNode, from place: Int
  ) throws(QueryError) -> RegularExpressionNode {
    guard let least = try parseCount() else {
      throw failure("found '{' without a count", at: place, hint: "write \\{ for the character")
    }
    var most: Int? = least
    if skip("," as Unicode.Scalar) { most = try parseCount() }
    guard skip("}" as Unicode.Scalar) else {
      throw failure("found a count that is never closed, expected {2}, {2,} or {2,5}", at: place)
    }
    if let most, most < least {
      throw failure("found the counts {\(least),\(most)}, expected the smaller one first", at: place)
    }
    return .repeated(atom, least: least, most: most)
  }

  private mutating func parseCount() throws(QueryError) -> Int? {
    var count: Int64?
    let start = position
    while let next = peek, ("0"..."9").contains(next) {
      count = (count ?? 0) * 10 + Int64(next.value - 0x30)
      guard let count, count <= RegularExpressionParser.countLimit else {
        throw failure("found a count above \(RegularExpressionParser.countLimit)", at: start)
      }
      position += 1
    }
    return count.map(Int.init)
  }
}
