/// The comparisons that a scan makes while it goes through ids, so that what fails never becomes a row.
///
/// A filter hands its comparisons to the scan below it. Whether the scan can make them is known when it starts: the
/// columns must lie in the base as they were loaded. PROFILE measures operator by operator, and hands over none.
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
    guard !comparisons.isEmpty else { return }
    let found = comparisons.compactMap { comparison in
      comparison.column(in: context.graph, ofNodes: ofNodes)
        .flatMap { ColumnTest($0, comparison.op, comparison.value) }
    }
    if found.count == comparisons.count { tests = found }
  }

  /// Leaves all tests to others.
  func stop() { tests = [] }
}
