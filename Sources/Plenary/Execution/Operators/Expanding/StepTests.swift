/// What a step tests of the relationships it takes and of the nodes it leads to, before they become rows.
///
/// A step over many relationships meets each of them and each node many times. So as soon as it has gone far enough,
/// the comparisons that a filter hands down are made once for all there are, where their columns lie in the graph as it
/// was loaded, and what passes is one bit from then on.
final class StepTests {
  private let ofRelationships: ScanTests
  private let ofNodes: ScanTests
  /// What passes; `nil` where that is not asked, or not known.
  private(set) var passingRelationships: NodeSet?
  private(set) var passingNodes: NodeSet?
  /// How many steps were taken without tests.
  var stepsTaken = 0
  private var hasTried = false

  /// Testing takes about an eighth of the time that a row does which fails later.
  private static let testsPerStep = 8
  /// Fewer steps than these are not worth a thought.
  private static let fewSteps = 4096

  init(_ step: Expansion) {
    ofRelationships = ScanTests(of: step.relationship, ofNodes: false)
    ofNodes = ScanTests(of: step.to, ofNodes: true)
  }

  var all: [ScanTests] { [ofRelationships, ofNodes] }

  /// Whether something is tested.
  var areMade: Bool { passingNodes != nil || passingRelationships != nil }

  /// Makes the tests once so many steps were taken that it pays.
  func makeWhenWorthwhile(
    _ list: CompressedAdjacency, types: [TypeToken]?, _ context: ExecutionContext
  ) throws {
    guard !hasTried, stepsTaken >= StepTests.fewSteps else { return }
    let graph = context.graph
    let relationships = ofRelationships.comparisons.isEmpty ? 0 : list.relationshipCount
    let nodes = ofNodes.comparisons.isEmpty ? 0 : graph.nodeCapacity
    guard stepsTaken >= max(relationships, nodes) / StepTests.testsPerStep else { return }
    hasTried = true
    if !ofRelationships.comparisons.isEmpty {
      var scan = Graph.RelationshipScan(graph, type: types?.first)
      passingRelationships = try passing(ofRelationships, capacity: graph.relationshipCapacity, context) {
        scan.next(StepTests.fewSteps, passing: $0)
      }
    }
    if !ofNodes.comparisons.isEmpty {
      var scan = Graph.NodeScan(graph, label: nil)
      passingNodes = try passing(ofNodes, capacity: graph.nodeCapacity, context) {
        scan.next(StepTests.fewSteps, passing: $0)
      }
    }
  }

  /// The ids that pass; `nil` where not all comparisons can be made in place.
  private func passing(
    _ tests: ScanTests, capacity: Int, _ context: ExecutionContext, next: ([ColumnTest]) -> [UInt32]?
  ) throws -> NodeSet? {
    tests.start(context)
    guard tests.areMade else { return nil }
    let result = NodeSet(capacity: capacity)
    while let ids = next(tests.tests) {
      try context.checkStop()
      for id in ids { _ = result.insert(id) }
    }
    return result
  }
}
