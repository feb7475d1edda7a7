/// One operator of a running plan: pulls batches from its inputs and gives out its own.
class Operator {
  let context: ExecutionContext
  /// The columns that someone above reads.
  let live: [VariableID]
  private var account: MemoryAccount?

  init(context: ExecutionContext, plan: Plan) {
    self.context = context
    live = plan.live
  }

  /// The next rows, at least one; `nil` at the end, and from then on.
  ///
  /// - Throws: `QueryError`.
  func next() throws -> Batch? { nil }

  /// What may be tested while this operator goes through ids; `nil` where it is no scan.
  var scanTests: ScanTests? { nil }

  /// The scan below that finds the node or relationship of a property, with the key, where leaving something out of the
  /// scan does no more than leave its rows out of what this operator makes.
  func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? { nil }

  /// What this operator keeps in memory. Made when first asked for: most keep nothing.
  final var memory: MemoryAccount {
    if let account { return account }
    let account = MemoryAccount(context.memory)
    self.account = account
    return account
  }

  /// The most bytes this operator has held.
  final var peakMemory: Int { account?.peak ?? 0 }

  /// All rows that are left, in one batch. Buffers them.
  ///
  /// - Parameter memory: the account of the operator that keeps them.
  final func drain(keeping columns: [VariableID], in memory: MemoryAccount) throws -> Batch {
    var batches: [Batch] = []
    while let batch = try next() {
      try context.checkStop()
      try memory.add(batch, keeping: columns)
      batches.append(batch)
    }
    guard !batches.isEmpty else { return Batch(variableCount: context.variableCount, count: 0) }
    // While they are joined, the rows are there twice.
    let copied = batches.count > 1 ? batches.reduce(0) { $0 + $1.slotBytes } : 0
    try memory.add(copied)
    defer { memory.release(copied) }
    return batches.joined(variableCount: context.variableCount, keeping: columns)
  }
}

/// The rows that a plan with an argument starts from.
final class ArgumentSource {
  private var batch: Batch?

  init(_ batch: Batch) { self.batch = batch }

  func take() -> Batch? {
    defer { batch = nil }
    return batch
  }
}

/// Makes operators of a plan.
struct OperatorBuilder {
  let context: ExecutionContext
  /// What `argument` operators give out; a plan may have several, in the parts of a UNION.
  let argument: ArgumentSource?
  private let argumentBatch: Batch?
  /// Whether the rows may not be wanted to the last: then none are made before they are asked for.
  private var isLazy = false

  /// The right side of the join that is built, where it is made elsewhere.
  var side: JoinSide?
  /// The most rows that the statement may return, if it is its rows that are built.
  private var rowLimit: Int?

  init(context: ExecutionContext, argument: ArgumentSource? = nil, rowLimit: Int? = nil) {
    self.context = context
    self.rowLimit = rowLimit
    self.argument = argument
    argumentBatch = argument?.take()
  }

  func build(_ plan: Plan) -> Operator {
    if let pipeline = pipeline(plan), pipeline.isMoreThanScan {
      return GatherOperator(pipeline, rowLimit: rowLimit, context, plan)
    }
    return build(plan, on: nil)
  }

  /// The operator alone, with the given one for its first input.
  func build(_ plan: Plan, on input: Operator?) -> Operator {
    let made = make(plan, on: input)
    return context.profile == nil ? made : ProfilingOperator(made, context: context, plan: plan)
  }

  /// The operators of a plan that PROFILE knows nothing of.
  func buildUnprofiled(_ plan: Plan) -> Operator {
    let profile = context.profile
    context.profile = nil
    defer { context.profile = profile }
    return build(plan)
  }

  /// How several threads could run a plan; `nil` if they could not, or if it is not worth it.
  ///
  /// - Parameter consumer: what is above, if each thread does its part of that too.
  func pipeline(_ plan: Plan, besides consumer: Plan? = nil) -> Pipeline? {
    guard context.mayShareWork, argument == nil, !isLazy else { return nil }
    var pipeline = Pipeline(plan, besides: consumer, on: context.graph, context.options)
    pipeline?.isProfiled = context.profile != nil
    return pipeline
  }

  /// The builder of the plan's inputs.
  private func below(_ plan: Plan) -> OperatorBuilder {
    var below = self
    below.isLazy = plan.makesInputLazy ?? isLazy
    below.rowLimit = nil
    below.side = nil
    return below
  }

  private func make(_ plan: Plan, on given: Operator?) -> Operator {
    let below = below(plan)
    func input(_ index: Int = 0) -> Operator {
      if index == 0, let given { return given }
      return below.build(plan.inputs[index])
    }
    /// The input of an operator of whose work threads can each do a part.
    func reducedInput() -> Operator {
      guard var pipeline = below.pipeline(plan.inputs[0]) else { return input() }
      pipeline.reducer = plan
      return GatherOperator(pipeline, rowLimit: nil, context, plan.inputs[0])
    }
    switch plan.kind {
    case .unit: return SingleBatchOperator(Batch(variableCount: context.variableCount, count: 1), context, plan)
    case .argument: return SingleBatchOperator(argumentBatch, context, plan)
    case .nodeScan(let node, let label): return NodeScanOperator(node, label: label, input(), context, plan)
    case .indexSeek(let node, let search): return IndexSeekOperator(node, search, input(), context, plan)
    case .expand(let step) where step.isInto: return ExpandIntoOperator(step, input(), context, plan)
    case .expand(let step): return ExpandOperator(step, input(), context, plan)
    case .relationshipScan(let step, let fromLabels, let toLabels):
      return RelationshipScanOperator(step, fromLabels: fromLabels, toLabels: toLabels, input(), context, plan)
    case .reach(let pattern): return ReachOperator(pattern, input(), context, plan)
    case .countMatches(let pattern): return CountMatchesOperator(pattern, input(), context, plan)
    case .aggregateNeighbours(let neighbours):
      let builder = self
      let rows = below.pipeline(plan.inputs[0], besides: plan).map(GroupingInput.shared)
      return NeighbourAggregateOperator(
        neighbours, rows ?? .single(input()), listing: { builder.buildUnprofiled(neighbours.listing) }, context, plan)
    case .graphCounts(let counting): return GraphCountsOperator(counting, context, plan)
    case .shortcut(let long, let loopFree, let finite):
      let builder = self
      return ShortcutOperator(
        input(), loopFree: loopFree, finite: finite, long: { builder.buildUnprofiled(long) }, context, plan)
    case .degreeTest(let step, let wantsNone):
      return DegreeTestOperator(step, wantsNone: wantsNone, input(), context, plan)
    case .variableLengthExpand(let step, let length, let properties):
      return VariableLengthExpandOperator(step, length, properties, input(), context, plan)
    case .relationshipEnds(let step): return RelationshipEndsOperator(step, input(), context, plan)
    case .shortestPath(let search): return ShortestPathOperator(search, input(), context, plan)
    case .filter(let conditions): return FilterOperator(conditions, input(), context, plan)
    case .project(let assignments): return ProjectOperator(assignments, input(), context, plan)
    case .unwind(let list, let variable): return UnwindOperator(list, variable, input(), context, plan)
    case .aggregate(let aggregation):
      let rows = below.pipeline(plan.inputs[0]).map(GroupingInput.shared)
      return AggregateOperator(aggregation, rows ?? .single(input()), context, plan)
    case .aggregateForEachRow(let aggregation, let row):
      return AggregateForEachRowOperator(
        aggregation, row: row, rowCount: argumentBatch?.count ?? 0, input(), context, plan)
    case .distinct(let columns): return DistinctOperator(columns, reducedInput(), context, plan)
    case .sort(let items): return SortOperator(items, input(), context, plan)
    case .topN(let items, let limit, let skip):
      // Where many rows are wanted, sorting some of each morsel makes them no fewer.
      return TopNOperator(items, limit, skip, plan.isSmallTopN ? reducedInput() : input(), context, plan)
    case .skip(let count): return SkipOperator(count, input(), context, plan)
    case .limit(let count): return LimitOperator(count, input(), context, plan)
    case .sortForEachRow(let items, let limit, let skip, let row):
      return SortForEachRowOperator(items, limit: limit, skip: skip, row: row, input(), context, plan)
    case .skipForEachRow(let count, let row):
      return CutForEachRowOperator(
        .afterFirst, count, row: row, rowCount: argumentBatch?.count ?? 0, input(), context, plan)
    case .limitForEachRow(let count, let row):
      return CutForEachRowOperator(.first, count, row: row, rowCount: argumentBatch?.count ?? 0, input(), context, plan)
    case .cartesianProduct: return CartesianProductOperator(input(), side, context, plan)
    case .hashJoin(let keys):
      let side = side ?? (argument == nil ? nil : context.keptSide(of: plan))
      return HashJoinOperator(keys, input(), side, context, plan)
    case .apply(let row, let isUnit):
      return ApplyOperator(row, isUnit: isUnit, input(), plan.inputs[1], context, plan)
    case .optionalApply(let row, let introduced):
      return OptionalApplyOperator(row, introduced, input(), plan.inputs[1], context, plan)
    case .semiApply(let row, let isAnti):
      return SemiApplyOperator(row, isAnti: isAnti, input(), plan.inputs[1], context, plan)
    case .union(let columns, let sources):
      return UnionOperator(columns, sources, plan.inputs.map { below.build($0) }, context, plan)
    case .create(let creation): return CreateOperator(creation, input(), context, plan)
    case .merge(let merge, let row): return MergeOperator(merge, row, input(), plan.inputs[1], context, plan)
    case .set(let items): return SetOperator(items, input(), context, plan)
    case .remove(let items): return RemoveOperator(items, input(), context, plan)
    case .delete(let items, let detach): return DeleteOperator(items, detach: detach, input(), context, plan)
    case .call(let call): return CallOperator(call, input(), context, plan)
    }
  }
}

/// Gives out one batch: the row of a query without input, or the rows of an argument.
final class SingleBatchOperator: Operator {
  private var batch: Batch?

  init(_ batch: Batch?, _ context: ExecutionContext, _ plan: Plan) {
    self.batch = batch
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    defer { batch = nil }
    return batch.flatMap { $0.count > 0 ? $0 : nil }
  }
}

/// Measures another operator for PROFILE.
final class ProfilingOperator: Operator {
  private let inner: Operator
  private let id: Int

  init(_ inner: Operator, context: ExecutionContext, plan: Plan) {
    self.inner = inner
    id = plan.id
    super.init(context: context, plan: plan)
  }

  override var scanTests: ScanTests? { inner.scanTests }

  override func next() throws -> Batch? {
    let start = ContinuousClock.now
    let batch = try inner.next()
    context.profile?.entries[id, default: .init()].elapsed += ContinuousClock.now - start
    context.profile?.entries[id, default: .init()].rows += batch?.count ?? 0
    let memory = inner.peakMemory
    if memory > context.profile?.entries[id]?.memory ?? 0 { context.profile?.entries[id]?.memory = memory }
    return batch
  }
}

/// Keeps rows that could not be given out at once and gives them out in batches.
struct BatchSlicer {
  private let batch: Batch
  private let columns: [VariableID]
  private var start = 0

  init(_ batch: Batch, keeping columns: [VariableID]) {
    self.batch = batch
    self.columns = columns
  }

  mutating func next(_ size: Int) -> Batch? {
    guard start < batch.count else { return nil }
    if start == 0, batch.count <= size {
      start = batch.count
      return batch
    }
    let end = min(batch.count, start + size)
    defer { start = end }
    return batch.gathered((Int32(start)..<Int32(end)).map { $0 }, keeping: columns)
  }
}
