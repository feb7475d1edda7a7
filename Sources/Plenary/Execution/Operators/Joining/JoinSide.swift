import Synchronization

/// The right side of a join, made when it is first asked for. Where several workers do the same join, they share one.
///
/// Sendable because what changes is touched only by who holds the mutex.
final class JoinSide: @unchecked Sendable {
  private let mutex = Mutex(())
  private let plan: Plan
  private let keys: [BoundExpression]
  private let context: ExecutionContext
  private let memory: MemoryAccount
  private var made: Result<JoinTable, any Error>?

  /// The right side of a join; `nil` for an operator that is none.
  ///
  /// - Parameter context: one that nobody else uses at the same time.
  init?(of join: Plan, _ context: @autoclosure () -> ExecutionContext, _ memory: MemoryAccount? = nil) {
    guard let side = join.joinSide else { return nil }
    if case .hashJoin(let pairs) = join.kind { keys = pairs.map(\.right) } else { keys = [] }
    plan = side
    self.context = context()
    self.memory = memory ?? MemoryAccount(self.context.memory)
  }

  /// The rows, ready to be asked.
  func table() throws -> JoinTable {
    let table = mutex.withLock { _ in
      if let made { return made }
      let table = Result { try makeTable() }
      made = table
      return table
    }
    return try table.get()
  }

  /// What PROFILE measured of it.
  var profile: Profile? { mutex.withLock { _ in context.profile } }

  private func makeTable() throws -> JoinTable {
    let rows = try OperatorBuilder(context: context).build(plan).drain(keeping: plan.live, in: memory)
    let columns = try keys.map { try context.evaluate($0, rows) }
    if !keys.isEmpty {
      try memory.add(rows.count * JoinTable.bytesPerRow + columns.reduce(0) { $0 + $1.slotBytes })
    }
    return JoinTable(rows, keys: columns)
  }
}

extension ExecutionContext {
  /// The right side of a join in a plan that is run for each batch of some rows, made once for the whole statement; `nil`
  /// where it may change from one run to the next, or PROFILE wants to see it made.
  func keptSide(of join: Plan) -> JoinSide? {
    guard !writes, profile == nil else { return nil }
    if let known = joinSides[join.id] { return known }
    // A context of its own, so that the two do not keep each other alive.
    let side = JoinSide(of: join, forked(mayShareWork: true))
    joinSides[join.id] = side
    return side
  }
}
