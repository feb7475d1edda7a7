import Testing

@testable import Plenary

/// Sums of floats make the rounding errors of their additions good, however many are added at once, and whatever else is
/// in the column.
@Suite struct FloatSumTests {
  /// A thousand nodes with a tenth, a few with numbers that leave nothing of a tenth added to them, and some with the
  /// least float there is.
  static let graph: Graph = {
    var graph = Graph()
    do {
      try graph.execute(
        """
        UNWIND range(1, 2200) AS i
        WITH i, CASE WHEN i % 2 = 0 AND i <= 2000 THEN 'tenth' WHEN i <= 2000 THEN 'even' ELSE 'least' END AS kind
        CREATE (:P {i: i, kind: kind, wide: CASE kind WHEN 'tenth' THEN 0.1 WHEN 'least' THEN 4.9E-324 ELSE i * 1e13 END,
          narrow: CASE kind WHEN 'tenth' THEN 0.1 ELSE -0.3 END})
        """)
      try graph.execute("MATCH (a:P) CREATE (a)-[:T {x: a.wide}]->(a), (a)-[:T {x: a.narrow}]->(a)")
    } catch { Issue.record(error) }
    graph.fold()
    return graph
  }()

  static let sums = [
    "'even', 1e+19, -300.0, 1e+16, -0.3", "'least', 9.9e-322, -60.0, 5e-324, -0.3",
    "'tenth', 100.0, 100.0, 0.1, 0.1",
  ]

  @Test(arguments: [
    "MATCH (n:P) RETURN n.kind AS kind, sum(n.wide) AS w, sum(n.narrow) AS n, avg(n.wide) AS a, avg(n.narrow) AS b",
    "MATCH (n:P) WITH n.kind AS kind, n.wide + 0 AS w, n.narrow AS n RETURN kind, sum(w), sum(n), avg(w), avg(n)",
    "MATCH (n:P)-[:T]->(m) RETURN n.kind AS kind, sum(m.wide) / 2, sum(m.narrow) / 2, avg(m.wide), avg(m.narrow)",
    "MATCH (n:P)-[:T]->(m) WITH DISTINCT n, m RETURN n.kind AS kind, sum(m.wide), sum(m.narrow), avg(m.wide), avg(m.narrow)",
  ])
  func errorsAreMadeGood(query: String) throws {
    for batchSize in [1, 7, 2048] {
      for threads in [1, 3] {
        var options = QueryOptions()
        options.batchSize = batchSize
        if threads > 1 { options.share(among: threads, morsels: 5) }
        let answer = QueryAnswer(try Self.graph.query(query + " ORDER BY kind", options: options))
        #expect(
          answer.rows.map { $0.map(\.description).joined(separator: ", ") } == Self.sums,
          "batches of \(batchSize), \(threads)"
        )
      }
    }
  }

  @Test(arguments: ["tenth", "even", "least"])
  func errorsOfOneSumAreMadeGood(kind: String) throws {
    let query = "MATCH (n:P {kind: '\(kind)'}) RETURN sum(n.wide), sum(n.narrow)"
    let sums = try #require(Self.sums.first { $0.hasPrefix("'\(kind)'") }).split(separator: ", ").dropFirst().prefix(2)
    for batchSize in [1, 7, 2048] {
      var options = QueryOptions()
      options.batchSize = batchSize
      let answer = QueryAnswer(try Self.graph.query(query, options: options))
      #expect(answer.rows.map { $0.map(\.description) } == [sums.map(String.init)])
    }
  }

  @Test("the magnitudes of floats leave out zero, and know of NaN wherever it is")
  func magnitudes() {
    func magnitudes(_ numbers: [Double]) -> [Double] {
      let found = numbers.withUnsafeBufferPointer { FloatMagnitudes($0) }
      return [found.least, found.largest]
    }
    #expect(magnitudes([]) == [.infinity, 0])
    #expect(magnitudes([0, -0.0, 0, 0, 0]) == [.infinity, 0])
    #expect(magnitudes([0, -3, 2, 0, -0.5]) == [0.5, 3])
    #expect(magnitudes([-7, 3, 2, 5, 4, 6, 0]) == [2, 7])
    #expect(magnitudes([1, -.infinity, 2, 3]) == [1, .infinity])
    for place in 0..<6 {
      var numbers: [Double] = [1, -2, 3, -4, 5, -6]
      numbers[place] = .nan
      #expect(magnitudes(numbers)[1].isNaN)
    }
  }
}
