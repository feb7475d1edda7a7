import TestResources
import Testing

@testable import Plenary

/// Graphs larger than the chunks they are stored in, and the parts of storage on their own.
@Suite struct GraphStorageTests {
  @Test func sparseArraysShareWhatTheyDoNotChange() {
    var first = SparseArray<Int?>(fill: nil)
    for index in stride(from: 0, to: 100_000, by: 97) { first[index] = index }
    var second = first
    second[97] = -1
    second[200_000] = 5
    #expect(first[97] == 97)
    #expect(first[200_000] == nil)
    #expect(second[97] == -1)
    #expect(second[200_000] == 5)
    #expect(second[99_910] == 99_910)
    #expect(first.leafIndices.count == 391)
  }

  @Test func bitmapsHoldRangesAndSingleIDs() {
    var bitmap = Bitmap()
    bitmap.insert(60..<20_000)
    bitmap.insert(3..<5)
    bitmap.insert(10..<10)
    bitmap.remove(64)
    let insertions = [bitmap.insert(1_000_000), bitmap.insert(1_000_000)]
    #expect(insertions == [true, false])
    #expect(bitmap.count == 19_940 + 2 - 1 + 1)
    #expect(!bitmap.contains(64))
    #expect(!bitmap.contains(59))
    #expect(bitmap.contains(19_999))
    #expect(!bitmap.contains(20_000))
    var ids: [UInt32] = []
    bitmap.forEach { ids.append($0) }
    #expect(ids.prefix(5) == [3, 4, 60, 61, 62])
    #expect(ids.last == 1_000_000)
  }

  @Test func namesAreComparedByCodePoints() throws {
    var graph = Graph()
    let composed = try graph.makeLabelToken("\u{e9}")
    let decomposed = try graph.makeLabelToken("e\u{301}")
    #expect(composed != decomposed)
    #expect(graph.labelToken("\u{e9}") == composed)
  }

  @Test(arguments: [1, 2, 7, 40, 1000]) func rowsAreFoundHoweverSparseTheIDsAre(step: Int) {
    var random = SeededRandom(seed: step)
    var ids: [UInt32] = []
    var next: UInt32 = 500
    for _ in 0..<700 {
      ids.append(next)
      next += UInt32(step == 1 ? 1 : 1 + random.below(2 * step))
    }
    let map = RowMap(ids: ids)
    #expect(map.isDense == (step == 1))
    #expect(map.rowCount == 700)
    #expect(map.ids == ids)
    let rows = Dictionary(uniqueKeysWithValues: zip(ids, 0...))
    for id in 0..<(next + 100) { #expect(map.row(of: id) == rows[id]) }
    #expect(map.row(of: .max) == nil)
    #expect(RowMap(ids: []).row(of: 0) == nil)
  }

  @Test func manyKeysAndTypesCostWhatIsThere() throws {
    var random = SeededRandom(seed: 3)
    var graph = Graph()
    let count = 6000
    for _ in 0..<count { _ = try graph.createNode(labels: [], properties: []) }
    var ends: [[(UInt32, UInt32)]] = []
    for round in 0..<3 {
      for number in 0..<8 {
        let type = try graph.makeTypeToken("T\(number)")
        let key = try graph.makeKeyToken("k\(number)")
        if round == 0 { ends.append([]) }
        for _ in 0..<(number * number) {
          let (source, target) = (UInt32(random.below(count)), UInt32(random.below(count)))
          _ = try graph.createRelationship(type: type, from: NodeID(source), to: NodeID(target), properties: [])
          ends[number].append((source, target))
          graph.setProperty(key, .integer(Int64(source)), of: NodeID(source))
        }
      }
      graph.fold()
      #expect(graph.checkInvariants() == [])
    }
    for number in 0..<8 {
      let type = try #require(graph.typeToken("T\(number)"))
      let key = try #require(graph.keyToken("k\(number)"))
      for (source, target) in ends[number] {
        #expect(!graph.relationships(from: NodeID(source), to: NodeID(target), type: type).isEmpty)
        #expect(graph.property(key, of: NodeID(source)) == .integer(Int64(source)))
      }
      #expect(graph.count(of: type) == ends[number].count)
      guard let adjacency = graph.state.base.adjacency(.outgoing, type) else { continue }
      #expect(adjacency.rows.rowCount <= ends[number].count)
    }
  }

  @Test func columnsFindTheNarrowestForm() throws {
    func form(_ values: [Value]) throws -> String {
      var builder = PropertyColumnBuilder()
      for (id, value) in values.enumerated() { builder.append(value, for: UInt32(id) + 1000) }
      let column = try #require(builder.build())
      for (id, value) in values.enumerated() { #expect(column.value(of: UInt32(id) + 1000) == value) }
      #expect(column.value(of: 999) == .null)
      #expect(column.value(of: 1000 + UInt32(values.count)) == .null)
      let ids = (900...(1010 + UInt32(values.count))).map { $0 } + [UInt32.max]
      #expect(ids.withUnsafeBufferPointer(column.gather).valueArray == ids.map(column.value))
      return switch column.storage {
      case .int8: "int8"
      case .int16: "int16"
      case .int32: "int32"
      case .int64: "int64"
      case .floats: "floats"
      case .booleans: "booleans"
      case .dates: "dates"
      case .strings: "strings"
      case .dictionary8: "dictionary8"
      case .dictionary16: "dictionary16"
      case .dictionary32: "dictionary32"
      case .values: "values"
      }
    }
    #expect(try form([.integer(-128), .integer(127)]) == "int8")
    #expect(try form([.integer(-129), .null, .integer(127)]) == "int16")
    #expect(try form([.integer(40_000)]) == "int32")
    #expect(try form([.integer(0), .integer(.min)]) == "int64")
    #expect(try form([.float(1.5), .null, .null, .float(.infinity)]) == "floats")
    #expect(try form([.boolean(true), .null, .boolean(false)]) == "booleans")
    let day = Value.date(Temporal.Date(uncheckedDays: -1))
    #expect(try form([day, .null, .date(Temporal.Date(uncheckedDays: 20_000))]) == "dates")
    #expect(try form([day, .date(Temporal.Date(uncheckedDays: 1 << 35))]) == "values")
    #expect(try form([.string("a"), .string(""), .null, .string("a")]) == "dictionary8")
    #expect(try form((0..<900).map { .string("s\($0)") }) == "dictionary16")
    #expect(try form((0..<5000).map { .string("s\($0)") }) == "strings")
    #expect(try form((0..<3000).map { $0 % 2 == 0 ? .null : .string("s\($0)") }) == "strings")
    #expect(try form([.integer(1), .null, .float(1.5)]) == "values")
    #expect(try form([.string("a"), .null, .integer(2)]) == "values")
    #expect(try form((0..<3000).map { $0 == 2999 ? .integer(1) : .string("s\($0)") }) == "values")
    #expect(try form([.list([.integer(1)])]) == "values")
    #expect(try form((0..<200).map { $0 % 3 == 0 ? .integer(Int64($0)) : .null }) == "int16")
  }

  @Test func aBigGraphIsWrittenToWithoutDisturbingItsCopies() throws {
    var random = SeededRandom(seed: 1)
    var builder = GraphBuilder()
    let person = try builder.makeLabelToken("Person")
    let knows = try builder.makeTypeToken("KNOWS")
    let age = try builder.makeKeyToken("age")
    let count = 40_000
    try builder.addNodes(count: count, labels: [person])
    builder.setNodeProperties(age, from: 0, .integers((0..<count).map { Int64($0 % 90) }))
    let sources = (0..<80_000).map { _ in UInt32(random.below(count)) }
    let targets = (0..<80_000).map { _ in UInt32(random.below(count)) }
    try builder.addRelationships(type: knows, from: sources, to: targets)
    let original = try builder.build()
    #expect(original.checkInvariants() == [])
    #expect(original.distinctCount(label: person, key: age) == 90)
    #expect(original.averageDegree(label: person, type: knows, direction: .outgoing) == 2)

    var copy = original
    for _ in 0..<3000 {
      let node = try copy.createNode(labels: [person], properties: [(age, .integer(7))])
      _ = try copy.createRelationship(
        type: knows, from: node, to: NodeID(UInt32(random.below(count))), properties: [])
    }
    for id in stride(from: 0, to: 80_000 as UInt32, by: 101) { copy.deleteRelationship(RelationshipID(id)) }
    for id in stride(from: 0, to: UInt32(count), by: 103) { copy.setProperty(age, .integer(1000), of: NodeID(id)) }
    #expect(copy.checkInvariants() == [])
    #expect(original.checkInvariants() == [])
    #expect(original.nodeCount == count)
    #expect(original.property(age, of: NodeID(103)) == .integer(103 % 90))

    let unfolded = copy
    copy.fold()
    #expect(copy.checkInvariants() == [])
    #expect(copy.nodeCount == count + 3000)
    #expect(copy.relationshipCount == unfolded.relationshipCount)
    let ids = (0..<UInt32(copy.nodeCapacity)).map { $0 }
    #expect(copy.gather(age, of: ids).valueArray == unfolded.gather(age, of: ids).valueArray)
    #expect(copy.property(age, of: NodeID(206)) == .integer(1000))
  }

  @Test func rowsKnowTheirIDs() {
    var random = SeededRandom(seed: 3)
    // All ids of a range, some of them, few of them.
    for spread in [1, 3, 200] {
      let ids = (0..<500).map { UInt32(7 + $0 * spread + random.below(spread)) }
      let rows = RowMap(ids: ids)
      #expect(ids.indices.map { rows.id(ofRow: $0) } == ids)
      #expect(ids.map { rows.row(of: $0) } == ids.indices.map { $0 })
    }
  }

  @Test func aRangeOfIDsIsASetThatSharesItsWords() {
    for range in [0..<1, 5..<64, 63..<65, 3..<16_384, 100..<100_000, 16_384..<65_536] as [Range<UInt32>] {
      var set = Bitmap()
      set.insert(2)
      set.insert(range)
      #expect(set.count == range.count + (range.contains(2) ? 0 : 1))
      for id in [range.lowerBound, range.upperBound - 1] { #expect(set.contains(id)) }
      #expect(!set.contains(range.upperBound))
      #expect(set.firstID(atOrAbove: range.lowerBound) == range.lowerBound)
    }
    var whole = Bitmap()
    whole.insert(0..<1_000_000)
    #expect(Set(whole.leafWords.map(\.words)).count == 2)
    // Writing to one copies it.
    var less = whole
    less.remove(20_000)
    #expect(less.count == 999_999)
    #expect(whole.count == 1_000_000)
    #expect(less.isSubset(of: whole))
    #expect(!whole.isSubset(of: less))
  }

  @Test func aLargeWriteIsFolded() throws {
    var graph = Graph()
    let label = try graph.makeLabelToken("A")
    let key = try graph.makeKeyToken("n")
    for number in 0..<3000 { _ = try graph.createNode(labels: [label], properties: [(key, .integer(Int64(number)))]) }
    #expect(graph.isFoldingWorthwhile)
    graph.fold()
    #expect(graph.state.base.nodeCount == 3000)
    _ = try graph.createNode(labels: [label], properties: [])
    #expect(!graph.isFoldingWorthwhile)
    guard case .integers = graph.gather(key, of: [0, 2999]) else {
      Issue.record("a folded column of integers is not read as integers")
      return
    }
  }

  @Test func segmentedArraysKeepOrderAndLeaveCopiesAlone() {
    let segment = 1 << 18
    var array = SegmentedArray<UInt32>()
    for number in 0..<100 { array.append(UInt32(number)) }
    var copy = array
    array.append(contentsOf: (100..<UInt32(2 * segment + 5)).map { $0 })
    copy.append(7)
    copy.append(contentsOf: [8, 9])
    #expect(copy.map { $0 } == (0..<100).map { $0 } + [7, 8, 9])
    #expect(array.count == 2 * segment + 5)
    #expect(array.map { $0 } == (0..<UInt32(2 * segment + 5)).map { $0 })
    #expect([0, segment - 1, segment, 2 * segment + 4].map { array[$0] } == [0, 262_143, 262_144, 524_292])
    let rows = FlatArray<UInt32>([524_292, 0, 262_144, 262_143, 524_288])
    let gathered = array.gathered(rows) { Int($0) }
    #expect((0..<5).map { gathered[$0] } == [524_292, 0, 262_144, 262_143, 524_288])
    let all = array.gathered(nil) { $0 }
    #expect((0..<all.count).allSatisfy { all[$0] == $0 } && all.count == 524_293)
    #expect(array.segments().map(\.count) == [segment, segment, 5])
    #expect(SegmentedArray<Double>().segments().isEmpty)
  }

  @Test func relationshipsMayBeAddedOneByOneAndManyAtATime() throws {
    var builder = GraphBuilder()
    let (type, other) = (try builder.makeTypeToken("T"), try builder.makeTypeToken("U"))
    let key = try builder.makeKeyToken("n")
    try builder.addNodes(count: 9, labels: [])
    func properties(_ number: Int64) -> [(KeyToken, Value)] { [(key, .integer(number))] }
    try builder.addRelationship(type: type, from: NodeID(8), to: NodeID(0), properties: properties(80))
    try builder.addRelationship(type: type, from: NodeID(7), to: NodeID(0), properties: properties(70))
    try builder.addRelationship(type: other, from: NodeID(6), to: NodeID(0), properties: properties(60))
    let first = try builder.addRelationships(type: type, from: [5, 4], to: [0, 0]).lowerBound
    builder.setRelationshipProperties(key, from: first, .integers([50, 40]))
    try builder.addRelationships(
      count: 3,
      byType: [
        (other, [GatheredRelationships.key(3, 0), GatheredRelationships.key(1, 0)], [0, 2]),
        (type, [GatheredRelationships.key(2, 0)], [1]),
      ])
    builder.setRelationshipProperties(key, from: first + 2, .integers([30, 20, 10]))
    let graph = try builder.build()
    #expect(graph.checkInvariants() == [])
    for relationship in graph.nodes().flatMap(\.outgoing) {
      #expect(relationship["n"] == .integer(Int64(relationship.source.id.rawValue) * 10))
    }
    #expect([graph.count(of: type), graph.count(of: other)] == [5, 3])
  }

  @Test func adjacencyOfABulkLoadIsSortedWithoutStoringIDs() throws {
    var builder = GraphBuilder()
    let type = try builder.makeTypeToken("T")
    try builder.addNodes(count: 4, labels: [])
    try builder.addRelationships(type: type, from: [3, 0, 3, 1, 3], to: [2, 1, 0, 1, 2])
    let graph = try builder.build()
    #expect(graph.checkInvariants() == [])
    var neighbours: [UInt32] = []
    graph.forEachNeighbour(of: NodeID(3), .outgoing, type: type) { neighbour, _ in neighbours.append(neighbour) }
    #expect(neighbours == [0, 2, 2])
    #expect(graph.relationships(from: NodeID(3), to: NodeID(2), type: type).count == 2)
    #expect(graph.relationships(from: NodeID(2), to: NodeID(3), type: type).isEmpty)
  }

  @Test func relationshipsOfABulkLoadMustEndAtItsNodes() throws {
    var builder = GraphBuilder()
    let type = try builder.makeTypeToken("T")
    try builder.addNode(labels: [])
    try builder.addRelationship(type: type, from: NodeID(0), to: NodeID(7))
    let error = #expect(throws: QueryError.self) { try builder.build() }
    #expect(error?.message == "relationship 0 ends at node 7, but there are only 1 nodes")
  }

  @Test func indexesReportConflicts() throws {
    var graph = Graph()
    let label = try graph.makeLabelToken("State")
    let key = try graph.makeKeyToken("code")
    let name = try graph.makeKeyToken("name")
    try graph.createIndex(name: "codes", label: label, key: key)
    #expect(
      graph.indexes == [IndexDescription(name: "codes", label: "State", key: "code", isUnique: false, constraint: nil)])
    var error = #expect(throws: QueryError.self) { try graph.createIndex(name: "codes", label: label, key: name) }
    #expect(error?.message == "an index named `codes` exists already")
    error = #expect(throws: QueryError.self) { try graph.createIndex(name: "others", label: label, key: key) }
    #expect(error?.message == "`codes` is an index on :State(code) already")
    error = #expect(throws: QueryError.self) { try graph.dropIndex(name: "names") }
    #expect(error?.message == "there is no index named `names`")
    #expect(graph.indexLookup(label: label, key: name, value: .integer(1)) == nil)
    #expect(graph.indexLookup(label: label, key: key, value: .null) == [])
  }

  @Test func stringsAreFoundByTheirBeginning() throws {
    var graph = Graph()
    let label = try graph.makeLabelToken("A")
    let key = try graph.makeKeyToken("name")
    let names = ["", "a", "ab", "ab\u{10ffff}", "ac", "b", "é", "e\u{301}", "\u{10ffff}", "\u{10ffff}z"]
    for name in names { _ = try graph.createNode(labels: [label], properties: [(key, .string(name))]) }
    _ = try graph.createNode(labels: [label], properties: [(key, .integer(1))])
    try graph.createIndex(name: "names", label: label, key: key)
    for isFolded in [false, true] {
      if isFolded { graph.fold() }
      for prefix in names + ["ab\u{10ffff}\u{10ffff}", "z"] {
        let found = graph.indexRange(label: label, key: key, IndexRange(prefix: prefix)).map { names[Int($0)] }
        #expect(found == names.filter { $0.utf8.starts(with: prefix.utf8) }, "names that begin with \(prefix)")
      }
    }
  }

  @Test func numbersAreFoundInAnIndexWhateverTheirType() throws {
    var graph = Graph()
    let label = try graph.makeLabelToken("A")
    let key = try graph.makeKeyToken("n")
    let whole = try graph.createNode(labels: [label], properties: [(key, .integer(2))])
    let float = try graph.createNode(labels: [label], properties: [(key, .float(2))])
    try graph.createIndex(name: "n", label: label, key: key)
    #expect(graph.indexLookup(label: label, key: key, value: .float(2)) == [whole.rawValue, float.rawValue])
    #expect(graph.indexLookup(label: label, key: key, value: .float(.nan)) == [])
    graph.fold()
    #expect(graph.indexLookup(label: label, key: key, value: .integer(2)) == [whole.rawValue, float.rawValue])
  }
}
