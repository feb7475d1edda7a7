/// The rows of a plan that takes a shortcut, or of the plan it stands for where the graph does not allow it.
///
/// All rows of the shortcut are made before the first is handed out, so that there is still a choice when it turns out
/// not to go. They are few: one for each group.
final class ShortcutOperator: Operator {
  private let input: Operator
  private let loopFree: [Expansion]
  private let finite: [VariableID]
  private let makeLong: () -> Operator
  /// The rows of the shortcut that are still to be handed out, the last first.
  private var pending: [Batch] = []
  /// What gives the rows where the shortcut does not go.
  private var long: Operator?
  private var hasStarted = false

  /// - Parameters:
  ///   - loopFree: steps over which the shortcut goes only if no relationship of theirs is a loop.
  ///   - finite: columns in which no float is infinite or no number, if the shortcut is right.
  ///   - makeLong: makes the operators of the plan that it stands for.
  init(
    _ input: Operator, loopFree: [Expansion], finite: [VariableID], long makeLong: @escaping () -> Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.input = input
    self.loopFree = loopFree
    self.finite = finite
    self.makeLong = makeLong
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !hasStarted {
      hasStarted = true
      if let rows = try shortRows() {
        pending = rows.reversed()
      } else {
        try memory.hold(0)
        long = makeLong()
      }
    }
    return try long?.next() ?? pending.popLast()
  }

  /// The rows of the shortcut; `nil` if it does not go.
  private func shortRows() throws -> [Batch]? {
    if loopFree.contains(where: { Neighbourhood(of: $0, in: context.graph).mayHaveLoops }) { return nil }
    var rows: [Batch] = []
    do {
      while let batch = try input.next() {
        guard finite.allSatisfy({ batch.columns[$0.index]?.isFinite ?? true }) else { return nil }
        try memory.add(batch, keeping: live)
        rows.append(batch)
      }
      return rows
    } catch is ShortcutEnds {
      return nil
    } catch let error as QueryError where !error.isStop {
      // Parts may fail that the whole does not have: a sum that is too large, say.
      return nil
    }
  }
}

/// Thrown by an operator below a shortcut that finds out that it does not go.
struct ShortcutEnds: Error {}

extension Vector {
  /// Whether none of the floats is infinite or no number.
  fileprivate var isFinite: Bool {
    switch self {
    case .integers, .nodes, .relationships: return true
    case .floats(let numbers) where numbers.isNull == nil: return numbers.elements.allSatisfy(\.isFinite)
    default:
      return (0..<count).allSatisfy { row in
        if case .float(let number) = self[row] { number.isFinite } else { true }
      }
    }
  }
}
