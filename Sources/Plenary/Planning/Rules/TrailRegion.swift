/// What makes trails below an operator, with filters and computed columns in between: a step of a variable length, or a
/// search for shortest paths.
struct TrailRegion {
  /// The operator that makes the trails.
  private var source: Plan
  /// The variable of a trail's relationships.
  let relationships: VariableID
  /// The paths that are just this trail.
  let paths: [VariableID]
  /// The operators in between, the first one at the top.
  private let between: [Plan]

  /// `nil` where something else is below, or the relationships get another meaning on the way.
  init?(below plan: Plan) {
    guard var place = plan.inputs.first else { return nil }
    var between: [Plan] = []
    search: while between.count < RewriteRules.reachDepthLimit {
      switch place.kind {
      case .filter, .project:
        between.append(place)
        place = place.inputs[0]
      default: break search
      }
    }
    var assignments: [BoundAssignment] = []
    for case .project(let items) in between.map(\.kind) { assignments += items }
    switch place.kind {
    case .variableLengthExpand(let step, _, _):
      relationships = step.relationship
      paths = assignments.filter { $0.expression.isPath(of: step) }.map(\.variable)
    case .shortestPath(let search):
      relationships = search.relationship.variable
      paths = [search.path]
    default: return nil
    }
    let assigned = assignments.map(\.variable)
    guard !assigned.contains(relationships), Set(assigned).count == assigned.count else { return nil }
    if case .shortestPath(let search) = place.kind, assigned.contains(search.path) { return nil }
    self.between = between
    source = place
  }

  /// The step of a variable length that makes the trails, if one does.
  var step: Expansion? {
    get { if case .variableLengthExpand(let step, _, _) = source.kind { step } else { nil } }
    set {
      guard let newValue, case .variableLengthExpand(_, let length, let properties) = source.kind else { return }
      source.kind = .variableLengthExpand(newValue, length, elementProperties: properties)
    }
  }

  /// The column for the number of relationships, if it is asked for.
  var lengthColumn: VariableID? {
    get {
      switch source.kind {
      case .variableLengthExpand(let step, _, _): step.lengthColumn
      case .shortestPath(let search): search.lengthColumn
      default: nil
      }
    }
    set {
      switch source.kind {
      case .shortestPath(var search):
        search.lengthColumn = newValue
        source.kind = .shortestPath(search)
      default: step?.lengthColumn = newValue
      }
    }
  }

  /// The operators with what makes the trails as it is now.
  var plan: Plan {
    var result = source
    for var operation in between.reversed() {
      operation.inputs[0] = result
      result = operation
    }
    return result
  }
}

extension BoundExpression {
  /// Whether it is the path of one step.
  fileprivate func isPath(of step: Expansion) -> Bool {
    guard case .path(let start, let steps) = kind, steps.count == 1 else { return false }
    return steps[0].relationship == step.relationship && [step.from, step.to].contains(start)
  }
}
