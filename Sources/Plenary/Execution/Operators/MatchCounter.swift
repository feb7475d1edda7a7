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
  private final class Slot {
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
  private final class Step {
    let expansion: Expansion
    let from: Slot
    let to: Slot
    let neighbours: Neighbourhood
    let isInto: Bool
    /// Earlier steps whose relationship this one could meet again.
    var excluding: [Step] = []
    /// Columns of the input with relationships that it must not meet again.
    var outer: [Vector] = []
    let outerVariables: [VariableID]
    /// The relationship it has taken in the walk.
    var relationship: UInt32 = 0

    init(_ expansion: Expansion, from: Slot, to: Slot, outer: [VariableID], _ graph: Graph) {
      self.expansion = expansion
      self.from = from
      self.to = to
      isInto = expansion.isInto
      outerVariables = outer
      neighbours = Neighbourhood(of: expansion, in: graph)
    }

    /// Where the relationship starts and ends, for a directed step.
    var ends: (source: Slot, target: Slot)? {
      switch expansion.direction {
      case .right: (from, to)
      case .left: (to, from)
      case .either: nil
      }
    }
  }

  private let context: ExecutionContext
  private let pattern: CountedPattern
  private let extraCondition: (node: VariableID, expression: BoundExpression)?
  private let graph: Graph
  private let root: Slot
  private let slots: [Slot]
  private let steps: [Step]
  /// The steps that are walked, in order.
  private let core: [Step]
  private let closing: Closing?
  private let nodeCapacity: Int
  /// How often the one step may be taken, for a variable length.
  private let length: PathLength?
  /// Whether filters were evaluated for the whole graph; `nil` before the first rows.
  private var isDense: Bool?
  private var row = 0
  private var workSinceCheck = 0

  /// More rows than these at once make it worth while to test every node of the graph beforehand.
  private static let denseRowCount = 1024
  /// The stop flag and the clock are looked at once in so many steps of the walk.
  private static let workBetweenChecks = 8192

  init(
    _ pattern: CountedPattern, condition extra: (node: VariableID, expression: BoundExpression)?,
    _ context: ExecutionContext
  ) {
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
        expansion, from: slots[expansion.from] ?? root, to: to, outer: expansion.excluding.filter { !own.contains($0) },
        graph)
      steps.append(step)
    }
    for (index, step) in steps.enumerated() {
      step.excluding = steps[..<index].filter {
        step.expansion.excluding.contains($0.expansion.relationship)
          && MatchCounter.couldBeSame($0, step, among: steps)
      }
    }
    self.root = root
    self.slots = order
    self.steps = steps
    let core = MatchCounter.core(of: steps)
    self.core = core
    closing = MatchCounter.closing(core, root, graph)
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

  // MARK: Closing cycles

  /// The last two steps of a core that comes back to its root, as in `(a)-->(b)-->(c)-->(a)`: nodes next to the root
  /// are marked once for each root, so that a step into it is one bit to read.
  private struct Closing {
    let marks: NodeSet
    /// The last step as seen from the root.
    let fromRoot: Neighbourhood
  }

  /// How the core closes; `nil` where it does not, or where a node next to the root could count more than once.
  private static func closing(_ core: [Step], _ root: Slot, _ graph: Graph) -> Closing? {
    guard core.count >= 2, let last = core.last, last.isInto, last.excluding.isEmpty, last.outerVariables.isEmpty else {
      return nil
    }
    let before = core[core.count - 2]
    let isFromRoot = last.from === root && last.to === before.to
    guard !before.isInto, isFromRoot || (last.to === root && last.from === before.to), before.to !== root else {
      return nil
    }
    let fromRoot = isFromRoot ? last.neighbours : Neighbourhood(of: last.expansion.reversed, in: graph)
    guard let list = fromRoot.onlyList, !list.hasParallels else { return nil }
    return Closing(marks: NodeSet(capacity: graph.nodeCapacity), fromRoot: fromRoot)
  }

  /// The matches of the last two steps.
  private func walkToMarked(_ step: Step, _ marks: NodeSet) throws -> Int64 {
    let to = step.to
    var total: Int64 = 0
    if to.isPlain, step.excluding.isEmpty, step.outer.isEmpty {
      step.neighbours.forEachNode(at: step.from.node) { total &+= marks.contains($0) ? 1 : 0 }
      return total
    }
    try step.neighbours.forEach(at: step.from.node) { neighbour, relationship in
      guard marks.contains(neighbour), to.filter?.passes(neighbour) ?? true, !isUsed(relationship, step) else { return }
      total = try sum(total, product(of: to, at: neighbour))
    }
    return total
  }

  // MARK: Preparing

  /// Whether two steps can take the same relationship in the graph as it is.
  ///
  /// The same relationship has the same ends. If that makes the two ends of any step one node, it needs a loop there.
  private static func couldBeSame(_ a: Step, _ b: Step, among steps: [Step]) -> Bool {
    guard let first = a.ends, let second = b.ends else { return true }
    var representative: [ObjectIdentifier: ObjectIdentifier] = [:]
    func find(_ slot: Slot) -> ObjectIdentifier {
      var id = ObjectIdentifier(slot)
      while let next = representative[id] { id = next }
      return id
    }
    func unite(_ a: Slot, _ b: Slot) {
      let (kept, joined) = (find(a), find(b))
      if kept != joined { representative[joined] = kept }
    }
    unite(first.source, second.source)
    unite(first.target, second.target)
    return !steps.contains { step in
      guard let ends = step.ends else { return false }
      return find(ends.source) == find(ends.target) && !step.neighbours.mayHaveLoops
    }
  }

  /// The steps that depend on each other, with those that lead to them.
  private static func core(of steps: [Step]) -> [Step] {
    var isCore: Set<ObjectIdentifier> = []
    for step in steps where step.isInto || !step.excluding.isEmpty || !step.outerVariables.isEmpty {
      isCore.insert(ObjectIdentifier(step))
      for other in step.excluding { isCore.insert(ObjectIdentifier(other)) }
    }
    for step in steps.reversed() where isCore.contains(ObjectIdentifier(step)) {
      for slot in step.isInto ? [step.from, step.to] : [step.from] {
        if let parent = steps.first(where: { $0.to === slot && !$0.isInto }) { isCore.insert(ObjectIdentifier(parent)) }
      }
    }
    return steps.filter { isCore.contains(ObjectIdentifier($0)) }
  }

  /// Tests every node of the graph; false if that is not possible.
  private func makeDense() throws -> Bool {
    for slot in slots {
      guard let filter = slot.filter else { continue }
      guard try filter.evaluateAll() else {
        for slot in slots { slot.filter?.forget() }
        return false
      }
      // A filter that lets every node pass that a step can reach is none.
      guard slot !== root, length?.min != 0, let step = steps.first(where: { $0.to === slot && !$0.isInto }),
        step.neighbours.isInBase
      else { continue }
      if !(0..<UInt32(nodeCapacity)).contains(where: { !filter.passes($0) && step.neighbours.canReach($0) }) {
        slot.filter = nil
      }
    }
    return true
  }

  /// Tests the nodes that the walk from some roots can meet and that were not met before.
  private func prepare(_ roots: [UInt32]) throws {
    guard slots.contains(where: { $0.filter != nil }) else {
      // Nothing to test: all is known.
      isDense = true
      return
    }
    if isDense == nil { isDense = roots.count >= MatchCounter.denseRowCount ? try makeDense() : false }
    // Trails may go far: their ends are tested when they are met.
    if isDense == true || length != nil { return }
    var reached: [ObjectIdentifier: [UInt32]] = [:]
    let known = roots.filter { $0 != NodeID.noneRawValue }
    if let filter = root.filter {
      try filter.evaluate(known.filter { filter.answers[Int($0)] == NodeFilter.Answer.unknown })
    }
    reached[ObjectIdentifier(root)] = known
    for step in steps where !step.isInto {
      let starts = reached[ObjectIdentifier(step.from)] ?? []
      let to = step.to
      let hasFurther = steps.contains { $0.from === to && !$0.isInto }
      guard to.filter != nil || hasFurther else { continue }
      var found: [UInt32] = []
      // Without a filter, a set of its own says what was met.
      let seen = to.filter ?? NodeFilter(to.variable, [], context)
      for (index, node) in starts.enumerated() where step.from.filter?.passes(node) ?? true {
        if index & 1023 == 0 { try context.checkStop() }
        step.neighbours.forEach(at: node) { neighbour, _ in
          if seen.answers[Int(neighbour)] == NodeFilter.Answer.unknown {
            seen.answers[Int(neighbour)] = NodeFilter.Answer.waits
            found.append(neighbour)
          }
        }
      }
      try to.filter?.evaluate(found)
      reached[ObjectIdentifier(to)] = found
    }
  }

  // MARK: Counting

  /// The number of matches at the root of each row.
  ///
  /// - Throws: `arithmeticOverflow`, and what conditions and limits throw.
  func counts(of batch: Batch) throws -> [Int64] {
    let roots = batch[root.variable].nodeIDs
    try prepare(roots)
    for step in steps { step.outer = step.outerVariables.map { batch[$0] } }
    var result: [Int64] = []
    result.reserveCapacity(roots.count)
    if let star = makeStar() {
      let rootAnswers = root.filter?.answers
      for node in roots {
        let isNode =
          node != NodeID.noneRawValue && rootAnswers.map { $0[Int(node)] == NodeFilter.Answer.passes } ?? true
        guard let count = isNode ? star.count(at: node) : 0 else { throw MatchCounter.tooManyMatches }
        result.append(count)
      }
      return result
    }
    for (index, node) in roots.enumerated() {
      row = index
      let isNode = node != NodeID.noneRawValue && (root.filter?.passes(node) ?? true)
      result.append(isNode ? try count(at: node) : 0)
    }
    return result
  }

  /// The number of matches at all nodes of the graph.
  ///
  /// - Throws: `arithmeticOverflow`, and what conditions and limits throw.
  func countOfAllRoots() throws -> Int64 {
    if isDense == nil { isDense = slots.contains { $0.filter != nil } ? try makeDense() : true }
    if let total = try sumOverStars() ?? directedTriangles() { return total }
    var total: Int64 = 0
    if isDense == false {
      var scan = Graph.NodeScan(graph, label: nil)
      while let roots = scan.next(MatchCounter.denseRowCount) {
        var batch = Batch(variableCount: context.variableCount, count: roots.count)
        batch[root.variable] = .nodes(roots)
        for count in try counts(of: batch) { total = try sum(total, count) }
      }
      return total
    }
    guard let total = try countInParts() else { throw MatchCounter.tooManyMatches }
    return total
  }

  /// The number of matches at all nodes, counted by several threads where that is worth it; `nil` for too many.
  private func countInParts() throws -> Int64? {
    let effort = steps.reduce(0) { $0 + $1.neighbours.lists.reduce(0) { $0 + $1.relationshipCount } }
    let helpers = (0..<context.threads(forRows: effort)).map { Helper($0 == 0 ? self : MatchCounter(helping: self)) }
    return try context.sum(over: 0..<nodeCapacity, effort: effort) { worker, nextPart in
      let counter = helpers[worker].counter
      var total: Int64 = 0
      while let part = try nextPart() {
        for node in part where counter.root.filter?.passes(UInt32(node)) ?? true {
          total = try counter.sum(total, counter.count(at: UInt32(node)))
        }
      }
      return total
    }
  }

  /// A counter that another thread uses. Sendable because no two threads use the same one, and the tests of nodes, which
  /// all share, are over.
  private final class Helper: @unchecked Sendable {
    let counter: MatchCounter
    init(_ counter: MatchCounter) { self.counter = counter }
  }

  /// A counter of the same matches with a walk of its own.
  ///
  /// - Precondition: all nodes are tested.
  private convenience init(helping other: MatchCounter) {
    self.init(other.pattern, condition: other.extraCondition, other.context.forked())
    isDense = other.isDense
    for (own, known) in zip(slots, other.slots) { own.filter = known.filter }
  }

  private func count(at node: UInt32) throws -> Int64 {
    if let length { return try trailCount(at: node, steps[0], length) }
    let weight = try product(of: root, at: node)
    guard weight > 0, !core.isEmpty else { return weight }
    root.node = node
    guard let closing else { return try multiply(weight, walk(0)) }
    closing.fromRoot.forEachNode(at: node) { _ = closing.marks.insert($0) }
    defer { closing.fromRoot.forEachNode(at: node) { closing.marks.remove($0) } }
    return try multiply(weight, walk(0))
  }

  private func sum(_ a: Int64, _ b: Int64) throws -> Int64 {
    let (sum, isTooLarge) = a.addingReportingOverflow(b)
    if isTooLarge { throw MatchCounter.tooManyMatches }
    return sum
  }

  private func multiply(_ a: Int64, _ b: Int64) throws -> Int64 {
    let (product, isTooLarge) = a.multipliedReportingOverflow(by: b)
    if isTooLarge { throw MatchCounter.tooManyMatches }
    return product
  }

  // MARK: Branches that multiply

  /// The matches of all branches at a node.
  private func product(of slot: Slot, at node: UInt32) throws -> Int64 {
    if slot.branches.isEmpty { return 1 }
    // A root is mostly asked for once.
    let memo = slot === root ? nil : memo(of: slot)
    if let known = memo?[Int(node)], known != 0 { return known &- 1 }
    var result: Int64 = 1
    for branch in slot.branches where result > 0 { result = try multiply(result, sum(over: branch, at: node)) }
    if result < .max { memo?[Int(node)] = result + 1 }
    return result
  }

  private func memo(of slot: Slot) -> UnsafeMutablePointer<Int64> {
    if let memo = slot.memo { return memo }
    let memo = LargeMemory.allocateZeros(Int64.self, count: nodeCapacity)
    slot.memo = memo
    return memo
  }

  /// The matches of one branch at a node.
  private func sum(over step: Step, at node: UInt32) throws -> Int64 {
    let to = step.to
    if to.isPlain { return Int64(step.neighbours.degree(of: node)) }
    var total: Int64 = 0
    if to.branches.isEmpty, let answers = to.filter?.answers {
      if let list = step.neighbours.onlyList, isDense == true {
        let neighbours = list.neighbours.start
        // Only "passes" has this bit once all nodes are tested.
        for position in list.span(of: node) { total &+= Int64(answers[Int(neighbours[position])] &>> 1) }
      } else {
        step.neighbours.forEach(at: node) { neighbour, _ in
          total &+= answers[Int(neighbour)] == NodeFilter.Answer.passes ? 1 : 0
        }
      }
      return total
    }
    try checkNowAndThen()
    try step.neighbours.forEach(at: node) { neighbour, _ in
      guard to.filter?.passes(neighbour) ?? true else { return }
      total = try sum(total, product(of: to, at: neighbour))
    }
    return total
  }

  private func checkNowAndThen() throws {
    workSinceCheck &+= 1
    if workSinceCheck >= MatchCounter.workBetweenChecks {
      workSinceCheck = 0
      try context.checkStop()
    }
  }

  // MARK: Walking the core

  /// The matches of the core from one of its steps on, given what earlier steps have bound.
  private func walk(_ index: Int) throws -> Int64 {
    guard index < core.count else { return 1 }
    try checkNowAndThen()
    let step = core[index]
    var total: Int64 = 0
    if step.isInto {
      try step.neighbours.forEachRelationship(from: step.from.node, to: step.to.node) { relationship in
        if isUsed(relationship, step) { return }
        step.relationship = relationship
        total = try sum(total, walk(index + 1))
      }
      return total
    }
    let to = step.to
    if index == core.count - 2, let closing { return try walkToMarked(step, closing.marks) }
    if index == core.count - 1, to.isPlain, step.outer.isEmpty { return lastDegree(step) }
    try step.neighbours.forEach(at: step.from.node) { neighbour, relationship in
      guard to.filter?.passes(neighbour) ?? true, !isUsed(relationship, step) else { return }
      let weight = try product(of: to, at: neighbour)
      guard weight > 0 else { return }
      to.node = neighbour
      step.relationship = relationship
      total = try sum(total, multiply(weight, walk(index + 1)))
    }
    return total
  }

  @inline(__always)
  private func isUsed(_ relationship: UInt32, _ step: Step) -> Bool {
    for other in step.excluding where other.relationship == relationship { return true }
    return !step.outer.isEmpty && step.outer.contains { $0.holds(relationship, in: row) }
  }

  /// How many relationships the last step can take: those at its node less the used ones among them.
  private func lastDegree(_ step: Step) -> Int64 {
    let node = step.from.node
    var degree = step.neighbours.degree(of: node)
    for (index, other) in step.excluding.enumerated() {
      // Earlier steps may share a relationship when they are free to; it counts once.
      let isCounted = step.excluding[..<index].contains { $0.relationship == other.relationship }
      if !isCounted, step.neighbours.leads(other.relationship, from: node) { degree -= 1 }
    }
    return Int64(degree)
  }

  // MARK: Trails

  /// The number of trails of some lengths at a node whose last node passes.
  private func trailCount(at start: UInt32, _ step: Step, _ length: PathLength) throws -> Int64 {
    let neighbours = step.neighbours
    let filter = step.to.filter
    func passes(_ node: UInt32) throws -> Bool {
      guard let filter else { return true }
      if filter.answers[Int(node)] == NodeFilter.Answer.unknown { try filter.evaluate([node]) }
      return filter.passes(node)
    }
    let maximum = length.max ?? .max
    guard maximum >= length.min else { return 0 }
    var total: Int64 = try length.min == 0 && passes(start) ? 1 : 0
    guard maximum > 0 else { return total }
    // The nodes of the trail, each with the place in its list, and the relationships between them.
    var nodes = [start]
    var cursors = [neighbours.cursor(at: start)]
    var trail: [UInt32] = []
    while let last = cursors.indices.last {
      if trail.count > last { trail.removeLast() }
      if last + 1 == maximum, filter == nil {
        try checkNowAndThen()
        let node = nodes[last]
        var degree = neighbours.degree(of: node)
        for relationship in trail where neighbours.leads(relationship, from: node) { degree -= 1 }
        total = try sum(total, Int64(degree))
        cursors.removeLast()
        nodes.removeLast()
        continue
      }
      guard let (neighbour, relationship) = neighbours.next(&cursors[last]) else {
        cursors.removeLast()
        nodes.removeLast()
        continue
      }
      try checkNowAndThen()
      if trail.contains(relationship) { continue }
      if last + 1 >= length.min, try passes(neighbour) { total = try sum(total, 1) }
      if last + 1 < maximum {
        trail.append(relationship)
        nodes.append(neighbour)
        cursors.append(neighbours.cursor(at: neighbour))
      }
    }
    return total
  }

  // MARK: Whole graphs

  /// A pattern whose branches are single steps, as plain addresses: loops over many roots count no references.
  private struct Star {
    /// One branch: the degrees of the root, or the neighbours with what the filter says of each.
    struct Branch {
      let rows: Range<Int>
      let offsets: UnsafeMutablePointer<UInt32>
      let neighbours: UnsafeMutablePointer<UInt32>
      let answers: UnsafeMutablePointer<UInt8>?

      @inline(__always)
      func count(at node: UInt32) -> Int64 {
        let row = Int(node) &- rows.lowerBound
        guard row >= 0 && row < rows.count else { return 0 }
        let (first, end) = (Int(offsets[row]), Int(offsets[row &+ 1]))
        guard let answers else { return Int64(end &- first) }
        var passing: Int64 = 0
        var position = first
        while position < end {
          // Only "passes" has this bit when all nodes are tested.
          passing &+= Int64(answers[Int(neighbours[position])] &>> 1)
          position &+= 1
        }
        return passing
      }
    }

    var branches: [Branch]

    /// The matches at a node; `nil` when they are too many.
    @inline(__always)
    func count(at node: UInt32) -> Int64? {
      var product: Int64 = 1
      var isTooLarge = false
      for branch in branches where product != 0 {
        let (next, overflow) = product.multipliedReportingOverflow(by: branch.count(at: node))
        product = next
        isTooLarge = isTooLarge || overflow
      }
      return isTooLarge ? nil : product
    }
  }

  /// The pattern as a star, if it is one, all is in the base, and conditions are known for all nodes.
  private func makeStar() -> Star? {
    guard core.isEmpty, length == nil, isDense == true, root.branches.allSatisfy(\.to.branches.isEmpty) else {
      return nil
    }
    var star = Star(branches: [])
    // Degrees come first: where one is zero, nothing else is looked at.
    for branch in root.branches.sorted(by: { $0.to.isPlain && !$1.to.isPlain }) {
      guard let list = branch.neighbours.onlyList, list.rows.isDense else { return nil }
      let first = Int(list.rows.first)
      star.branches.append(
        Star.Branch(
          rows: first..<first + list.rows.idCount, offsets: list.offsets.start, neighbours: list.neighbours.start,
          answers: branch.to.filter?.answers))
    }
    return star
  }

  /// The matches of a star at all nodes; `nil` for any other pattern.
  private func sumOverStars() throws -> Int64? {
    guard let star = makeStar(), let first = star.branches.first else { return nil }
    let rootAnswers = root.filter?.answers
    if rootAnswers == nil, star.branches.allSatisfy({ $0.answers == nil }) {
      let lists = root.branches.compactMap(\.neighbours.onlyList)
      if lists.count == 1 { return Int64(lists[0].relationshipCount) }
      if lists.count == 2 { return try sumOfDegreeProducts(lists[0], lists[1]) }
    }
    // The addresses are read only, and what they point to lives as long as this counter.
    nonisolated(unsafe) let (shared, answers) = (star, rootAnswers)
    let effort = root.branches.reduce(0) { $0 + ($1.neighbours.onlyList?.relationshipCount ?? 0) }
    let total = try context.sum(over: first.rows, effort: effort) { _, nextPart in
      var total: Int64 = 0
      var isTooLarge = false
      while let part = try nextPart() {
        for node in part {
          if let answers, answers[node] != NodeFilter.Answer.passes { continue }
          guard let count = shared.count(at: UInt32(truncatingIfNeeded: node)) else {
            throw MatchCounter.tooManyMatches
          }
          let (sum, overflow) = total.addingReportingOverflow(count)
          total = sum
          isTooLarge = isTooLarge || overflow
        }
      }
      if isTooLarge { throw MatchCounter.tooManyMatches }
      return total
    }
    guard let total else { throw MatchCounter.tooManyMatches }
    return total
  }

  private func sumOfDegreeProducts(_ first: CompressedAdjacency, _ second: CompressedAdjacency) throws -> Int64 {
    let start = max(Int(first.rows.first), Int(second.rows.first))
    let end = min(Int(first.rows.first) + first.rows.idCount, Int(second.rows.first) + second.rows.idCount)
    guard start < end else { return 0 }
    // Degrees are below 2^32, and so is the sum of all of them: the total is below 2^64, and too large above 2^63.
    let a = first.offsets.start - Int(first.rows.first)
    let b = second.offsets.start - Int(second.rows.first)
    var total: UInt64 = 0
    for node in start..<end { total &+= UInt64(a[node + 1] &- a[node]) &* UInt64(b[node + 1] &- b[node]) }
    guard let total = Int64(exactly: total) else { throw MatchCounter.tooManyMatches }
    return total
  }

  /// `(a)-->(b)-->(c)-->(a)` over one kind of relationship and any nodes; `nil` for any other pattern.
  private func directedTriangles() throws -> Int64? {
    guard core.count == 3, steps.count == 3, slots.count == 3, slots.allSatisfy(\.isPlain),
      !core[0].isInto, !core[1].isInto, core[2].isInto, core[1].from === core[0].to, core[2].from === core[1].to,
      core[0].from === root, core[2].to === root, core.allSatisfy({ $0.excluding.isEmpty && $0.outer.isEmpty }),
      let list = core[0].neighbours.onlyList, core.allSatisfy({ $0.neighbours.onlyList === list }),
      let mirror = core[2].neighbours.onlyMirror, !list.hasLoops, !list.hasParallels
    else { return nil }
    let triangles = DirectedTriangles(forward: list, backward: mirror, nodeCapacity: nodeCapacity)
    guard let total = try triangles.count(context) else { throw MatchCounter.tooManyMatches }
    return try multiply(total, 3)
  }
}

extension CompressedAdjacency {
  /// The part of a sorted span whose neighbours are above a node. O(log span).
  @inline(__always)
  func suffix(of span: Range<Int>, in neighbours: UnsafeMutablePointer<UInt32>, above node: UInt32) -> Range<Int> {
    var (low, high) = (span.lowerBound, span.upperBound)
    while low < high {
      let middle = (low &+ high) / 2
      if neighbours[middle] <= node { low = middle &+ 1 } else { high = middle }
    }
    return Range(uncheckedBounds: (low, span.upperBound))
  }
}
