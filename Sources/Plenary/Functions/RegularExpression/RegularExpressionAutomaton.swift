/// A regular expression as a machine that is in one state at a time, made as texts need it: each set of states that the
/// program can be in together is one state here, with a table of what each ASCII character leads to.
///
/// A step is one look into a table. Texts beyond ASCII, and places in the middle of a text, are left to the program.
/// Not for several threads at once.
final class RegularExpressionAutomaton {
  /// A pattern that needs more states than this is left to the program.
  private static let mostStates = 512
  /// So many bytes take a fraction of a millisecond; then it is time to look whether the statement is to stop.
  private static let bytesBetweenChecks = 1 << 17

  private let program: RegularExpressionProgram
  /// Whether the pattern asks for the last line's end, which in texts of several lines is not only the end.
  private let asksForLines: Bool
  /// The instructions that each state begins at, in ascending order.
  private var states: [[Int]] = []
  private var numbers: [[Int]: Int] = [:]
  /// By state whether a text that ends there matches.
  private var accepts: [Bool] = []
  /// By state and character the next state; -1 where that is not known yet.
  private let table: UnsafeMutablePointer<Int16>

  /// Fails (`nil`) for a pattern with conditions on places other than the ends of the text.
  init?(_ program: RegularExpressionProgram) {
    var asksForLines = false
    for case .place(let place) in program.instructions {
      switch place {
      case .textStart, .textEnd: break
      case .lastLineEnd: asksForLines = true
      case .lineStart, .lineEnd, .wordBoundary, .noWordBoundary: return nil
      }
    }
    self.program = program
    self.asksForLines = asksForLines
    table = .allocate(capacity: RegularExpressionAutomaton.mostStates * 128)
    _ = number(of: [0])
  }

  deinit { table.deallocate() }

  /// Whether the pattern takes the whole text; `nil` where only the program can tell.
  func matchesWhole(
    _ text: UnsafeBufferPointer<UInt8>, checkStop: () throws(QueryError) -> Void
  ) throws(QueryError) -> Bool? {
    var state = 0
    var place = 0
    while place < text.count {
      let end = min(place + RegularExpressionAutomaton.bytesBetweenChecks, text.count)
      if place > 0 { try checkStop() }
      while place < end {
        let byte = text[place]
        if byte >= 0x80 || asksForLines && (byte == 0xA || byte == 0xD) { return nil }
        var next = Int(table[state &* 128 &+ Int(byte)])
        if next < 0 {
          guard let found = step(from: state, byte) else { return nil }
          next = found
        }
        state = next
        place &+= 1
      }
    }
    return accepts[state]
  }

  /// Finds out where a character leads to; `nil` when there are too many states.
  private func step(from state: Int, _ byte: UInt8) -> Int? {
    let scalar = Unicode.Scalar(byte)
    var targets: Set<Int> = []
    for place in closure(of: states[state], isStart: state == 0, isEnd: false) {
      if case .characters(let set) = program.instructions[place], program.sets[set].contains(scalar) {
        targets.insert(place + 1)
      }
    }
    guard let next = number(of: targets.sorted()) else { return nil }
    table[state * 128 + Int(byte)] = Int16(next)
    return next
  }

  private func number(of places: [Int]) -> Int? {
    if let known = numbers[places] { return known }
    let number = states.count
    guard number < RegularExpressionAutomaton.mostStates else { return nil }
    numbers[places] = number
    states.append(places)
    accepts.append(
      closure(of: places, isStart: number == 0, isEnd: true).contains(program.instructions.count - 1))
    (table + number * 128).initialize(repeating: -1, count: 128)
    return number
  }

  /// The instructions that can be reached without taking a character.
  private func closure(of places: [Int], isStart: Bool, isEnd: Bool) -> Set<Int> {
    var found: Set<Int> = []
    var open = places
    while let place = open.popLast() {
      guard found.insert(place).inserted else { continue }
      switch program.instructions[place] {
      case .jump(let target): open.append(target)
      case .split(let first, let second): open += [first, second]
      case .place(.textStart): if isStart { open.append(place + 1) }
      case .place: if isEnd { open.append(place + 1) }
      case .characters, .match: break
      }
    }
    return found
  }
}
