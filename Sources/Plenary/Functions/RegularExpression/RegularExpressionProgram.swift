/// A regular expression as instructions for a machine that is in many states at once (Thompson's construction).
struct RegularExpressionProgram: Sendable {
  enum Instruction: Sendable {
    /// Takes one character of a set and goes on with the next instruction.
    case characters(Int)
    /// Goes on at two places.
    case split(Int, Int)
    /// Goes on elsewhere.
    case jump(Int)
    /// Goes on if the place is right.
    case place(RegularExpressionNode.Place)
    /// The pattern has matched.
    case match
  }

  /// A set with its ASCII part as bits.
  struct CompiledSet: Sendable {
    private let low: UInt64
    private let high: UInt64
    private let set: ScalarSet

    init(_ set: ScalarSet) {
      var low: UInt64 = 0
      var high: UInt64 = 0
      for code: UInt8 in 0..<64 {
        if set.contains(Unicode.Scalar(code)) { low |= 1 << code }
        if set.contains(Unicode.Scalar(code + 64)) { high |= 1 << code }
      }
      (self.low, self.high, self.set) = (low, high, set)
    }

    @inline(__always)
    func contains(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.value < 64 { return low >> UInt64(scalar.value) & 1 == 1 }
      if scalar.value < 128 { return high >> UInt64(scalar.value - 64) & 1 == 1 }
      return set.contains(scalar)
    }
  }

  /// More instructions than this come only from repetitions in repetitions, such as `((a{1000}){1000}`.
  static let limit = 20_000

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [CompiledSet] = []

  init(_ node: RegularExpressionNode) throws(QueryError) {
    try emit(node)
    instructions.append(.match)
  }

  private mutating func emit(_ node: RegularExpressionNode) throws(QueryError) {
    guard instructions.count < RegularExpressionProgram.limit else { throw tooLarge }
    switch node {
    case .empty: break
    case .characters(let set):
      sets.append(CompiledSet(set))
      instructions.append(.characters(sets.count - 1))
    case .place(let place): instructions.append(.place(place))
    case .sequence(let items):
      for item in items { try emit(item) }
    case .alternatives(let items):
      var exits: [Int] = []
      for item in items.dropLast() {
        let split = reserve()
        try emit(item)
        exits.append(reserve())
        instructions[split] = .split(split + 1, instructions.count)
      }
      if let last = items.last { try emit(last) }
      for exit in exits { instructions[exit] = .jump(instructions.count) }
    case .repeated(let item, let least, let most):
      try emitRepeated(item, least: least, most: most)
    }
  }

  private mutating func emitRepeated(
    _ item: RegularExpressionNode, least: Int, most: Int?
  ) throws(QueryError) {
    var first: Range<Int>?
    for _ in 0..<least { try emitCopy(of: item, &first) }
    guard let most else {
      let split = reserve()
      try emitCopy(of: item, &first)
      instructions.append(.jump(split))
      instructions[split] = .split(split + 1, instructions.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<most {
      splits.append(reserve())
      try emitCopy(of: item, &first)
    }
    for split in splits { instructions[split] = .split(split + 1, instructions.count) }
  }

  /// Emits an item the first time, and after that copies its instructions to the end.
  private mutating func emitCopy(of item: RegularExpressionNode, _ first: inout Range<Int>?) throws(QueryError) {
    guard let original = first else {
      let start = instructions.count
      try emit(item)
      first = start..<instructions.count
      return
    }
    guard instructions.count + original.count <= RegularExpressionProgram.limit else { throw tooLarge }
    let offset = instructions.count - original.lowerBound
    for index in original {
      switch instructions[index] {
      case .jump(let target): instructions.append(.jump(target + offset))
      case .split(let a, let b): instructions.append(.split(a + offset, b + offset))
      case .characters, .place, .match: instructions.append(instructions[index])
      }
    }
  }

  private var tooLarge: QueryError {
    QueryError(
      .invalidArgumentValue, "invalid regular expression: its repetitions make it too large",
      hint: "use * or + instead of large counts")
  }

  /// Room for an instruction that is known later.
  private mutating func reserve() -> Int {
    instructions.append(.match)
    return instructions.count - 1
  }
}
