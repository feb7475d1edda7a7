import PlenarySyntax

/// A part of a pattern of which only the number of matches is wanted.
///
/// It hangs on one node, the root, and grows from there step by step; a step into a node bound before, by an earlier step
/// or in the input row, closes a cycle.
struct CountedPattern: Sendable {
  /// One number that is wanted.
  struct Measure: Sendable {
    /// The column for the number.
    var column: VariableID
    /// Counts only matches in which a node meets a further condition: `count(b.name)` asks for `b.name IS NOT NULL`.
    var condition: (node: VariableID, expression: BoundExpression)?
    /// Whether an input row without a match counts as one.
    var countsMissing = false
  }

  var root: VariableID
  /// Where each starts is the root or where an earlier one ends.
  var steps: [Expansion]
  /// How often the one step may be taken, for a variable length.
  var length: PathLength?
  /// What each node must meet. Every condition reads that node alone.
  var conditions: [VariableID: [BoundExpression]] = [:]
  /// Steps that have found relationships of the input rows; of others that the pattern must not use again nothing is known.
  var outerSteps: [Expansion] = []
  var measures: [Measure] = []
  /// Whether one row with the totals comes out, instead of each input row with its own numbers.
  var isTotal: Bool
  /// Whether the root is any node of the graph that meets its conditions; there is no input then.
  var scansRoot = false

  /// Whether the input rows without a match go on, instead of those with some.
  var wantsNone = false
  /// Whether all input rows go on, those without a match too.
  var isOptional = false

  /// Whether only those input rows are wanted that have a match (or none), and no number.
  var isTest: Bool { measures.isEmpty && !isTotal }

  /// Nodes that the input rows hold and that steps lead to.
  var outerNodes: [VariableID] {
    let own = Set(steps.filter { !$0.isInto }.map(\.to) + [root])
    return Set(steps.map(\.to)).subtracting(own).sorted()
  }

  /// Relationships that the input rows hold and that steps must not use again.
  var outerRelationships: [VariableID] {
    let own = Set(steps.map(\.relationship))
    return Set(steps.flatMap(\.excluding)).subtracting(own).sorted()
  }
}

extension CountedPattern {
  /// The relationships that counting a tree walks over one by one, as far as the query tells: those of steps that could
  /// meet a relationship again in a graph without loops, and of the steps that lead to them. Where only two could be the
  /// same, nothing is walked over. See `MatchCounter`.
  var walkedSteps: Set<VariableID> {
    var pairs: [(Expansion, Expansion)] = []
    for (index, step) in steps.enumerated() {
      for other in steps[..<index] where step.excluding.contains(other.relationship) && couldBeSame(step, other) {
        pairs.append((step, other))
      }
    }
    if pairs.count == 1, pairs[0].0.direction != .either, pairs[0].1.direction != .either { return [] }
    var walked = Set(pairs.flatMap { [$0.relationship, $1.relationship] })
    for step in steps.reversed() where walked.contains(step.relationship) {
      walked.formUnion(steps.filter { $0.to == step.from }.map(\.relationship))
    }
    return walked
  }

  /// Whether two steps can take the same relationship.
  ///
  /// The same relationship has the same ends. If that makes the two ends of any step one node, it needs a loop there.
  func couldBeSame(
    _ a: Expansion, _ b: Expansion, mayBeLoop: (Expansion) -> Bool = { _ in false }
  ) -> Bool {
    guard a.direction != .either, b.direction != .either else { return true }
    var representative: [VariableID: VariableID] = [:]
    func find(_ node: VariableID) -> VariableID {
      var node = node
      while let next = representative[node] { node = next }
      return node
    }
    for (one, other) in [(a.source, b.source), (a.target, b.target)] {
      let (kept, joined) = (find(one), find(other))
      if kept != joined { representative[joined] = kept }
    }
    return !steps.contains { $0.direction != .either && find($0.from) == find($0.to) && !mayBeLoop($0) }
  }
}

extension Expansion {
  /// The same step taken from its other end.
  var reversed: Expansion {
    var result = self
    swap(&result.from, &result.to)
    result.direction =
      switch direction {
      case .right: .left
      case .left: .right
      case .either: .either
      }
    result.isReversed.toggle()
    return result
  }

  /// Where the relationships of a directed step start.
  var source: VariableID { direction == .right ? from : to }
  /// Where they end.
  var target: VariableID { direction == .right ? to : from }
}
