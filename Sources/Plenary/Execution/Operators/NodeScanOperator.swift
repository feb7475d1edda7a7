/// For each input row, every node (with a label).
final class NodeScanOperator: Operator {
  private let node: VariableID
  private let label: String?
  private let input: Operator
  /// The input, if it says which ids to go through.
  private let morsels: MorselOperator?
  private let kept: [VariableID]
  private var current: Batch?
  private var scan: Graph.NodeScan?
  /// The nodes of the scan, once more than one input row asks for them.
  private var nodes: [UInt32]?
  private var position = 0

  init(_ node: VariableID, label: String?, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.node = node
    self.label = label
    self.input = input
    morsels = input as? MorselOperator
    kept = plan.live.filter { $0 != node }
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if current == nil {
        guard let batch = try input.next() else { return nil }
        current = batch
        position = 0
        scan = nil
        if batch.count == 1 { scan = makeScan() } else if nodes == nil { nodes = allNodes() }
      }
      if let batch = current, let result = batch.count == 1 ? streamed(batch) : product(batch) { return result }
      current = nil
    }
  }

  /// One input row: the nodes come straight from the scan.
  private func streamed(_ batch: Batch) -> Batch? {
    guard let ids = scan?.next(context.batchSize) else { return nil }
    var result = batch.repeated(row: 0, count: ids.count, keeping: kept)
    result[node] = .nodes(ids)
    return result
  }

  /// Several input rows: pairs of rows and nodes, numbered row by row.
  private func product(_ batch: Batch) -> Batch? {
    guard let nodes, !nodes.isEmpty else { return nil }
    let end = min(position + context.batchSize, batch.count * nodes.count)
    guard position < end else { return nil }
    let pairs = position..<end
    position = end
    var result = batch.gathered(pairs.map { Int32($0 / nodes.count) }, keeping: kept)
    result[node] = .nodes(pairs.map { nodes[$0 % nodes.count] })
    return result
  }

  private func makeScan() -> Graph.NodeScan? {
    guard let label else { return Graph.NodeScan(context.graph, label: nil, range: morsels?.ids) }
    return context.graph.labelToken(label).map { Graph.NodeScan(context.graph, label: $0, range: morsels?.ids) }
  }

  private func allNodes() -> [UInt32] {
    var all: [UInt32] = []
    guard var scan = makeScan() else { return [] }
    while let ids = scan.next(context.batchSize) { all += ids }
    return all
  }
}
