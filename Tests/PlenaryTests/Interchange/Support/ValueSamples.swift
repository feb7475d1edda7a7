import TestResources

@testable import Plenary

/// Values of every type that a property can have, the awkward ones above all.
enum ValueSamples {
  static func all() throws -> [Value] {
    [
      1, -5, 0, 200, -129, 70_000, .integer(.min), .integer(.max), 1.0, -0.0, 0.1, .float(.infinity),
      .float(-.infinity), .float(.nan), 1e300, .float(.leastNonzeroMagnitude), true, false, "", "x", "1", "a;b", "a,b",
      "say \"hi\"",
      "it's \\ `so`", "two\nlines\r\n", " blanks ", "日本", "e\u{301}", "👩‍👩‍👧", "\u{0}\u{1f}\u{7f}", "NaN", "$type",
      .date(try Temporal.Date(parsing: "2024-08-07")), .date(try Temporal.Date(parsing: "-0044-03-15")),
      .date(try Temporal.Date(parsing: "+999999999-12-31")),
      .localTime(try Temporal.LocalTime(parsing: "21:40:32.142")), .time(try Temporal.Time(parsing: "21:40+07:00")),
      .localDateTime(try Temporal.LocalDateTime(parsing: "2024-08-07T21:40")),
      .dateTime(try Temporal.DateTime(parsing: "2024-08-07T21:40+07:00[Asia/Bangkok]")),
      .dateTime(try Temporal.DateTime(parsing: "2024-08-07T21:40:00.000000001Z")),
      .duration(try Temporal.Duration(parsing: "P1Y2M3DT4H5M6.7S")),
      .duration(try Temporal.Duration(parsing: "P-1M2DT-0.5S")),
      [], [1, 2], ["a", "b"], [""], ["", ""], ["a;b", "c\\"], [1, 2.5, -3], ["x;"], [1.5, .float(.nan)], [";"],
      .list([.date(try Temporal.Date(parsing: "2024-08-07")), .date(try Temporal.Date(parsing: "2024-08-08"))]),
      [.float(-.infinity)], [false],
    ]
  }
}

extension Graph {
  /// A graph of up to some nodes with everything that a graph can have: several labels or none, parallel relationships
  /// and loops, properties of one type and of many, columns that are full and columns that are nearly empty, deleted
  /// elements, indexes.
  static func random(seed: Int, nodeLimit: Int = 60) throws -> Graph {
    var random = SeededRandom(seed: seed)
    let samples = try ValueSamples.all()
    var graph = Graph()
    let labels = try ["A", "B b", "日本", "`q`"].map { name throws(QueryError) in try graph.makeLabelToken(name) }
    let types = try ["T", "U u", "ü"].map { name throws(QueryError) in try graph.makeTypeToken(name) }
    let keys = try ["i", "f", "s", "t", "b", "d", "l", "m", "odd key", "none"].map { name throws(QueryError) in
      try graph.makeKeyToken(name)
    }
    func value(_ key: Int) throws -> Value {
      switch key {
      case 0: .integer(Int64(random.below(300)))
      case 1: .float(Double(random.below(100)) / 8)
      case 2: .string("s\(random.below(4))")
      case 3: .string("text \(random.below(1_000_000))")
      case 4: .boolean(random.below(2) == 0)
      case 5: .date(try Temporal.Date(daysSinceEpoch: Int64(random.below(30_000))))
      case 6: .list((0..<random.below(3)).map { .integer(Int64($0)) })
      default: samples[random.below(samples.count)]
      }
    }
    func properties() throws -> [(KeyToken, Value)] {
      try keys.indices.dropLast().filter { _ in random.below(2) == 0 }.map { (keys[$0], try value($0)) }
    }
    var nodes: [NodeID] = []
    for _ in 0..<random.below(nodeLimit) {
      nodes.append(
        try graph.createNode(labels: labels.filter { _ in random.below(3) == 0 }, properties: properties()))
    }
    if random.below(2) == 0 { graph.fold() }
    var relationships: [RelationshipID] = []
    for _ in 0..<(nodes.isEmpty ? 0 : random.below(nodeLimit * 3)) {
      let source = nodes[random.below(nodes.count)]
      let target = random.below(5) == 0 ? source : nodes[random.below(nodes.count)]
      relationships.append(
        try graph.createRelationship(
          type: types[random.below(types.count)], from: source, to: target, properties: properties()))
    }
    if random.below(2) == 0 { graph.fold() }
    if random.below(2) == 0 {
      for relationship in relationships where random.below(6) == 0 { graph.deleteRelationship(relationship) }
      for node in nodes where !graph.hasRelationships(node) && random.below(2) == 0 { graph.deleteNode(node) }
    }
    if random.below(2) == 0 { try graph.createIndex(name: "byI", label: labels[0], key: keys[0]) }
    if random.below(3) == 0 { try graph.createIndex(name: "by odd", label: labels[1], key: keys[8]) }
    return graph
  }
}
