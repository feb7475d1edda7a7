extension MatchCounter {
  /// What counts the ways that use one relationship twice; `nil` where that could be more than one pair of steps, or
  /// where the pattern is no tree that stands alone.
  static func repeating(
    _ pattern: CountedPattern, _ steps: [Step], _ extra: (node: VariableID, expression: BoundExpression)?,
    _ context: ExecutionContext
  ) -> MatchCounter? {
    guard pattern.length == nil, steps.allSatisfy({ !$0.isInto && $0.outerVariables.isEmpty }) else { return nil }
    let pairs = steps.indices.flatMap { second in
      steps[second].excluding.compactMap { other in steps.firstIndex { $0 === other }.map { ($0, second) } }
    }
    guard pairs.count == 1 else { return nil }
    var measured = pattern
    measured.measures = [.init(column: pattern.root, condition: extra)]
    guard let repeating = measured.repeating(pairs[0].0, pairs[0].1) else { return nil }
    return MatchCounter(repeating, condition: repeating.measures[0].condition, context)
  }

  /// The steps that depend on each other, with those that lead to them.
  static func core(of steps: [Step]) -> [Step] {
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
  func makeDense() throws -> Bool {
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

  /// Tests the relationships of steps that ask something of them.
  func testRelationships() throws {
    for step in steps where !step.takesAny && step.test == nil {
      step.test = try RelationshipTest(step.expansion, step.conditions, context)
    }
  }

  /// Tests the nodes that the walk from some roots can meet and that were not met before.
  func prepare(_ roots: [UInt32]) throws {
    try testRelationships()
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
}
