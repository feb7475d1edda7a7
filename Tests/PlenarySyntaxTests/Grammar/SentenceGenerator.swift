import TestResources

/// Makes sentences of the language from its grammar.
///
/// Alternatives are drawn at random until a sentence has its share of tokens; from then on the shallowest ones end it.
struct SentenceGenerator {
  private let grammar: GrammarFiles
  private let scanner: TokenScanner
  /// How deep the shallowest derivation of each nonterminal is.
  private var depths: [String: Int] = [:]
  /// The alternatives used so far, as `name` or `name#index`.
  private(set) var used: Set<String> = []

  init(_ grammar: GrammarFiles, scanner: TokenScanner) {
    self.grammar = grammar
    self.scanner = scanner
    var changed = true
    while changed {
      changed = false
      for production in grammar.productions.values {
        let depth = production.body.map { self.depth(of: $0) + 1 } ?? 1
        if depth < depths[production.name] ?? unknown { (depths[production.name], changed) = (depth, true) }
      }
    }
  }

  private let unknown = 1_000_000

  private func depth(of element: GrammarElement) -> Int {
    switch element {
    case .terminal, .optional: 0
    case .reference(let name): depths[name] ?? unknown
    case .sequence(let parts): parts.map { depth(of: $0) }.max() ?? 0
    case .choice(let parts): parts.map { depth(of: $0) }.min() ?? 0
    case .repetition(let part): depth(of: part)
    }
  }

  /// A sentence of about this many tokens, of the language or of a part of it. The same seed makes the same sentence.
  mutating func sentence(of start: String = GrammarFiles.start, seed: UInt64, tokens budget: Int) -> String {
    var random = SeededRandom(seed: seed)
    var tokens: [String] = []
    generate(.reference(start), into: &tokens, budget: budget, name: "", &random)
    return join(tokens, &random)
  }

  /// A token of one of the kinds that the grammar names in angle brackets.
  mutating func token(of kind: String, _ random: inout SeededRandom) -> String {
    while true {
      var text = ""
      generateCharacters(.reference(kind), into: &text, &random)
      if let tokens = scanner.scan(text), tokens.count == 1, tokens[0].terminal == .kind(kind) { return text }
    }
  }

  private mutating func generate(
    _ element: GrammarElement, into tokens: inout [String], budget: Int, name: String, _ random: inout SeededRandom
  ) {
    let isSpent = tokens.count >= budget
    switch element {
    case .terminal(let text):
      tokens.append(text.first?.isLetter == true ? cased(text, &random) : text)
    case .reference(let name):
      if let symbol = grammar.markSymbols[name] {
        tokens.append(symbol)
      } else if grammar.lexicalNames.contains(name) {
        tokens.append(token(of: name, &random))
      } else if let body = grammar.productions[name]?.body {
        used.insert(name)
        generate(body, into: &tokens, budget: budget, name: name, &random)
      }
    case .sequence(let parts):
      for part in parts { generate(part, into: &tokens, budget: budget, name: "", &random) }
    case .choice(let parts):
      var candidates = Array(parts.indices)
      if isSpent {
        // A little more than the shallowest, for variety.
        let limit = depth(of: element) + 2
        candidates = candidates.filter { depth(of: parts[$0]) <= limit }
      }
      guard let index = candidates.randomElement(using: &random) else { return }
      if !name.isEmpty { used.insert("\(name)#\(index)") }
      generate(parts[index], into: &tokens, budget: budget, name: "", &random)
    case .optional(.repetition(let part)):
      while tokens.count < budget, random.chance(18) {
        generate(part, into: &tokens, budget: budget, name: "", &random)
      }
    case .optional(let part):
      if !isSpent, random.chance(40) { generate(part, into: &tokens, budget: budget, name: "", &random) }
    case .repetition(let part):
      repeat {
        generate(part, into: &tokens, budget: budget, name: "", &random)
      } while tokens.count < budget && random.chance(25)
    }
  }

  private func cased(_ keyword: String, _ random: inout SeededRandom) -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: keyword.lowercased()
    case 1: keyword.prefix(1) + keyword.dropFirst().lowercased()
    default: keyword
    }
  }

  private func generateCharacters(_ element: GrammarElement, into text: inout String, _ random: inout SeededRandom) {
    switch element {
    case .terminal(let characters): text += characters
    case .reference(let name):
      if let body = grammar.productions[name]?.body {
        generateCharacters(body, into: &text, &random)
      } else if let sample = CharacterSets.byName[name]?.samples.randomElement(using: &random) {
        text.unicodeScalars.append(sample)
      }
    case .sequence(let parts):
      for part in parts { generateCharacters(part, into: &text, &random) }
    case .choice(let parts):
      if let part = parts.randomElement(using: &random) { generateCharacters(part, into: &text, &random) }
    case .optional(.repetition(let part)):
      while random.chance(40) { generateCharacters(part, into: &text, &random) }
    case .optional(let part):
      if random.chance(40) { generateCharacters(part, into: &text, &random) }
    case .repetition(let part):
      repeat { generateCharacters(part, into: &text, &random) } while random.chance(25)
    }
  }

  /// Sets tokens apart by blanks and comments, or by nothing where they stay the same tokens.
  private func join(_ tokens: [String], _ random: inout SeededRandom) -> String {
    var text = ""
    for (index, token) in tokens.enumerated() {
      if index > 0 {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<6 where scanner.scan(tokens[index - 1] + token)?.map(\.text) == [tokens[index - 1], token]: break
        case 6: text += "\n"
        case 7 where random.chance(30): text += " // a comment's end\n"
        case 8 where random.chance(30): text += " /* \"a * comment / **/"
        default: text += " "
        }
      }
      text += token
    }
    return text
  }
}
