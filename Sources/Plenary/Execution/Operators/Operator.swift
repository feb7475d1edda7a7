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

  /// What may be tested while this operator goes through ids, one for each variable it finds.
  var scanTests: [ScanTests] { [] }

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

/// Makes operators of a plan.
struct OperatorBuilder {
  let context: ExecutionContext
  /// What `argument` operators give out; a plan may have several, in the parts of a UNION.
  private let argument: Batch?

  init(context: ExecutionContext, argument: Batch? = nil) {
    self.context = context
    self.argument = argument
  }

  /// The operators of a plan.
  ///
  /// - Parameters:
  ///   - isLazy: whether the rows may not be wanted to the last: then none are made before they are asked for.
  ///   - rowLimit: the most rows that the statement may return, if it is its rows that are built.
  func build(_ plan: Plan, isLazy: Bool = false, rowLimit: Int? = nil) -> Operator {
    if mayShareWork(isLazy), let pipeline = pipeline(plan), pipeline.isMoreThanScan {
      return GatherOperator(pipeline, rowLimit: rowLimit, context, plan)
    }
    return build(plan, on: nil, isLazy: isLazy, rowLimit: rowLimit)
  }

  /// The operator alone, with the given one for its first input.
  ///
  /// - Parameter side: the right side of a join, where it is made elsewhere.
  func build(
    _ plan: Plan, on input: Operator?, side: JoinSide? = nil, isLazy: Bool = false, rowLimit: Int? = nil
  ) -> Operator {
    let made = make(plan, on: input, side, isLazy: isLazy, rowLimit: rowLimit)
    return context.profile == nil ? made : ProfilingOperator(made, context: context, plan: plan)
  }

  /// The operators of a plan that PROFILE knows nothing of.
  private func buildUnprofiled(_ plan: Plan, isLazy: Bool, rowLimit: Int?) -> Operator {
    let profile = context.profile
    context.profile = nil
    defer { context.profile = profile }
    return build(plan, isLazy: isLazy, rowLimit: rowLimit)
  }

  private func mayShareWork(_ isLazy: Bool) -> Bool { context.mayShareWork && argument == nil && !isLazy }

  /// How several threads could run a plan; `nil` if they could not, or if it is not worth it.
  ///
  /// - Parameter consumer: what is above, if each thread does its part of that too.
  private func pipeline(_ plan: Plan, besides consumer: Plan? = nil) -> Pipeline? {
    var pipeline = Pipeline(plan, besides: consumer, on: context.graph, context.options)
    pipeline?.isProfiled = context.profile != nil
    return pipeline
  }

  private func make(
    _ plan: Plan, on given: Operator?, _ side: JoinSide?, isLazy: Bool, rowLimit: Int?
  ) -> Operator {
    let isInputLazy = plan.makesInputLazy ?? isLazy
    func input() -> Operator { given ?? build(plan.inputs[0], isLazy: isInputLazy) }
    /// How several threads could make the rows of the input.
    func inputPipeline(besides consumer: Plan? = nil) -> Pipeline? {
      mayShareWork(isInputLazy) ? pipeline(plan.inputs[0], besides: consumer) : nil
    }
    /// The input of an operator of whose work threads can each do a part.
    func reducedInput() -> Operator {
      guard var pipeline = inputPipeline() else { return input() }
      pipeline.reducer = plan
      return GatherOperator(pipeline, rowLimit: nil, context, plan.inputs[0])
    }
    switch plan.kind {
    case .unit: return SingleBatchOperator(Batch(variableCount: context.variableCount, count: 1), context, plan)
    case .argument: return SingleBatchOperator(argument, context, plan)
    case .nodeScan(let node, let label): return NodeScanOperator(node, label: label, input(), context, plan)
    case .indexSeek(let node, let search): return IndexSeekOperator(node, search, input(), context, plan)
    case .expand(let step) where step.isInto: return ExpandIntoOperator(step, input(), context, plan)
    case .expand(let step): return ExpandOperator(step, input(), context, plan)
    case .relationshipScan(let step, let fromLabels, let toLabels):
      return RelationshipScanOperator(step, fromLabels: fromLabels, toLabels: toLabels, input(), context, plan)
    case .reach(let pattern): return ReachOperator(pattern, input(), context, plan)
    case .countMatches(let pattern): return CountMatchesOperator(pattern, input(), context, plan)
    case .aggregateNeighbours(let neighbours):
      let rows = inputPipeline(besides: plan).map(GroupingInput.shared) ?? .single(input())
      return NeighbourAggregateOperator(
        neighbours, rows,
        listing: { buildUnprofiled(neighbours.listing, isLazy: isLazy, rowLimit: rowLimit) }, context, plan)
    case .crossTabulate(let table):
      let rows = inputPipeline(besides: plan).map(GroupingInput.shared) ?? .single(input())
      return CrossTabulateOperator(table, rows, context, plan)
    case .graphCounts(let counting): return GraphCountsOperator(counting, context, plan)
    case .shortcut(let long, _, _) where isLazy && long.isDistinct:
      // The first rows are found before all of them are counted.
      return buildUnprofiled(long, isLazy: isLazy, rowLimit: rowLimit)
    case .shortcut(let long, let loopFree, let finite):
      return ShortcutOperator(
        input(), loopFree: loopFree, finite: finite,
        long: { buildUnprofiled(long, isLazy: isLazy, rowLimit: rowLimit) }, context, plan)
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
      let pipeline = plan.hasFewGroups ? inputPipeline(besides: plan) : nil
      return AggregateOperator(
        aggregation, pipeline.map(GroupingInput.shared) ?? .single(input()), context, plan)
    case .aggregateForEachRow(let aggregation, let row):
      return AggregateForEachRowOperator(
        aggregation, row: row, rowCount: argument?.count ?? 0, input(), context, plan)
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
        .afterFirst, count, row: row, rowCount: argument?.count ?? 0, input(), context, plan)
    case .limitForEachRow(let count, let row):
      return CutForEachRowOperator(.first, count, row: row, rowCount: argument?.count ?? 0, input(), context, plan)
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
      return UnionOperator(columns, sources, plan.inputs.map { build($0, isLazy: isInputLazy) }, context, plan)
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

  override var scanTests: [ScanTests] { inner.scanTests }

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
