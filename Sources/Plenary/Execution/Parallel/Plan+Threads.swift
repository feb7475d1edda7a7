extension Plan {
  /// Whether the operator may stop before its inputs have ended, so that no row below should be made before it is asked
  /// for; `nil` is as its own rows are asked for.
  var makesInputLazy: Bool? {
    switch kind {
    case .limit, .limitForEachRow: true
    case .aggregate, .aggregateForEachRow, .aggregateNeighbours, .crossTabulate, .sort, .sortForEachRow, .topN, .reach:
      false
    case .countMatches(let pattern): pattern.isTotal ? false : nil
    default: nil
    }
  }

  /// Whether it hands out rows before its input has ended, and keeps what it has handed out.
  var isDistinct: Bool { if case .distinct = kind { true } else { false } }

  /// The second input of a join, which is made once.
  var joinSide: Plan? {
    switch kind {
    case .cartesianProduct, .hashJoin: inputs[1]
    default: nil
    }
  }

  private var runsSecondInputApart: Bool {
    switch kind {
    case .apply, .optionalApply, .semiApply, .merge: true
    default: false
    }
  }

  /// How many threads share the work of each operator, by its number; none for those that run on one.
  func threadCounts(on graph: Graph, _ options: QueryOptions, isLazy: Bool = false) -> [Int: Int] {
    let isInputLazy = makesInputLazy ?? isLazy
    // These take rows from each worker.
    if takesPartsOfWorkers, !isInputLazy, let pipeline = Pipeline(inputs[0], besides: self, on: graph, options) {
      var counts = pipeline.threadCounts(on: graph, options)
      switch kind {
      case .aggregate, .aggregateNeighbours, .crossTabulate: counts[id] = pipeline.workers
      default: break
      }
      return counts
    }
    if !isLazy, let pipeline = Pipeline(self, on: graph, options), pipeline.isMoreThanScan {
      return pipeline.threadCounts(on: graph, options)
    }
    var counts: [Int: Int] = [:]
    // The second input of an apply is run for the rows of a batch, by whoever has it.
    for input in inputs.prefix(runsSecondInputApart ? 1 : inputs.count) {
      counts.merge(input.threadCounts(on: graph, options, isLazy: isInputLazy)) { count, _ in count }
    }
    return counts
  }

  private var takesPartsOfWorkers: Bool {
    switch kind {
    case .aggregate: hasFewGroups
    case .aggregateNeighbours, .crossTabulate, .distinct: true
    case .topN: isSmallTopN
    default: false
    }
  }

  /// Whether there is much less to put together than to do: groups have several rows each, or there is much to look at for
  /// each row.
  var hasFewGroups: Bool {
    let looked = max(inputs[0].estimatedRows, inputs[0].steps ?? 0)
    return estimatedRows * 4 <= looked || inputs[0].estimatedRows <= 1
  }

  /// Whether so few rows are wanted that each worker can leave out most of its own.
  var isSmallTopN: Bool { estimatedRows <= 1000 }
}

extension Pipeline {
  fileprivate func threadCounts(on graph: Graph, _ options: QueryOptions) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    if case .batches(let plan, _) = source { counts = plan.threadCounts(on: graph, options) }
    for stage in stages {
      counts[stage.id] = workers
      if let side = stage.joinSide { counts.merge(side.threadCounts(on: graph, options)) { count, _ in count } }
    }
    return counts
  }
}
