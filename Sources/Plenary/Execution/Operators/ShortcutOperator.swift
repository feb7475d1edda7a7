/// The rows of a plan that takes a shortcut, or of the plan it stands for where the graph does not allow it.
///
/// The shortcut makes all of its rows before the first, so nothing has been handed out when it turns out not to go.
final class ShortcutOperator: Operator {
  private let input: Operator
  private let loopFree: [Expansion]
  private let makeLong: () -> Operator
  /// What gives the rows, once that is decided.
  private var chosen: Operator?

  /// - Parameters:
  ///   - loopFree: steps over which the shortcut goes only if no relationship of theirs is a loop.
  ///   - makeLong: makes the operators of the plan that it stands for.
  init(
    _ input: Operator, loopFree: [Expansion], long makeLong: @escaping () -> Operator, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.input = input
    self.loopFree = loopFree
    self.makeLong = makeLong
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if let chosen { return try chosen.next() }
    if !loopFree.contains(where: { Neighbourhood(of: $0, in: context.graph).mayHaveLoops }) {
      do {
        let batch = try input.next()
        chosen = input
        return batch
      } catch let error as QueryError where !error.isStop {
        // Parts may fail that the whole does not have: a sum that is too large, say.
      }
    }
    let long = makeLong()
    chosen = long
    return try long.next()
  }
}
