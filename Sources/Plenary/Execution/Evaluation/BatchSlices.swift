/// The properties of a batch's nodes and relationships as they lie in the graph.
struct BatchSlices {
  private let batch: Batch
  private let context: ExecutionContext
  /// The ids of the variable that was asked for last: most often all properties are those of one.
  private var known: (variable: VariableID, ids: Range<UInt32>?)?

  init(_ batch: Batch, _ context: ExecutionContext) {
    self.batch = batch
    self.context = context
  }

  /// A property of every row; `nil` where the rows are not neighbours in the graph, or for anything else than a property
  /// of a node or relationship.
  mutating func slice(_ expression: BoundExpression) -> ColumnSlice? {
    guard !context.hasDeleted, case .property(let subject, let key) = expression.kind,
      case .variable(let variable) = subject.kind, let elements = batch.elements(of: variable),
      let token = context.graph.keyToken(key),
      let column = context.graph.unchangedColumn(token, ofNodes: elements.areNodes),
      let run = run(of: elements.ids, variable)
    else { return nil }
    return ColumnSlice(column, run)
  }

  private mutating func run(of ids: [UInt32], _ variable: VariableID) -> Range<UInt32>? {
    if let known, known.variable == variable { return known.ids }
    let run = ids.withUnsafeBufferPointer(\.run)
    known = (variable, run)
    return run
  }
}
