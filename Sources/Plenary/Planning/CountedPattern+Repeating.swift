import PlenarySyntax

extension CountedPattern {
  /// The matches in which two steps take the same relationship, as a pattern without the second of them: what is at the
  /// ends of one is at the ends of the other. `nil` where that is no pattern of this kind.
  ///
  /// With these taken off, all ways through the pattern are its matches. That beats walking over them one by one to see
  /// which use a relationship twice: `(a)-->(b)-->(c)-->(d)` has as many ways as a sum of products of degrees says, less
  /// those of `(a)-->(b)-->(a)`, in which the third step is the first again.
  ///
  /// - Precondition: steps only lead to nodes of their own, and no variable length is counted.
  /// - Parameters:
  ///   - first, second: places of the steps, in this order.
  func repeating(_ first: Int, _ second: Int) -> CountedPattern? {
    let (kept, dropped) = (steps[first], steps[second])
    guard kept.direction != .either, dropped.direction != .either else { return nil }
    let bound = [root] + steps.map(\.to)
    var replaced = [dropped.relationship: kept.relationship]
    for (a, b) in [(kept.source, dropped.source), (kept.target, dropped.target)] where a != b {
      // What is bound earlier stays.
      guard let one = bound.firstIndex(of: a), let other = bound.firstIndex(of: b) else { return nil }
      replaced[bound[max(one, other)]] = bound[min(one, other)]
    }
    func name(_ variable: VariableID) -> VariableID { replaced[variable] ?? variable }
    var result = self
    result.steps = []
    var known: Set<VariableID> = [root]
    for (index, step) in steps.enumerated() where index != second {
      var step = step
      (step.from, step.to) = (name(step.from), name(step.to))
      guard known.contains(step.from), step.from != step.to else { return nil }
      step.isInto = !known.insert(step.to).inserted
      step.excluding = Set(step.excluding.map(name)).subtracting([step.relationship]).sorted()
      if index == first { step.types = Self.common(kept.types, dropped.types) }
      result.steps.append(step)
    }
    result.conditions = [:]
    for (variable, asked) in conditions.sorted(by: { $0.key < $1.key }) {
      result.conditions[name(variable), default: []] += asked.map { $0.replacing(replaced) }
    }
    for index in measures.indices {
      guard let (node, expression) = measures[index].condition else { continue }
      result.measures[index].condition = (name(node), expression.replacing(replaced))
    }
    let gone = Set(replaced.keys)
    let expressions = result.conditions.values.joined() + result.measures.compactMap(\.condition?.expression)
    guard expressions.allSatisfy({ $0.freeVariables(subqueries: []).isDisjoint(with: gone) }) else { return nil }
    return result
  }

  /// The types that two steps can both take; `nil` is any.
  private static func common(_ a: [String]?, _ b: [String]?) -> [String]? {
    guard let a, let b else { return a ?? b }
    return a.filter { b.containsCodePoints(of: $0) }
  }
}
