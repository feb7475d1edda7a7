import TestResources
import Testing

@testable import Plenary

/// Random writes to a graph and to a model of it must keep the two alike, and the graph's parts consistent.
@Suite struct GraphModelTests {
  /// A graph and what it should be.
  struct Pair {
    var graph = Graph()
    var model = GraphModel()
    var indexCount = 0
    /// An earlier state of the graph and the same on a new base, as if a thread had folded it meanwhile.
    var folding: (origin: Graph, folded: Graph)?
  }

  @Test(arguments: 0..<24) func randomWritesMatchTheModel(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    // Every third run starts from a bulk load, so that changes to a base are met early.
    var pairs = [seed % 3 == 0 ? try bulkLoaded(&random) : Pair()]
    for step in 0..<160 {
      let index = random.below(pairs.count)
      try write(to: &pairs[index], &random)
      // As after each clause: an index that was known to be unique may be so no longer.
      try pairs[index].graph.checkConstraints { _, _ in (nil, creates: false) }
      let problems = pairs[index].graph.checkInvariants()
      #expect(problems.isEmpty, "seed \(seed), step \(step): \(problems)")
      if step % 16 == 15 {
        for pair in pairs {
          let differences = pair.model.differences(from: pair.graph, using: &random)
          #expect(differences.isEmpty, "seed \(seed), step \(step): \(differences)")
        }
      }
      if step % 40 == 20, pairs.count < 3 { pairs.append(pairs[index]) }
    }
  }

  /// One to a few random writes.
  private func write(to pair: inout Pair, _ random: inout SeededRandom) throws {
    switch random.below(27) {
    case 0..<5: try createNode(in: &pair, &random)
    case 5..<11: for _ in 0...random.below(4) { try createRelationship(in: &pair, &random) }
    case 11..<15: try setProperty(in: &pair, &random)
    case 15: try changeLabel(in: &pair, &random)
    case 16, 17: deleteRelationship(in: &pair, &random)
    case 18: deleteNode(in: &pair, &random)
    case 19, 20: pair.graph.fold()
    case 21: if pair.graph.isFoldingWorthwhile { pair.graph.fold() }
    case 22..<25: foldMeanwhile(in: &pair, &random)
    default: try changeIndex(in: &pair, &random)
    }
  }

  private static let labels = ["State", "Body", "Meeting"]
  private static let types = ["MEMBER_OF", "MET"]
  private static let keys = ["name", "since", "weight", "note"]

  private func randomValue(_ key: String, _ random: inout SeededRandom) -> Value {
    // Mostly one type for a key, sometimes another: columns have to turn mixed.
    switch (key, random.below(12)) {
    case (_, 0): .list([.integer(1), .string("two")])
    case (_, 1): .boolean(random.below(2) == 0)
    case ("name", _): .string(["Brunei", "Lao", "é", "e\u{301}", "", "新加坡"][random.below(6)])
    case ("since", 2...4): .integer(Int64(random.below(200)) - 100)
    case ("since", 5): .integer(.max - Int64(random.below(3)))
    case ("since", _): .integer(Int64(random.below(100_000)))
    case ("weight", 3): .float(.nan)
    case ("weight", 4): .integer(2)
    case ("weight", _): .float(Double(random.below(5)) / 2)
    default: .string("note \(random.below(1000))")
    }
  }

  /// Begins to fold, or puts what was written since on the base that was made.
  private func foldMeanwhile(in pair: inout Pair, _ random: inout SeededRandom) {
    guard let (origin, folded) = pair.folding else {
      pair.folding = (pair.graph, pair.graph.folded())
      return
    }
    // Sometimes it takes longer.
    guard random.below(3) > 0 else { return }
    pair.folding = nil
    if let rebased = pair.graph.rebased(onto: folded, from: origin) { pair.graph = rebased }
  }

  private func randomNode(of pair: Pair, _ random: inout SeededRandom) -> UInt32? {
    let ids = pair.model.nodes.keys.sorted()
    // Half of all choices fall on the first node, which becomes a hub.
    return random.below(2) == 0 ? ids.first : ids.randomElement(using: &random)
  }

  private func createNode(in pair: inout Pair, _ random: inout SeededRandom) throws {
    var node = GraphModel.Node()
    for label in Self.labels where random.below(3) == 0 { node.labels.insert(label) }
    for key in Self.keys where random.below(3) == 0 { node.properties[key] = randomValue(key, &random) }
    let labels = try node.labels.sorted().map { try pair.graph.makeLabelToken($0) }
    let properties = try node.properties.map { (try pair.graph.makeKeyToken($0.key), $0.value) }
    let id = try pair.graph.createNode(labels: labels, properties: properties)
    #expect(pair.model.nodes[id.rawValue] == nil)
    pair.model.nodes[id.rawValue] = node
  }

  private func createRelationship(in pair: inout Pair, _ random: inout SeededRandom) throws {
    guard let source = randomNode(of: pair, &random), let target = randomNode(of: pair, &random) else { return }
    let type = Self.types[random.below(2)]
    var relationship = GraphModel.Relationship(type: type, source: source, target: target)
    if random.below(2) == 0 { relationship.properties["since"] = randomValue("since", &random) }
    let properties = try relationship.properties.map { (try pair.graph.makeKeyToken($0.key), $0.value) }
    let id = try pair.graph.createRelationship(
      type: try pair.graph.makeTypeToken(type), from: NodeID(source), to: NodeID(target), properties: properties)
    #expect(pair.model.relationships[id.rawValue] == nil)
    pair.model.relationships[id.rawValue] = relationship
  }

  private func setProperty(in pair: inout Pair, _ random: inout SeededRandom) throws {
    let name = Self.keys[random.below(Self.keys.count)]
    let value: Value = random.below(4) == 0 ? .null : randomValue(name, &random)
    let stored: Value? = if case .null = value { nil } else { value }
    let key = try pair.graph.makeKeyToken(name)
    if random.below(2) == 0 {
      guard let node = randomNode(of: pair, &random) else { return }
      pair.graph.setProperty(key, value, of: NodeID(node))
      pair.model.nodes[node]?.properties[name] = stored
    } else {
      guard let id = pair.model.relationships.keys.sorted().randomElement(using: &random) else { return }
      pair.graph.setProperty(key, value, of: RelationshipID(id))
      pair.model.relationships[id]?.properties[name] = stored
    }
  }

  private func changeLabel(in pair: inout Pair, _ random: inout SeededRandom) throws {
    guard let node = randomNode(of: pair, &random) else { return }
    let name = Self.labels[random.below(Self.labels.count)]
    let label = try pair.graph.makeLabelToken(name)
    let had = pair.model.nodes[node]?.labels.contains(name) ?? false
    if random.below(2) == 0 {
      let isChanged = pair.graph.addLabel(label, to: NodeID(node))
      #expect(isChanged == !had)
      pair.model.nodes[node]?.labels.insert(name)
    } else {
      let isChanged = pair.graph.removeLabel(label, from: NodeID(node))
      #expect(isChanged == had)
      pair.model.nodes[node]?.labels.remove(name)
    }
  }

  private func deleteRelationship(in pair: inout Pair, _ random: inout SeededRandom) {
    guard let id = pair.model.relationships.keys.sorted().randomElement(using: &random),
      let relationship = pair.model.relationships[id]
    else { return }
    pair.graph.deleteRelationship(RelationshipID(id))
    pair.model.relationships[id] = nil
    #expect(!pair.graph.contains(RelationshipID(id)))
    // Type and ends stay readable: `DELETE r RETURN type(r)`.
    #expect(pair.graph.typeName(pair.graph.type(of: RelationshipID(id))) == relationship.type)
    #expect(pair.graph.source(of: RelationshipID(id)) == NodeID(relationship.source))
  }

  private func deleteNode(in pair: inout Pair, _ random: inout SeededRandom) {
    guard let node = pair.model.nodes.keys.sorted().randomElement(using: &random) else { return }
    let relationships = pair.model.relationships(of: node)
    #expect(pair.graph.hasRelationships(NodeID(node)) == !relationships.isEmpty)
    for id in relationships {
      pair.graph.deleteRelationship(RelationshipID(id))
      pair.model.relationships[id] = nil
    }
    pair.graph.deleteNode(NodeID(node))
    pair.model.nodes[node] = nil
  }

  private func changeIndex(in pair: inout Pair, _ random: inout SeededRandom) throws {
    if let index = pair.graph.indexes.randomElement(using: &random), random.below(3) == 0 {
      try pair.graph.dropIndex(name: index.name)
      return
    }
    let label = try pair.graph.makeLabelToken(Self.labels[random.below(Self.labels.count)])
    let key = try pair.graph.makeKeyToken(Self.keys[random.below(Self.keys.count)])
    guard !pair.graph.hasIndex(label: label, key: key) else { return }
    pair.indexCount += 1
    try pair.graph.createIndex(name: "index \(pair.indexCount)", label: label, key: key)
  }

  private func bulkLoaded(_ random: inout SeededRandom) throws -> Pair {
    var builder = GraphBuilder()
    var pair = Pair()
    let state = try builder.makeLabelToken("State")
    let name = try builder.makeKeyToken("name")
    let since = try builder.makeKeyToken("since")
    let count = 20
    let nodes = try builder.addNodes(count: count, labels: [state])
    let names = (0..<count).map { "state \($0)" }
    builder.setNodeProperties(name, from: nodes.lowerBound, .strings(names))
    for node in nodes {
      pair.model.nodes[node] = GraphModel.Node(labels: ["State"], properties: ["name": .string(names[Int(node)])])
    }
    let sources = (0..<60).map { _ in UInt32(random.below(count)) }
    let targets = (0..<60).map { _ in UInt32(random.below(count / 4)) }
    let met = try builder.makeTypeToken("MET")
    let numbers = try builder.addRelationships(type: met, from: sources, to: targets)
    builder.setRelationshipProperties(
      since, from: numbers.lowerBound,
      .integers(sources.map { Int64($0) * 40 }, isNull: sources.map { $0 % 3 == 0 }))
    let member = try builder.makeTypeToken("MEMBER_OF")
    for node in nodes.reversed() where node % 4 == 1 {
      try builder.addRelationship(
        type: member, from: NodeID(node), to: NodeID(0), properties: [(since, .integer(Int64(node) * 40))])
    }
    builder.declareUnique(label: state, key: name)
    pair.graph = try builder.build()
    // Ids follow type, source and target.
    var ends = zip(sources, targets).map { ("MET", $0, $1) }
    ends.sort { ($0.1, $0.2) < ($1.1, $1.2) }
    ends += nodes.filter { $0 % 4 == 1 }.map { ("MEMBER_OF", $0, 0) }
    for (id, (type, source, target)) in ends.enumerated() {
      pair.model.relationships[UInt32(id)] = GraphModel.Relationship(
        type: type, source: source, target: target,
        properties: source % 3 == 0 && type == "MET" ? [:] : ["since": .integer(Int64(source) * 40)])
    }
    return pair
  }
}
