extension RegularExpressionProgram {
  /// After this many states, a fraction of a millisecond, a search asks whether it is to stop.
  private static let stepsBetweenChecks = 32_768

  /// Whether the program takes the whole text.
  ///
  /// The states after each character are a set, and each character is looked at once: O(text × instructions) at worst.
  func matchesWhole(_ text: String, checkStop: () throws(QueryError) -> Void) throws(QueryError) -> Bool {
    var current = StateSet(capacity: instructions.count)
    var next = current
    var stack: [Int] = []
    var scalars = text.unicodeScalars.makeIterator()
    var surroundings = Surroundings()
    surroundings.ahead = (scalars.next(), scalars.next(), scalars.next())
    enter(0, &current, surroundings, &stack)
    var steps = 0
    while let scalar = surroundings.ahead.0 {
      if current.isEmpty { return false }
      steps += 1 + current.members.count
      if steps >= Self.stepsBetweenChecks {
        steps = 0
        try checkStop()
      }
      surroundings.advance(to: scalars.next())
      next.removeAll()
      for state in current.members {
        if case .characters(let set) = instructions[state], sets[set].contains(scalar) {
          enter(state + 1, &next, surroundings, &stack)
        }
      }
      swap(&current, &next)
    }
    return current.contains(instructions.count - 1)
  }

  /// Adds a state and all it leads to without taking a character.
  private func enter(_ state: Int, _ states: inout StateSet, _ surroundings: Surroundings, _ stack: inout [Int]) {
    stack.append(state)
    while let state = stack.popLast() {
      guard states.insert(state) else { continue }
      switch instructions[state] {
      case .jump(let target): stack.append(target)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .place(let place):
        if surroundings.satisfy(place) { stack.append(state + 1) }
      case .characters, .match: break
      }
    }
  }

  /// A set of instructions with constant-time insertion, test and clearing (Briggs and Torczon).
  private struct StateSet {
    private(set) var members: [Int] = []
    private var places: [Int]

    init(capacity: Int) {
      places = Array(repeating: 0, count: capacity)
      members.reserveCapacity(capacity)
    }

    var isEmpty: Bool { members.isEmpty }

    func contains(_ state: Int) -> Bool {
      places[state] < members.count && members[places[state]] == state
    }

    /// Returns false when the state is in already.
    mutating func insert(_ state: Int) -> Bool {
      guard !contains(state) else { return false }
      places[state] = members.count
      members.append(state)
      return true
    }

    mutating func removeAll() { members.removeAll(keepingCapacity: true) }
  }

  /// The characters beside a place in the text.
  private struct Surroundings {
    var behind: Unicode.Scalar?
    /// The next three characters: `\Z` looks past a CR LF.
    var ahead: (Unicode.Scalar?, Unicode.Scalar?, Unicode.Scalar?)

    /// Moves past one character; `incoming` comes into view.
    mutating func advance(to incoming: Unicode.Scalar?) {
      behind = ahead.0
      ahead = (ahead.1, ahead.2, incoming)
    }

    func satisfy(_ place: RegularExpressionNode.Place) -> Bool {
      switch place {
      case .textStart: return behind == nil
      case .textEnd: return ahead.0 == nil
      case .lineStart: return behind.map { isLineEnd($0) && !isInsideLineBreak && ahead.0 != nil } ?? true
      case .lineEnd: return ahead.0.map { isLineEnd($0) && !isInsideLineBreak } ?? true
      case .lastLineEnd:
        guard let next = ahead.0 else { return true }
        guard isLineEnd(next), !isInsideLineBreak else { return false }
        return ahead.1 == nil || next == "\r" && ahead.1 == "\n" && ahead.2 == nil
      case .wordBoundary: return isWord(behind) != isWord(ahead.0)
      case .noWordBoundary: return isWord(behind) == isWord(ahead.0)
      }
    }

    /// Between CR and LF.
    private var isInsideLineBreak: Bool { behind == "\r" && ahead.0 == "\n" }

    private func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { ScalarSet.isLineTerminator(scalar.value) }

    private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
      guard let scalar else { return false }
      return scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
    }
  }
}
