import PlenarySyntax

/// Counts the matches of a pattern that hangs on a node, without making rows.
///
/// A branch of the pattern whose relationships cannot be the same as others multiplies: the count at a node is the
/// product over its branches of the sum over the neighbours' counts, found once for each node, and a last step
/// without conditions is a degree. The rest, the core, is walked: steps that close a cycle, and steps that could meet a
/// relationship again. Whether they could is decided here, where the graph is known: `(a)-->(b)-->(c)` uses a
/// relationship twice only if it is a loop.
final class MatchCounter {
  static let tooManyMatches = QueryError(.arithmeticOverflow, "more matches than an integer can count")

  /// A node of the pattern.
  final class Slot {
    let variable: VariableID
    var filter: NodeFilter?
    /// The branches that multiply.
    var branches: [Step] = []
    /// The node it is bound to in the walk.
    var node: UInt32 = 0
    /// By node the product of its branches, plus one; 0 while unknown.
    var memo: UnsafeMutablePointer<Int64>?

    init(_ variable: VariableID) { self.variable = variable }
    deinit { if let memo { LargeMemory.deallocateZeros(memo) } }

    /// Whether every node that is reached counts once.
    var isPlain: Bool { filter == nil && branches.isEmpty }
  }

  /// A step of the pattern.
  final class Step {
    let expansion: Expansion
    let from: Slot
    let to: Slot
    let neighbours: Neighbourhood
    let isInto: Bool
    /// Earlier steps whose relationship this one could meet again.
    var excluding: [Step] = []
    /// Columns of the input with relationships that it must not meet again.
    var outer: [Vector] = []
    var outerVariables: [VariableID] = []
    /// What is asked of its relationship.
    let conditions: [BoundExpression]
    /// Which relationships meet that, once it is known.
    var test: RelationshipTest?
    /// The relationship it has taken in the walk.
    var relationship: UInt32 = 0
    /// By node what all relationships there lead to, plus one; 0 while unknown.
    var memo: UnsafeMutablePointer<Int64>?

    init(
      _ expansion: Expansion, from: Slot, to: Slot, conditions: [BoundExpression], _ graph: Graph
    ) {
      self.conditions = conditions
      self.expansion = expansion
      self.from = from
      self.to = to
      isInto = expansion.isInto
      neighbours = Neighbourhood(of: expansion, in: graph)
    }

    deinit { if let memo { LargeMemory.deallocateZeros(memo) } }

    /// Whether every relationship of its types will do.
    var takesAny: Bool { conditions.isEmpty }
  }

  let context: ExecutionContext
  let pattern: CountedPattern
  let extraCondition: (node: VariableID, expression: BoundExpression)?
  let graph: Graph
  let root: Slot
  let slots: [Slot]
  let steps: [Step]
  /// Nodes of the pattern that the input rows hold, besides the root.
  let outerSlots: [Slot]
  /// Whether it only matters if there is a match: counts are 0 and 1 then.
  let isTest: Bool
  /// The steps that are walked, in order.
  let core: [Step]
  let closing: Closing?
  let meeting: Meeting?
  let crossing: Crossing?
  let nodeCapacity: Int
  /// What counts the ways that use one relationship twice, if that can be two steps only.
  let repeated: MatchCounter?
  /// How often the one step may be taken, for a variable length.
  let length: PathLength?
  /// Whether filters were evaluated for the whole graph; `nil` before the first rows.
  var isDense: Bool?
  var row = 0
  var workSinceCheck = 0
  /// Room for the relationships that the last step must leave out.
  var used: [UInt32] = []
  /// Nodes next to the one that several rows have in common; empty between batches.
  var marks: NodeSet?
  /// Room for the nodes whose ways are being added up; empty between searches.
  var visits: [Visit] = []
  /// The root of the row before.
  var previousRoot: UInt32?

  /// More rows than these at once make it worth while to test every node of the graph beforehand.
  static let denseRowCount = 1024
  /// The stop flag and the clock are looked at once in so many steps of the walk.
  static let workBetweenChecks = 8192

  init(
    _ pattern: CountedPattern, condition extra: (node: VariableID, expression: BoundExpression)?, isTest: Bool = false,
    _ context: ExecutionContext
  ) {
    self.isTest = isTest
    self.context = context
    self.pattern = pattern
    extraCondition = extra
    let graph = context.graph
    self.graph = graph
    nodeCapacity = graph.nodeCapacity
    length = pattern.length
    let root = Slot(pattern.root)
    var slots = [pattern.root: root]
    var order = [root]
    var steps: [Step] = []
    let own = Set(pattern.steps.map(\.relationship))
    for expansion in pattern.steps {
      let to = slots[expansion.to] ?? Slot(expansion.to)
      if slots.updateValue(to, forKey: expansion.to) == nil { order.append(to) }
      let step = Step(
        expansion, from: slots[expansion.from] ?? root, to: to,
        conditions: pattern.conditions[expansion.relationship] ?? [], graph)
      steps.append(step)
    }
    /// Found by looking at all relationships once: only asked where it decides.
    func mayBeLoop(_ expansion: Expansion) -> Bool {
      steps.first { $0.expansion.relationship == expansion.relationship }?.neighbours.mayHaveLoops ?? true
    }
    for (index, step) in steps.enumerated() {
      step.outerVariables = step.expansion.excluding.filter { relationship in
        let outer = pattern.outerSteps.first { $0.relationship == relationship }
        let couldBeSame = outer.map { pattern.couldBeSame($0, step.expansion, mayBeLoop: mayBeLoop) } ?? true
        return couldBeSame && !own.contains(relationship)
      }
      step.excluding = steps[..<index].filter {
        step.expansion.excluding.contains($0.expansion.relationship)
          && pattern.couldBeSame($0.expansion, step.expansion, mayBeLoop: mayBeLoop)
      }
    }
    repeated = isTest ? nil : MatchCounter.repeating(pattern, steps, extra, context)
    // All ways are counted then, and those that use a relationship twice taken off.
    if repeated != nil { for step in steps { step.excluding = [] } }
    self.root = root
    self.slots = order
    self.steps = steps
    let core = MatchCounter.core(of: steps)
    self.core = core
    closing = MatchCounter.closing(core, root, graph)
    let outerNodes = Set(pattern.outerNodes)
    outerSlots = order.filter { outerNodes.contains($0.variable) }
    meeting = MatchCounter.meeting(core, root, outerSlots, graph)
    crossing = isTest ? nil : MatchCounter.crossing(core, root, outerSlots, graph)
    let walked = Set(core.map(ObjectIdentifier.init))
    for step in steps where !walked.contains(ObjectIdentifier(step)) { step.from.branches.append(step) }
    for slot in order {
      var conditions = pattern.conditions[slot.variable] ?? []
      if let extra, extra.node == slot.variable { conditions.append(extra.expression) }
      // The first step into a node, or out of the root, may already promise its label.
      // The empty trail promises nothing.
      if pattern.length?.min != 0,
        let step = steps.first(where: { $0.to === slot && !$0.isInto || slot === root && $0.from === root })
      {
        conditions.removeAll { step.neighbours.promises($0, of: step.expansion, atEnd: slot !== root) }
      }
      if !conditions.isEmpty { slot.filter = NodeFilter(slot.variable, conditions, context) }
    }
  }

  deinit {
    // Slots and the steps of their branches refer to each other.
    for slot in slots { slot.branches = [] }
  }

  /// Whether the graph has changed since the counter was made.
  var isOutdated: Bool { !context.graph.isIdentical(to: graph) }

  // MARK: Counting

  /// The number of matches at the root of each row; for a test no more than one.
  ///
  /// - Throws: `arithmeticOverflow`, and what conditions and limits throw.
  func counts(of batch: Batch) throws -> [Int64] {
    let ways = try countsOfWays(batch)
    guard let repeated else { return ways }
    return zip(ways, try repeated.counts(of: batch)).map { $0 - $1 }
  }

  private func countsOfWays(_ batch: Batch) throws -> [Int64] {
    let roots = batch[root.variable].nodeIDs
    try prepare(roots)
    for step in steps { step.outer = step.outerVariables.map { batch[$0] } }
    let outerNodes = outerSlots.map { batch[$0.variable].nodeIDs }
    defer { meeting?.forget() }
    var result: [Int64] = []
    result.reserveCapacity(roots.count)
    if steps.count == 1, steps[0].isInto, steps[0].takesAny, root.filter == nil {
      return relationshipCounts(steps[0], from: roots, to: outerNodes.first ?? roots)
    }
    if let star = makeStar() {
      let rootAnswers = root.filter?.answers
      for node in roots {
        let isNode =
          node != NodeID.noneRawValue && rootAnswers.map { $0[Int(node)] == NodeFilter.Answer.passes } ?? true
        if isTest {
          result.append(isNode && star.hasMatch(at: node) ? 1 : 0)
          continue
        }
        guard let count = isNode ? star.count(at: node) : 0 else { throw MatchCounter.tooManyMatches }
        result.append(count)
      }
      return result
    }
    if let counts = try countsBesideAnother(roots) { return counts }
    for (index, node) in roots.enumerated() {
      row = index
      var isNode = node != NodeID.noneRawValue && (root.filter?.passes(node) ?? true)
      for (slot, nodes) in zip(outerSlots, outerNodes) {
        slot.node = nodes[index]
        isNode = isNode && slot.node != NodeID.noneRawValue
      }
      result.append(isNode ? try count(at: node) : 0)
    }
    return result
  }

  /// The number of matches at all nodes of the graph.
  ///
  /// - Throws: `arithmeticOverflow`, and what conditions and limits throw.
  func countOfAllRoots() throws -> Int64 {
    let ways = try countOfAllWays()
    return ways - (try repeated?.countOfAllRoots() ?? 0)
  }

  private func countOfAllWays() throws -> Int64 {
    if isDense == nil { isDense = slots.contains { $0.filter != nil } ? try makeDense() : true }
    try testRelationships()
    if let total = try sumOverStars() ?? directedTriangles() { return total }
    var total: Int64 = 0
    if isDense == false {
      var scan = Graph.NodeScan(graph, label: nil)
      while let roots = scan.next(MatchCounter.denseRowCount) {
        var batch = Batch(variableCount: context.variableCount, count: roots.count)
        batch[root.variable] = .nodes(roots)
        for count in try countsOfWays(batch) { total = try sum(total, count) }
      }
      return total
    }
    guard let total = try countInParts() else { throw MatchCounter.tooManyMatches }
    return total
  }

  /// The number of matches at all nodes, counted by several threads where that is worth it; `nil` for too many.
  func countInParts() throws -> Int64? {
    let effort = steps.reduce(0) { $0 + $1.neighbours.lists.reduce(0) { $0 + $1.relationshipCount } }
    let helpers = (0..<context.threads(forRows: effort)).map { Helper($0 == 0 ? self : MatchCounter(helping: self)) }
    return try context.sum(over: 0..<nodeCapacity, effort: effort) { worker, nextPart in
      let counter = helpers[worker].counter
      var total: Int64 = 0
      while let part = try nextPart() {
        for node in part where counter.mayMatch(at: UInt32(node)) {
          total = try counter.sum(total, counter.count(at: UInt32(node)))
        }
      }
      return total
    }
  }

  /// Whether there may be matches at a node, by its own conditions and by what it has relationships of: of all nodes few
  /// may be of the root's kind.
  @inline(__always)
  private func mayMatch(at node: UInt32) -> Bool {
    if length == nil, let first = steps.first, first.neighbours.isEmpty(at: node) { return false }
    return root.filter?.passes(node) ?? true
  }

  /// A counter that another thread uses. Sendable because no two threads use the same one, and the tests of nodes, which
  /// all share, are over.
  final class Helper: @unchecked Sendable {
    let counter: MatchCounter
    init(_ counter: MatchCounter) { self.counter = counter }
  }

  /// A counter of the same matches with a walk of its own.
  ///
  /// - Precondition: all nodes are tested.
  convenience init(helping other: MatchCounter) {
    self.init(other.pattern, condition: other.extraCondition, isTest: other.isTest, other.context.forked())
    isDense = other.isDense
    for (own, known) in zip(slots, other.slots) { own.filter = known.filter }
    for (own, known) in zip(steps, other.steps) { own.test = known.test }
  }

  func count(at node: UInt32) throws -> Int64 {
    if let length { return try trailCount(at: node, steps[0], length) }
    if isTest { return try hasMatch(at: node) ? 1 : 0 }
    let weight = try product(of: root, at: node)
    guard weight > 0, !core.isEmpty else { return weight }
    root.node = node
    if let meeting { return try multiply(weight, walkToMeeting(meeting)) }
    if let crossing { return try multiply(weight, walkAcross(crossing, from: node)) }
    guard let closing else { return try multiply(weight, walk(0)) }
    closing.mark(from: node)
    defer { closing.unmark(from: node) }
    return try multiply(weight, walk(0))
  }

  func sum(_ a: Int64, _ b: Int64) throws -> Int64 {
    let (sum, isTooLarge) = a.addingReportingOverflow(b)
    if isTooLarge { throw MatchCounter.tooManyMatches }
    return sum
  }

  func multiply(_ a: Int64, _ b: Int64) throws -> Int64 {
    let (product, isTooLarge) = a.multipliedReportingOverflow(by: b)
    if isTooLarge { throw MatchCounter.tooManyMatches }
    return product
  }
}
