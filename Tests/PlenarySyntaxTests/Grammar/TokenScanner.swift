/// What the recogniser sees of a token.
enum TokenTerminal: Hashable {
  /// A keyword, in capitals.
  case keyword(String)
  /// A symbol.
  case symbol(String)
  /// A kind of `<token>` that the grammar refers to by name, or `malformed number`, which it does not.
  case kind(String)
}

/// A piece of text that the lexical grammar names.
struct ScannedToken {
  let terminal: TokenTerminal
  let text: String
}

/// Cuts a text into tokens as `lexical.bnf` says.
///
/// The lexical productions do not recurse, so they become one finite automaton; its deterministic states are found as
/// texts need them. It shares nothing with the product's lexer: both must come to the same words by different ways.
/// Scanning first makes the recogniser's input about five times shorter than characters would be, and keeps "the
/// longest token" out of the context-free part.
final class TokenScanner {
  private enum Step {
    case scalar(Unicode.Scalar)
    case set(@Sendable (Unicode.Scalar) -> Bool)
  }

  private struct State {
    var steps: [(Step, Int)] = []
    var jumps: [Int] = []
    /// Index in `outcomes` of what has been read when the automaton stands here.
    var outcome: Int?
  }

  private struct DeterministicState {
    let members: [Int]
    let outcome: Int?
    var next: [Unicode.Scalar: Int] = [:]
  }

  private enum Outcome {
    case symbol(String)
    case kind(String)
    case separator
  }

  private let grammar: GrammarFiles
  private let keywords: Set<String>
  private var states: [State] = [State()]
  private var outcomes: [Outcome] = []
  private var deterministic: [DeterministicState] = []
  private var indexes: [[Int]: Int] = [:]
  private let dead = -1

  init(_ grammar: GrammarFiles) throws {
    self.grammar = grammar
    self.keywords = grammar.keywords
    for symbol in grammar.symbols.sorted() { try add(.terminal(symbol), outcome: .symbol(symbol)) }
    for kind in grammar.tokenKinds { try add(.reference(kind), outcome: .kind(kind)) }
    for kind in grammar.separatorKinds { try add(.reference(kind), outcome: .separator) }
    _ = deterministicState([0])
  }

  /// The tokens of a text, or `nil` if somewhere no token begins.
  func scan(_ text: String) -> [ScannedToken]? {
    let scalars = Array(text.unicodeScalars)
    var tokens: [ScannedToken] = []
    var position = 0
    while position < scalars.count {
      var state = 0
      var end = position
      var found: Int?
      var index = position
      while index < scalars.count {
        state = step(from: state, with: scalars[index])
        if state == dead { break }
        index += 1
        if let outcome = deterministic[state].outcome {
          found = outcome
          end = index
        }
      }
      guard let found else { return nil }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[position..<end])
      switch outcomes[found] {
      case .separator: break
      case .symbol(let symbol): tokens.append(ScannedToken(terminal: .symbol(symbol), text: symbol))
      case .kind("word"): tokens.append(word(String(text)))
      case .kind(let kind): tokens.append(ScannedToken(terminal: .kind(kind), text: String(text)))
      }
      position = end
    }
    return tokens
  }

  private func word(_ text: String) -> ScannedToken {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      let capitals = text.uppercased()
      if keywords.contains(capitals) { return ScannedToken(terminal: .keyword(capitals), text: text) }
    }
    return ScannedToken(terminal: .kind("regular identifier"), text: text)
  }

  // MARK: The automaton

  private func add(_ element: GrammarElement, outcome: Outcome) throws {
    outcomes.append(outcome)
    let end = try build(element, from: 0, open: [])
    // The first state is shared, so an ending there would make every token empty.
    guard end != 0 else { throw GrammarNotationError(description: "\(element) may be empty") }
    states[end].outcome = outcomes.count - 1
  }

  private func newState() -> Int {
    states.append(State())
    return states.count - 1
  }

  /// Adds states that read an element, and returns the one in which they end.
  private func build(_ element: GrammarElement, from start: Int, open: [String]) throws -> Int {
    switch element {
    case .terminal(let text):
      var state = start
      for scalar in text.unicodeScalars {
        let next = newState()
        states[state].steps.append((.scalar(scalar), next))
        state = next
      }
      return state
    case .reference(let name):
      guard !open.contains(name) else { throw GrammarNotationError(description: "<\(name)> recurs in a token") }
      guard let production = grammar.productions[name] else {
        throw GrammarNotationError(description: "<\(name)> is not defined")
      }
      if let body = production.body { return try build(body, from: start, open: open + [name]) }
      guard let set = CharacterSets.byName[name] else {
        throw GrammarNotationError(description: "<\(name)> is no set of characters known here")
      }
      let next = newState()
      states[start].steps.append((.set(set.contains), next))
      return next
    case .sequence(let parts):
      return try parts.reduce(start) { try build($1, from: $0, open: open) }
    case .choice(let parts):
      let end = newState()
      for part in parts {
        let entry = newState()
        states[start].jumps.append(entry)
        states[try build(part, from: entry, open: open)].jumps.append(end)
      }
      return end
    case .optional(let part):
      let entry = newState()
      let end = newState()
      states[start].jumps += [entry, end]
      states[try build(part, from: entry, open: open)].jumps.append(end)
      return end
    case .repetition(let part):
      let entry = newState()
      states[start].jumps.append(entry)
      let exit = try build(part, from: entry, open: open)
      let end = newState()
      states[exit].jumps += [entry, end]
      return end
    }
  }

  private func step(from index: Int, with scalar: Unicode.Scalar) -> Int {
    if let next = deterministic[index].next[scalar] { return next }
    var reached: Set<Int> = []
    for member in deterministic[index].members {
      for (step, target) in states[member].steps {
        switch step {
        case .scalar(let expected): if expected == scalar { reached.insert(target) }
        case .set(let contains): if contains(scalar) { reached.insert(target) }
        }
      }
    }
    let next = reached.isEmpty ? dead : deterministicState(reached)
    deterministic[index].next[scalar] = next
    return next
  }

  private func deterministicState(_ seeds: Set<Int>) -> Int {
    var members = seeds
    var waiting = Array(seeds)
    while let state = waiting.popLast() {
      for target in states[state].jumps where members.insert(target).inserted { waiting.append(target) }
    }
    let key = members.sorted()
    if let index = indexes[key] { return index }
    // Of several outcomes the one named first counts.
    deterministic.append(DeterministicState(members: key, outcome: key.compactMap { states[$0].outcome }.min()))
    indexes[key] = deterministic.count - 1
    return deterministic.count - 1
  }
}
