/// Every relationship that a directed step could take anywhere, without its nodes.
final class RelationshipScanOperator: Operator {
  private let step: Expansion
  private let fromLabels: [String]
  private let toLabels: [String]
  private let input: Operator
  /// The input, if it says which ids to go through.
  private let morsels: MorselOperator?
  private var scans: [Graph.RelationshipScan] = []
  private let tests: ScanTests
  /// Labels still to be tested at the source and at the target.
  private var sourceLabels: [LabelToken] = []
  private var targetLabels: [LabelToken] = []

  init(
    _ step: Expansion, fromLabels: [String], toLabels: [String], _ input: Operator, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.step = step
    self.fromLabels = fromLabels
    self.toLabels = toLabels
    self.input = input
    morsels = input as? MorselOperator
    tests = ScanTests(of: step.relationship, ofNodes: false)
    super.init(context: context, plan: plan)
  }

  override var scanTests: [ScanTests] { [tests] }

  override func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? {
    property.key(of: step.relationship).map { (tests, $0) }
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if scans.isEmpty {
        guard try input.next() != nil else { return nil }
        start()
      }
      guard var ids = nextIDs() else {
        scans = Array(scans.dropFirst())
        continue
      }
      if !sourceLabels.isEmpty || !targetLabels.isEmpty {
        let graph = context.graph
        ids = ids.filter { id in
          let (source, target) = graph.state.endpoints(of: id)
          return sourceLabels.allSatisfy { graph.hasLabel(NodeID(source), $0) }
            && targetLabels.allSatisfy { graph.hasLabel(NodeID(target), $0) }
        }
      }
      if ids.isEmpty { continue }
      var result = Batch(variableCount: context.variableCount, count: ids.count)
      result[step.relationship] = .relationships(ids)
      return result
    }
  }

  private func nextIDs() -> [UInt32]? {
    guard !scans.isEmpty else { return nil }
    return tests.tests.isEmpty
      ? scans[0].next(context.batchSize) : scans[0].next(context.batchSize, passing: tests.tests)
  }

  private func start() {
    tests.start(context)
    let graph = context.graph
    let types = step.types.map { Set($0.compactMap(graph.typeToken)).sorted { $0.rawValue < $1.rawValue } }
    // Where all relationships are of one type, none is asked for its own.
    scans = (types ?? []).map { type in
      Graph.RelationshipScan(
        graph, type: graph.count(of: type) == graph.relationshipCount ? nil : type, range: morsels?.ids)
    }
    if types == nil { scans = [Graph.RelationshipScan(graph, type: nil, range: morsels?.ids)] }
    /// The labels that not all relationships promise at one end.
    func open(_ names: [String], _ direction: AdjacencyDirection) -> [LabelToken]? {
      var result: [LabelToken] = []
      for name in names {
        guard let label = graph.labelToken(name) else { return nil }
        func isPromised(_ type: TypeToken?) -> Bool {
          graph.relationshipCount(label: label, type: type, direction: direction)
            == graph.relationshipCount(label: nil, type: type, direction: direction)
        }
        if !(types.map { $0.allSatisfy(isPromised) } ?? isPromised(nil)) { result.append(label) }
      }
      return result
    }
    let goesForward = step.direction == .right
    guard let sources = open(goesForward ? fromLabels : toLabels, .outgoing),
      let targets = open(goesForward ? toLabels : fromLabels, .incoming)
    else {
      // Nothing has a label that the graph does not know.
      scans = []
      return
    }
    (sourceLabels, targetLabels) = (sources, targets)
  }
}
