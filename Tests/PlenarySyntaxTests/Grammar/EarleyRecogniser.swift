/// Tells whether a context-free grammar derives a sequence of terminals, by Earley's method.
///
/// Any grammar will do: left or right recursive, ambiguous, with empty productions. Three things make it fast enough
/// for thousands of queries without optimisation. Items are pairs of integers in flat arrays. Empty derivations are
/// found when a nonterminal is predicted (Aycock and Horspool, "Practical Earley Parsing", 2002), so no set is visited
/// twice. One terminal of lookahead keeps out items that cannot go on, which for a ladder of operators is most of them.
/// Worst case O(n^3), and close to linear for programming languages.
struct EarleyRecogniser {
  /// The number that stands for a terminal; other terminals belong to no sentence.
  private(set) var terminals: [TokenTerminal: Int] = [:]

  private var nonterminals: [String: Int] = [:]
  /// All right sides, one after the other: terminals as they are, nonterminal `n` as `-1 - n`, each ended by `stop`.
  private var symbols: [Int] = []
  /// For each end of a right side, the nonterminal on its left.
  private var left: [Int: Int] = [:]
  private var leftOfEnd: [Int] = []
  /// Where the right sides of each nonterminal begin.
  private var starts: [[Int]] = []
  private var nullable: [Bool] = []
  /// Whether a terminal may begin a nonterminal, and follow one: `[nonterminal * terminalCount + terminal]`.
  private var first: [Bool] = []
  private var follow: [Bool] = []
  /// The same for what begins at each position of the right sides.
  private var startable: [Bool] = []
  private var width = 0
  private let stop = Int.max

  /// Prepares the syntactic part of a grammar.
  init(_ grammar: GrammarFiles, start: String = GrammarFiles.start) throws {
    try self.init(
      productions: grammar.syntacticProductions.compactMap { production in
        production.body.map { (production.name, $0) }
      },
      start: start,
      terminal: { name in
        if let symbol = grammar.markSymbols[name] { return .symbol(symbol) }
        return grammar.lexicalNames.contains(name) ? .kind(name) : nil
      })
  }

  /// Prepares a grammar given as productions.
  ///
  /// - Parameter terminal: what a name means that stands for a terminal; `nil` for the name of a production.
  init(
    productions: [(name: String, body: GrammarElement)], start: String,
    terminal: (String) -> TokenTerminal? = { _ in nil }
  ) throws {
    _ = number(ofNonterminal: start)
    for (name, body) in productions {
      let nonterminal = number(ofNonterminal: name)
      try addAlternatives(of: body, to: nonterminal, terminal: terminal)
    }
    for (name, number) in nonterminals where starts[number].isEmpty {
      throw GrammarNotationError(description: "<\(name)> is not defined")
    }
    leftOfEnd = symbols.indices.map { left[$0] ?? -1 }
    width = terminals.count + 1
    computeSets()
  }

  /// Whether the start symbol derives these terminals.
  func accepts(_ sentence: [TokenTerminal]) -> Bool {
    var input: [Int] = []
    for terminal in sentence {
      guard let number = terminals[terminal] else { return false }
      input.append(number)
    }
    return recognise(input)
  }

  // MARK: Reading the grammar

  private mutating func number(ofNonterminal name: String) -> Int {
    if let number = nonterminals[name] { return number }
    nonterminals[name] = starts.count
    starts.append([])
    return starts.count - 1
  }

  private mutating func addAlternatives(
    of element: GrammarElement, to nonterminal: Int, terminal: (String) -> TokenTerminal?
  ) throws {
    if case .choice(let alternatives) = element {
      for alternative in alternatives { try addAlternatives(of: alternative, to: nonterminal, terminal: terminal) }
      return
    }
    let parts = if case .sequence(let parts) = element { parts } else { [element] }
    add(try parts.map { try symbol(for: $0, terminal: terminal) }, to: nonterminal)
  }

  private mutating func add(_ rightSide: [Int], to nonterminal: Int) {
    starts[nonterminal].append(symbols.count)
    symbols += rightSide
    left[symbols.count] = nonterminal
    symbols.append(stop)
  }

  private mutating func symbol(for element: GrammarElement, terminal: (String) -> TokenTerminal?) throws -> Int {
    switch element {
    case .terminal(let text):
      return number(of: text.first?.isLetter == true ? .keyword(text) : .symbol(text))
    case .reference(let name):
      if let terminal = terminal(name) { return number(of: terminal) }
      return -1 - number(ofNonterminal: name)
    case .sequence, .choice:
      let group = freshNonterminal()
      try addAlternatives(of: element, to: group, terminal: terminal)
      return -1 - group
    case .optional(.repetition(let part)):
      let list = freshNonterminal()
      let item = try symbol(for: part, terminal: terminal)
      add([], to: list)
      add([-1 - list, item], to: list)
      return -1 - list
    case .optional(let part):
      let option = freshNonterminal()
      add([], to: option)
      try addAlternatives(of: part, to: option, terminal: terminal)
      return -1 - option
    case .repetition(let part):
      let list = freshNonterminal()
      let item = try symbol(for: part, terminal: terminal)
      add([item], to: list)
      add([-1 - list, item], to: list)
      return -1 - list
    }
  }

  private mutating func number(of terminal: TokenTerminal) -> Int {
    if let number = terminals[terminal] { return number }
    terminals[terminal] = terminals.count
    return terminals.count - 1
  }

  private mutating func freshNonterminal() -> Int {
    starts.append([])
    return starts.count - 1
  }

  /// Finds what may be empty, begin and follow, by repeating until nothing changes.
  private mutating func computeSets() {
    let count = starts.count
    nullable = Array(repeating: false, count: count)
    first = Array(repeating: false, count: count * width)
    follow = Array(repeating: false, count: count * width)
    follow[0 * width + width - 1] = true
    var changed = true
    func merge(_ target: inout [Bool], _ row: Int, _ source: [Bool], _ sourceRow: Int, _ width: Int) -> Bool {
      var grown = false
      for terminal in 0..<width where source[sourceRow * width + terminal] && !target[row * width + terminal] {
        target[row * width + terminal] = true
        grown = true
      }
      return grown
    }
    while changed {
      changed = false
      for nonterminal in 0..<count {
        for start in starts[nonterminal] {
          var position = start
          var allNullable = true
          while allNullable, symbols[position] != stop {
            let symbol = symbols[position]
            if symbol >= 0 {
              if !first[nonterminal * width + symbol] { (first[nonterminal * width + symbol], changed) = (true, true) }
              allNullable = false
            } else {
              if merge(&first, nonterminal, first, -1 - symbol, width) { changed = true }
              allNullable = nullable[-1 - symbol]
            }
            position += 1
          }
          if allNullable, !nullable[nonterminal] { (nullable[nonterminal], changed) = (true, true) }
        }
      }
    }
    changed = true
    while changed {
      changed = false
      for nonterminal in 0..<count {
        for start in starts[nonterminal] {
          var position = start
          while symbols[position] != stop {
            let symbol = symbols[position]
            position += 1
            guard symbol < 0 else { continue }
            var next = position
            var allNullable = true
            while allNullable, symbols[next] != stop {
              let symbolAfter = symbols[next]
              if symbolAfter >= 0 {
                let cell = (-1 - symbol) * width + symbolAfter
                if !follow[cell] { (follow[cell], changed) = (true, true) }
                allNullable = false
              } else {
                if merge(&follow, -1 - symbol, first, -1 - symbolAfter, width) { changed = true }
                allNullable = nullable[-1 - symbolAfter]
              }
              next += 1
            }
            if allNullable, merge(&follow, -1 - symbol, follow, nonterminal, width) { changed = true }
          }
        }
      }
    }
    // What may be read at a position: what begins there, or, where the rest may be empty, what follows the left side.
    startable = Array(repeating: false, count: symbols.count * width)
    for position in symbols.indices.reversed() {
      let symbol = symbols[position]
      if symbol == stop {
        _ = merge(&startable, position, follow, leftOfEnd[position], width)
      } else if symbol >= 0 {
        startable[position * width + symbol] = true
      } else {
        _ = merge(&startable, position, first, -1 - symbol, width)
        if nullable[-1 - symbol] {
          for terminal in 0..<width where startable[(position + 1) * width + terminal] {
            startable[position * width + terminal] = true
          }
        }
      }
    }
  }

  // MARK: Recognising

  private func recognise(_ input: [Int]) -> Bool {
    let count = starts.count
    let end = width - 1
    // The items of all sets, set after set: where the dot stands, and in which set the item began.
    var dots: [Int] = []
    var origins: [Int] = []
    // Items of a set that wait for a nonterminal, as chains: `[set * count + nonterminal]`, then `nextWaiting`.
    var waiting = Array(repeating: -1, count: (input.count + 1) * count)
    var nextWaiting: [Int] = []
    // Items of the set in progress with the same dot, as chains, to find duplicates. Indexes of earlier sets are stale.
    var lastAtDot = Array(repeating: -1, count: symbols.count)
    var previousAtDot: [Int] = []
    var predicted = Array(repeating: -1, count: count)

    var scanned: [(dot: Int, origin: Int)] = starts[0].map { ($0, 0) }
    for set in 0...input.count {
      let lookahead = set < input.count ? input[set] : end
      let base = dots.count
      var nextScanned: [(dot: Int, origin: Int)] = []
      var accepted = false

      func add(_ dot: Int, _ origin: Int) {
        guard startable[dot * width + lookahead] else { return }
        var other = lastAtDot[dot]
        while other >= base {
          if origins[other] == origin { return }
          other = previousAtDot[other]
        }
        previousAtDot.append(lastAtDot[dot])
        lastAtDot[dot] = dots.count
        dots.append(dot)
        origins.append(origin)
        nextWaiting.append(-1)
      }

      for item in scanned { add(item.dot, item.origin) }
      var item = base
      while item < dots.count {
        let dot = dots[item]
        let origin = origins[item]
        let symbol = symbols[dot]
        if symbol == stop {
          let nonterminal = leftOfEnd[dot]
          if nonterminal == 0, origin == 0, set == input.count { accepted = true }
          // What derives nothing has been passed over when it was predicted.
          if origin < set {
            var waiter = waiting[origin * count + nonterminal]
            while waiter >= 0 {
              add(dots[waiter] + 1, origins[waiter])
              waiter = nextWaiting[waiter]
            }
          }
        } else if symbol >= 0 {
          if symbol == lookahead { nextScanned.append((dot + 1, origin)) }
        } else {
          let nonterminal = -1 - symbol
          nextWaiting[item] = waiting[set * count + nonterminal]
          waiting[set * count + nonterminal] = item
          if predicted[nonterminal] != set {
            predicted[nonterminal] = set
            for start in starts[nonterminal] { add(start, set) }
          }
          if nullable[nonterminal] { add(dot + 1, origin) }
        }
        item += 1
      }
      if set == input.count { return accepted }
      if nextScanned.isEmpty { return false }
      scanned = nextScanned
    }
    return false
  }
}
