/// Where the rows that are grouped come from.
enum GroupingInput {
  case single(Operator)
  /// Threads that each group the rows they come by; groups that are the same are put together in the end.
  case shared(Pipeline)

  /// Puts every row into its group.
  ///
  /// - Parameter makePart: makes the groups of one worker, which has a context of its own.
  func fill<Groups: GroupingSink>(
    _ groups: Groups, _ context: ExecutionContext, part makePart: (ExecutionContext) -> Groups
  ) throws {
    switch self {
    case .single(let input):
      while let batch = try input.next() {
        try context.checkStop()
        try groups.add(batch, of: 0)
      }
    case .shared(let pipeline):
      try groups.merge(PipelineRun<Groups>(pipeline: pipeline, context: context).sinks(makePart))
    }
  }
}

/// Groups of rows that several threads can each make a part of.
protocol GroupingSink: AnyObject, PipelineSink {
  func add(_ batch: Batch, of morsel: Int) throws

  /// Takes in what workers have. Groups come in the order in which a single thread would have met them.
  func merge(_ parts: [Self]) throws
}
