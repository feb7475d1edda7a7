/// What a scan tests while it goes through ids, so that what fails never becomes a row.
///
/// A filter hands its comparisons to the scan below it. Whether the scan can make them is known when it starts: the
/// columns must lie in the base as they were loaded. Such a scan has as many rows as pass.
///
/// Who wants only the first rows in some order says how far they reach, as soon as that is known and again when it is
/// known better. PROFILE measures operator by operator and shows what each is asked for, so there nobody does.
final class ScanTests {
  /// What the scan finds.
  let variable: VariableID
  private let ofNodes: Bool
  /// What is to be tested.
  var comparisons: [PropertyComparison] = []
  /// Whether every row of the running scan passes the comparisons.
  private(set) var areMade = false
  /// What the running scan tests: all of the comparisons, or none, and whether rows could be among the first ones.
  private(set) var tests: [ColumnTest] = []
  /// How far the first rows reach.
  private var reach: (column: PropertyColumn, last: LastInOrder)?

  init(of variable: VariableID, ofNodes: Bool) {
    self.variable = variable
    self.ofNodes = ofNodes
  }

  /// Makes ready for a scan of the graph as it is now.
  func start(_ context: ExecutionContext) {
    stop()
    tests = ScanTests.tests(for: comparisons, ofNodes: ofNodes, in: context.graph) ?? []
    areMade = !tests.isEmpty
    if let reach, let test = ColumnTest(reach.column, notAfter: reach.last) { tests.append(test) }
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
  func stop() {
    tests = []
    areMade = false
  }

  /// Leaves out from now on what comes after the last of the first rows that are known.
  ///
  /// - Parameters:
  ///   - last: the value of that row.
  ///   - key: what the rows are in order of.
  func leaveOut(after last: LastInOrder, of key: String, _ context: ExecutionContext) {
    let column =
      reach?.column
      ?? context.graph.keyToken(key).flatMap { context.graph.unchangedColumn($0, ofNodes: ofNodes) }
    guard let column, let test = ColumnTest(column, notAfter: last) else { return }
    if reach != nil, !tests.isEmpty { tests.removeLast() }
    tests.append(test)
    reach = (column, last)
  }
}

/// The first sort key of the last row that is wanted.
struct LastInOrder {
  let value: Value
  let isDescending: Bool
}
