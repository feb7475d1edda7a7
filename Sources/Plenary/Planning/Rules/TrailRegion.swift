/// A step of a variable length below an operator, with filters and computed columns in between.
struct TrailRegion {
  /// The step; what is changed of it is in `plan`.
  var step: Expansion
  /// The paths that are just this step.
  let paths: [VariableID]
  private let length: PathLength
  private let properties: [(key: String, value: BoundExpression)]
  /// The operators in between, the first one at the top.
  private let between: [Plan]
  private let expand: Plan

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
    guard case .variableLengthExpand(let step, let length, let properties) = place.kind else { return nil }
    var paths: [VariableID] = []
    var assigned: [VariableID] = []
    for case .project(let assignments) in between.map(\.kind) {
      for assignment in assignments {
        assigned.append(assignment.variable)
        if case .path(let start, let steps) = assignment.expression.kind, steps.count == 1,
          steps[0].relationship == step.relationship, [step.from, step.to].contains(start)
        {
          paths.append(assignment.variable)
        }
      }
    }
    guard !assigned.contains(step.relationship), Set(assigned).count == assigned.count else { return nil }
    self.step = step
    self.paths = paths
    self.length = length
    self.properties = properties
    self.between = between
    expand = place
  }

  /// The operators with the step as it is now.
  var plan: Plan {
    var result = expand
    result.kind = .variableLengthExpand(step, length, elementProperties: properties)
    for var operation in between.reversed() {
      operation.inputs[0] = result
      result = operation
    }
    return result
  }
}
