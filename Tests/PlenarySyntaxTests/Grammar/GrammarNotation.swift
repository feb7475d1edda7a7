/// The right side of a production, as written.
indirect enum GrammarElement: Equatable, Sendable {
  /// A keyword or symbol, or characters in the lexical part.
  case terminal(String)
  /// `<name>`.
  case reference(String)
  /// One part after the other; empty for nothing.
  case sequence([GrammarElement])
  /// `a | b`.
  case choice([GrammarElement])
  /// `[ a ]`.
  case optional(GrammarElement)
  /// `a...`: once or more often.
  case repetition(GrammarElement)

  /// Every element in this one, itself first.
  var all: [GrammarElement] {
    switch self {
    case .terminal, .reference: [self]
    case .sequence(let parts), .choice(let parts): [self] + parts.flatMap(\.all)
    case .optional(let part), .repetition(let part): [self] + part.all
    }
  }
}

/// One production of a grammar file.
struct GrammarProduction: Equatable, Sendable {
  /// The name without its angle brackets.
  let name: String
  /// The right side; `nil` for a set of characters described in prose.
  let body: GrammarElement?
  /// The prose of such a set.
  let prose: String?
}

/// What is wrong with a grammar file.
struct GrammarNotationError: Error, CustomStringConvertible {
  let description: String
}

/// Reads the BNF notation of the openCypher and GQL standards, as `Grammar/README.md` describes it.
struct GrammarNotation {
  private enum Mark: Equatable {
    case name(String)
    case text(String)
    case open(String)
    case close(String)
    case bar
    case ellipsis
  }

  private var marks: [Mark] = []
  private var position = 0
  private let production: String

  /// Reads the productions of a file in the order written.
  static func read(_ text: String) throws -> [GrammarProduction] {
    var blocks: [(name: String, lines: [Substring])] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("<"), let arrow = line.range(of: "> ::=") {
        let name = line[line.index(after: line.startIndex)..<arrow.lowerBound]
        blocks.append((String(name), [line[arrow.upperBound...]]))
      } else if let first = line.first(where: { $0 != " " }), !line.drop(while: { $0 == " " }).hasPrefix("!!") {
        guard !blocks.isEmpty else { throw GrammarNotationError(description: "\(first) before the first production") }
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    return try blocks.map { block in
      let first = block.lines[0].drop { $0 == " " }
      if block.lines.count == 1, first.hasPrefix("!!") {
        let prose = String(first.dropFirst(2).drop { $0 == " " })
        return GrammarProduction(name: block.name, body: nil, prose: prose)
      }
      let words = block.lines.flatMap { line in
        line.split(separator: " ").prefix { !$0.hasPrefix("!!") || $0 == "!" }
      }
      // A single word without letters means itself, even if it is a mark of the notation.
      if words.count == 1, let word = words.first, !word.contains(where: \.isLetter) {
        return GrammarProduction(name: block.name, body: .terminal(String(word)), prose: nil)
      }
      var reader = GrammarNotation(production: block.name)
      for line in block.lines { reader.split(line) }
      let body = try reader.readChoice()
      guard reader.position == reader.marks.count else { throw reader.unexpected() }
      return GrammarProduction(name: block.name, body: body, prose: nil)
    }
  }

  private init(production: String) {
    self.production = production
  }

  private mutating func split(_ line: Substring) {
    var rest = line.drop { $0 == " " }
    while let first = rest.first {
      if rest.hasPrefix("!!") { return }
      let second = rest.dropFirst().first
      if first == "<", second?.isLetter == true, let end = rest.firstIndex(of: ">") {
        marks.append(.name(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("...") {
        marks.append(.ellipsis)
        rest = rest.dropFirst(3)
      } else if "[]{}|".contains(first) {
        marks.append(first == "|" ? .bar : "[{".contains(first) ? .open(String(first)) : .close(String(first)))
        rest = rest.dropFirst()
      } else {
        var word = rest.prefix { $0 != " " }
        if word.count > 3, word.hasSuffix("...") { word = word.dropLast(3) }
        marks.append(.text(String(word)))
        rest = rest[word.endIndex...]
      }
      rest = rest.drop { $0 == " " }
    }
  }

  private mutating func readChoice() throws -> GrammarElement {
    var alternatives = [try readSequence()]
    while position < marks.count, marks[position] == .bar {
      position += 1
      alternatives.append(try readSequence())
    }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func readSequence() throws -> GrammarElement {
    var parts: [GrammarElement] = []
    loop: while position < marks.count {
      var part: GrammarElement
      switch marks[position] {
      case .name(let name):
        part = .reference(name)
        position += 1
      case .text(let text):
        part = .terminal(text)
        position += 1
      case .open(let mark):
        position += 1
        let inner = try readChoice()
        guard position < marks.count, marks[position] == .close(mark == "[" ? "]" : "}") else { throw unexpected() }
        position += 1
        part = mark == "[" ? .optional(inner) : inner
      case .close, .bar: break loop
      case .ellipsis: throw unexpected()
      }
      if position < marks.count, marks[position] == .ellipsis {
        position += 1
        if case .optional(let inner) = part {
          part = .optional(.repetition(inner))
        } else {
          part = .repetition(part)
        }
      }
      parts.append(part)
    }
    guard !parts.isEmpty else { throw unexpected() }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private func unexpected() -> GrammarNotationError {
    let found = position < marks.count ? "\(marks[position])" : "the end"
    return GrammarNotationError(description: "<\(production)>: unexpected \(found)")
  }
}
