import PlenarySyntax

/// The steps and filters right below an operator, down to what gives them their rows.
struct PatternRegion {
  /// What the steps start from: a scan of all nodes (of a label), or any other rows.
  private(set) var base: Plan
  /// The scanned node, or where the first step starts.
  private(set) var start: VariableID
  /// Whether the base is a scan that depends on nothing, so that any node of the pattern may take its place.
  let isScan: Bool
  /// The steps, first to last.
  private(set) var steps: [Expansion]
  /// The nodes that the region binds; with the start, when it starts from a scan.
  let nodes: Set<VariableID>
  /// The same in the order they are bound.
  let nodeOrder: [VariableID]
  let relationships: Set<VariableID>
  /// The conditions on single nodes of the region, the label of the scan included.
  private(set) var conditions: [VariableID: [BoundExpression]] = [:]
  /// The conditions that read more than one variable or something else.
  private(set) var others: [BoundExpression] = []
  /// How many rows its operators are expected to make.
  let listedRows: Double
  /// How many of them a scan makes, which are the least work.
  let scannedRows: Double
  /// What must stay in the rows.
  var needed: Set<VariableID> = []
  /// For each relationship those that it must differ from.
  private let partners: [VariableID: [VariableID]]
  /// Relationships that others must differ from, also those bound before the region.
  private let excluded: Set<VariableID>

  /// The region below an operator; `nil` if there is no step in it, or a condition that chance has a part in.
  init?(below plan: Plan, subqueries: [BoundSubquery]) {
    var steps: [Expansion] = []
    // The conditions of each filter stay in their order, which may keep a later one from failing.
    var found: [[BoundExpression]] = []
    var place = plan
    var listedRows = 0.0
    // The filters since the last step belong to the base unless another step follows.
    var sinceStep: (conditions: [[BoundExpression]], base: Plan) = ([], plan)
    search: while true {
      listedRows += place.estimatedRows
      switch place.kind {
      case .filter(let more):
        sinceStep.conditions.append(more)
        place = place.inputs[0]
      case .expand(let step):
        steps.append(step)
        found += sinceStep.conditions
        place = place.inputs[0]
        sinceStep = ([], place)
      default: break search
      }
    }
    guard let first = steps.last else { return nil }
    self.steps = steps.reversed()
    self.listedRows = listedRows
    var nodeOrder: [VariableID] = []
    if case .nodeScan(let node, let label) = place.kind, case .unit = place.inputs[0].kind, node == first.from {
      isScan = true
      scannedRows = place.estimatedRows
      start = node
      base = place
      found += sinceStep.conditions
      if let label {
        let subject = BoundExpression(.variable(node), at: .init(at: 0), type: .node)
        found.append([BoundExpression(.hasLabels(subject, .name(label)), at: .init(at: 0), type: .boolean)])
      }
      nodeOrder.append(node)
    } else {
      isScan = false
      scannedRows = 0
      start = first.from
      base = sinceStep.base
    }
    nodeOrder += self.steps.filter { !$0.isInto }.map(\.to)
    self.nodeOrder = nodeOrder
    nodes = Set(nodeOrder)
    relationships = Set(steps.map(\.relationship))
    var partners: [VariableID: [VariableID]] = [:]
    for step in steps {
      partners[step.relationship, default: []] += step.excluding
      for other in step.excluding { partners[other, default: []].append(step.relationship) }
    }
    self.partners = partners
    excluded = steps.reduce(into: []) { $0.formUnion($1.excluding) }
    for condition in found.reversed().joined() {
      guard !condition.isNondeterministic else { return nil }
      let reads = condition.freeVariables(subqueries: subqueries)
      if reads.count == 1, let node = reads.first, nodes.contains(node), !condition.containsSubquery {
        conditions[node, default: []].append(condition)
      } else {
        others.append(condition)
        needed.formUnion(reads)
      }
    }
  }

  /// The region with conditions on single relationships, and of those of several steps on both of their ends, beside those
  /// on nodes, so that they no longer make anything needed; `nil` where there is none that cannot fail.
  func testingRelationships(_ subqueries: [BoundSubquery]) -> PatternRegion? {
    var result = self
    (result.others, result.needed) = ([], [])
    for condition in others {
      let reads = condition.freeVariables(subqueries: subqueries)
      if let step = step(tellingOf: reads), !condition.containsSubquery, !condition.mayFailAsCondition {
        result.conditions[step.relationship, default: []].append(condition)
      } else {
        result.others.append(condition)
        result.needed.formUnion(reads)
      }
    }
    return result.others.count < others.count ? result : nil
  }

  /// The step whose relationship tells all of some variables: it is the only one, or the others are where it starts and
  /// ends.
  private func step(tellingOf variables: Set<VariableID>) -> Expansion? {
    steps.first { step in
      if variables == [step.relationship] { return true }
      // The relationships between two nodes are gone through as fast as they are tested.
      return nodes.count > 2 && step.direction != .either
        && variables.isSubset(of: [step.from, step.to, step.relationship])
    }
  }

  private func excluding(_ relationship: VariableID, among earlier: Set<VariableID>) -> [VariableID] {
    Set(partners[relationship] ?? []).intersection(earlier).sorted()
  }

  /// The steps of a region of two, as seen from the node that both have; `nil` for any other.
  ///
  /// What they must not use again is left out: `mustDiffer` says whether they must not use the same.
  var stepsFromMiddle: (Expansion, Expansion)? {
    guard steps.count == 2, steps.allSatisfy({ !$0.isInto }) else { return nil }
    let (first, second) = (steps[0], steps[1])
    // The second step starts from either end of the first.
    let isFork = second.from == first.from
    guard isFork || second.from == first.to else { return nil }
    var (one, other) = (isFork ? first : first.reversed, second)
    for step in [one, other] where !Set(step.excluding).isSubset(of: relationships) { return nil }
    one.excluding = []
    other.excluding = []
    return (one, other)
  }

  /// Whether some relationship of the region must differ from another.
  var mustDiffer: Bool { steps.contains { !$0.excluding.isEmpty } }

  // MARK: The whole as one counted pattern

  /// The whole region as a pattern that hangs on one of its nodes; `nil` if it cannot be turned that way.
  func counted(from root: VariableID, isTotal: Bool) -> CountedPattern? {
    // What other conditions read is not at hand once everything is counted.
    guard isScan, others.isEmpty else { return nil }
    var pattern = CountedPattern(root: root, steps: [], conditions: conditions, isTotal: isTotal)
    var placed: Set<VariableID> = []
    func place(_ step: Expansion) {
      var step = step
      step.excluding = excluding(step.relationship, among: placed)
      placed.insert(step.relationship)
      pattern.steps.append(step)
    }
    if root == start {
      steps.forEach(place)
      return pattern
    }
    // A tree can be held by any of its nodes.
    guard steps.allSatisfy({ !$0.isInto }) else { return nil }
    var bound: Set<VariableID> = [root]
    var open = steps
    while !open.isEmpty {
      guard let index = open.firstIndex(where: { bound.contains($0.from) != bound.contains($0.to) }) else { return nil }
      let step = open.remove(at: index)
      place(bound.contains(step.from) ? step : step.reversed)
      bound.formUnion([step.from, step.to])
    }
    return pattern
  }

  // MARK: Branches

  /// The steps that bind something needed, and those on the way there.
  var keptSteps: Set<VariableID> {
    var kept: Set<VariableID> = []
    var wanted = needed
    for step in steps.reversed()
    where wanted.contains(step.relationship) || (!step.isInto && wanted.contains(step.to)) {
      kept.insert(step.relationship)
      wanted.insert(step.from)
      wanted.insert(step.to)
    }
    return kept
  }

  /// The same pattern, found from another of its nodes by a scan for that; `nil` if it cannot be turned that way.
  func turned(to scan: Plan) -> PatternRegion? {
    guard case .nodeScan(let node, _) = scan.kind, isScan, steps.allSatisfy({ !$0.isInto }) else { return nil }
    var pattern = self
    pattern.others = []
    guard let turned = pattern.counted(from: node, isTotal: false) else { return nil }
    var result = self
    (result.base, result.start, result.steps) = (scan, node, turned.steps)
    return result
  }

  /// The steps that nobody needs, as a pattern that hangs on one node, and a plan for the others.
  func countedBranches(isTotal: Bool, _ planner: Planner) -> (CountedPattern, Plan)? {
    let kept = keptSteps
    let branches = steps.filter { !kept.contains($0.relationship) }
    guard let root = branches.first?.from, branches.count <= RewriteRules.countedStepLimit else { return nil }
    var pattern = CountedPattern(root: root, steps: [], isTotal: isTotal)
    var bound: Set<VariableID> = [root]
    var earlier = kept.union(excluded).subtracting(branches.map(\.relationship))
    for var step in branches {
      guard bound.contains(step.from) else { return nil }
      // What another step leads into is bound by now, by a branch or in the rows.
      if !step.isInto { bound.insert(step.to) }
      step.excluding = excluding(step.relationship, among: earlier)
      earlier.insert(step.relationship)
      pattern.steps.append(step)
    }
    pattern.outerSteps = steps.filter { kept.contains($0.relationship) }
    let counted = bound.subtracting([root])
    pattern.conditions = conditions.filter { counted.contains($0.key) }
    guard needed.isDisjoint(with: counted) else { return nil }
    var plan = base
    var placed: Set<VariableID> = []
    func filter(_ conditions: [BoundExpression]) { plan = planner.filter(plan, by: conditions) }
    if isScan { filter((conditions[start] ?? []).filter { !isScanLabel($0) }) }
    let own = nodes.union(relationships)
    for var step in steps where kept.contains(step.relationship) {
      let outer = Set(step.excluding).subtracting(relationships)
      step.excluding = excluding(step.relationship, among: placed.union(outer))
      placed.insert(step.relationship)
      let fan = planner.fanOut(of: step, fromLabel: planner.label(askedBy: conditions[step.from] ?? []))
      plan = Plan(
        .expand(step), plan, estimatedRows: plan.estimatedRows * (step.isInto ? Swift.min(fan, 0.5) : fan))
      if !step.isInto { filter(conditions[step.to] ?? []) }
    }
    // Conditions over several variables: all of what they read is there now.
    let available = Set(steps.filter { kept.contains($0.relationship) }.flatMap { [$0.to, $0.relationship, $0.from] })
      .union([start])
    guard needed.intersection(own).isSubset(of: available) else { return nil }
    filter(others)
    return (pattern, plan)
  }

  private func isScanLabel(_ condition: BoundExpression) -> Bool {
    guard case .nodeScan(_, let label?) = base.kind, let name = condition.testedLabel else { return false }
    return name.hasSameCodePoints(as: label)
  }
}
