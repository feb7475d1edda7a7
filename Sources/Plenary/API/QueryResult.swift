import PlenarySyntax

/// What a query made: rows under named columns, and what it did.
///
/// Rows are kept in typed column vectors; a `Row` is a cheap view.
///
/// ```swift
/// let result = try database.query("MATCH (s:State) RETURN s.name AS name, s.isoAlpha2 AS code ORDER BY name")
/// for row in result {
///   let name: String = try row["name"]
///   print(name, row.value(1))
/// }
/// ```
public struct QueryResult: Sendable {
  /// What the query did and what there is to say about it.
  public let summary: QuerySummary
  let storage: ResultStorage

  init(columns: [String], graph: Graph, summary: QuerySummary, batches: [ResultBatch]) {
    self.summary = summary
    storage = ResultStorage(columns: columns, graph: graph, batches: batches)
  }

  /// The names of the columns, in order.
  public var columns: [String] { storage.columns }
  /// The graph that the ids in the rows belong to: the snapshot after the query. It may be empty for a statement that
  /// looks at no graph.
  public var graph: Graph { storage.graph }

  var batches: [ResultBatch] { storage.batches }
}

/// What the rows of a result share: one object, so that a `Row` holds one reference.
final class ResultStorage: Sendable {
  let columns: [String]
  let graph: Graph
  /// The batches that hold rows.
  let batches: [ResultBatch]
  /// The number of the first row of each batch, and the number of rows at the end.
  let starts: [Int]

  init(columns: [String], graph: Graph, batches: [ResultBatch]) {
    self.columns = columns
    self.graph = graph
    self.batches = batches.allSatisfy({ $0.count > 0 }) ? batches : batches.filter { $0.count > 0 }
    var starts: [Int] = []
    starts.reserveCapacity(self.batches.count + 1)
    starts.append(0)
    for batch in self.batches { starts.append(starts[starts.count - 1] + batch.count) }
    self.starts = starts
  }

  var count: Int { starts[starts.count - 1] }

  /// The batch that holds a row, and the row's number in it. O(log batches).
  func locate(_ row: Int) -> (batch: Int, row: Int) {
    precondition(row >= 0 && row < count, "row \(row) of a result of \(count)")
    var (low, high) = (0, batches.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return (low, row - starts[low])
  }
}

/// Some rows of a result, column by column.
struct ResultBatch: Sendable {
  var columns: [Vector]
  var count: Int
}

/// What a query did.
public struct QuerySummary: Sendable {
  /// What changed in the graph.
  public var counters = WriteCounters()
  /// Warnings about the text: unknown labels, cartesian products and the like.
  public var warnings: [Diagnostic] = []
  /// From the text to the last row.
  public var elapsed: Duration = .zero
  /// The plan, for EXPLAIN and PROFILE.
  public var plan: PlanDescription?

  init() {}
}

/// Counts of what a query wrote, as openCypher counts side effects.
public struct WriteCounters: Hashable, Sendable {
  /// Nodes created.
  public var nodesCreated = 0
  /// Nodes deleted.
  public var nodesDeleted = 0
  /// Relationships created.
  public var relationshipsCreated = 0
  /// Relationships deleted.
  public var relationshipsDeleted = 0
  /// Properties set or removed.
  public var propertiesSet = 0
  /// Labels added to nodes.
  public var labelsAdded = 0
  /// Labels removed from nodes.
  public var labelsRemoved = 0
  /// Indexes made or dropped.
  public var indexesChanged = 0
  /// Constraints made or dropped.
  public var constraintsChanged = 0

  /// Whether nothing was written.
  public var isEmpty: Bool { self == WriteCounters() }

  init() {}
}

/// A plan as a tree to print.
public struct PlanDescription: Sendable {
  /// The operator, for example `NodeScan`.
  public var name: String
  /// What it works on, for example `(s:State)`.
  public var details: String
  /// How many rows the planner expects.
  public var estimatedRows: Double
  /// How many threads share its work; `nil` for one.
  public var threads: Int?
  /// How many rows there were; only after PROFILE.
  public var rows: Int?
  /// How long it took, without its inputs; only after PROFILE.
  public var elapsed: Duration?
  /// The most memory it held at once, in bytes: the rows it keeps and what it builds from them. 0 for an operator
  /// that hands rows on; only after PROFILE.
  public var memory: Int?
  /// Where the rows come from.
  public var children: [PlanDescription]
}
