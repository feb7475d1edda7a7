/// The comparisons that a scan makes while it goes through ids, so that what fails never becomes a row.
///
/// A filter hands its comparisons to the scan below it. Whether the scan can make them is known when it starts: the
/// columns must lie in the base as they were loaded. Such a scan has as many rows as pass.
final class ScanTests {
  /// What the scan finds.
  let variable: VariableID
  private let ofNodes: Bool
  /// What is to be tested.
  var comparisons: [PropertyComparison] = []
  /// What the running scan tests: all of the comparisons, or nothing.
  private(set) var tests: [ColumnTest] = []

  init(of variable: VariableID, ofNodes: Bool) {
    self.variable = variable
    self.ofNodes = ofNodes
  }

  /// Whether every row of the running scan passes the comparisons.
  var areMade: Bool { !tests.isEmpty }

  /// Makes ready for a scan of the graph as it is now.
  func start(_ context: ExecutionContext) {
    stop()
    tests = ScanTests.tests(for: comparisons, ofNodes: ofNodes, in: context.graph) ?? []
  }

  /// What makes the comparisons as ids are gone through; `nil` if not all of them can be made so.
  static func tests(for comparisons: [PropertyComparison], ofNodes: Bool, in graph: Graph) -> [ColumnTest]? {
    var tests: [ColumnTest] = []
    for comparison in comparisons {
      guard
        let test = comparison.column(in: graph, ofNodes: ofNodes)
          .flatMap({ ColumnTest($0, comparison.op, comparison.value) })
      else { return nil }
      tests.append(test)
    }
    return tests
  }

  /// Leaves all tests to others.
  func stop() { tests = [] }
}
