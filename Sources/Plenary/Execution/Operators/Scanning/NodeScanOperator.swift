/// For each input row, every node (with a label).
final class NodeScanOperator: FlatMapOperator {
  private let node: VariableID
  private let label: String?
  /// The input, if it says which ids to go through.
  private let morsels: MorselOperator?
  private var scan: Graph.NodeScan?
  private let tests: ScanTests
  /// The nodes of the scan, once more than one input row asks for them.
  private var nodes: [UInt32]?
  private var position = 0

  init(_ node: VariableID, label: String?, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.node = node
    self.label = label
    morsels = input as? MorselOperator
    tests = ScanTests(of: node, ofNodes: true)
    super.init(input, introducing: [node], context, plan)
  }

  override var scanTests: [ScanTests] { [tests] }

  override func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? {
    property.key(of: node).map { (tests, $0) }
  }

  override func start(_ batch: Batch) {
    position = 0
    scan = nil
    if batch.count == 1 {
      scan = makeScan()
      tests.start(context)
    } else {
      tests.stop()
      if nodes == nil { nodes = allNodes() }
    }
  }

  override func nextRows(of batch: Batch) throws -> Batch? {
    try batch.count == 1 ? streamed(batch) : product(batch)
  }

  /// One input row: the nodes come straight from the scan.
  private func streamed(_ batch: Batch) throws -> Batch? {
    guard let ids = try nextIDs() else { return nil }
    var result = batch.repeated(row: 0, count: ids.count, keeping: kept)
    result[node] = .nodes(ids)
    return result
  }

  private func nextIDs() throws -> [UInt32]? {
    guard !tests.tests.isEmpty else { return scan?.next(context.batchSize) }
    while let ids = scan?.next(context.batchSize, passing: tests.tests) {
      if !ids.isEmpty { return ids }
      try context.checkStop()
    }
    return nil
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
