import TestResources

/// Changes queries a little, so that they are nearly right.
struct QueryMutator {
  private let scanner: TokenScanner
  private let vocabulary: [String]

  init(_ grammar: GrammarFiles, scanner: TokenScanner) {
    self.scanner = scanner
    let others = ["x", "n", "1", "0x1F", "1.5", "'s'", "\"s\"", "`a b`", "$p", "12ab", "é"]
    self.vocabulary = grammar.keywords.sorted() + grammar.symbols.sorted() + others
  }

  /// The query with a token or a few dropped, doubled, swapped, replaced or joined by another, blanks between them.
  func mutate(_ query: String, _ random: inout SeededRandom) -> String? {
    guard var tokens = scanner.scan(query)?.map(\.text), !tokens.isEmpty else { return nil }
    repeat {
      let index = Int.random(in: tokens.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: tokens.remove(at: index)
      case 1: tokens.insert(tokens[index], at: index)
      case 2: tokens.swapAt(index, min(index + 1, tokens.count - 1))
      case 3: tokens[index] = tokens.randomElement(using: &random) ?? ""
      case 4: tokens[index] = vocabulary.randomElement(using: &random) ?? ""
      default: tokens.insert(vocabulary.randomElement(using: &random) ?? "", at: index)
      }
    } while !tokens.isEmpty && random.chance(30)
    return tokens.joined(separator: " ")
  }
}
