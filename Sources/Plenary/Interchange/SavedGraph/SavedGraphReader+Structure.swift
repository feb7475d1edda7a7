// The parts of a graph, in the order that `SavedGraphWriter` writes them. Each function reads its part of the manifest
// and returns what makes the part when the arrays are there.

extension SavedGraphReader {
  private typealias Tag = SavedGraphFormat.Tag

  mutating func graph() throws(QueryError) -> Later<Graph> {
    let nodeCapacity = try manifest.count(atMost: Int(NodeID.noneRawValue))
    let relationshipCapacity = try manifest.count(atMost: Int(RelationshipID.noneRawValue))
    let catalog = try catalog()
    let typeCount = catalog.types.names.count
    let liveNodes = try bitmap(capacity: nodeCapacity)
    let liveRelationships = try bitmap(capacity: relationshipCapacity)
    var labels: [Later<Bitmap>] = []
    for _ in 0..<(try manifest.count(atMost: catalog.labels.names.count)) {
      labels.append(try bitmap(capacity: nodeCapacity))
    }
    let sources = try array(of: UInt32.self, count: relationshipCapacity)
    let targets = try array(of: UInt32.self, count: relationshipCapacity)
    let types = try relationshipTypes(count: relationshipCapacity, typeCount)
    var outgoing: [Later<CompressedAdjacency?>] = []
    var incoming: [Later<CompressedAdjacency?>] = []
    for _ in 0..<(try manifest.count(atMost: typeCount)) {
      outgoing.append(try adjacency(nodeCapacity, relationshipCapacity, targets))
      incoming.append(try adjacency(nodeCapacity, relationshipCapacity, targets))
    }
    let nodeColumns = try columns(capacity: nodeCapacity, keyCount: catalog.keys.names.count)
    let relationshipColumns = try columns(capacity: relationshipCapacity, keyCount: catalog.keys.names.count)
    let indexes = try indexes(catalog)
    return { [labels, outgoing, incoming] () throws(QueryError) in
      try sources.checkBelow(nodeCapacity)
      try targets.checkBelow(nodeCapacity)
      var state = GraphState()
      state.catalog = catalog
      state.nodeCapacity = nodeCapacity
      state.relationshipCapacity = relationshipCapacity
      state.liveNodes = try liveNodes()
      state.liveRelationships = try liveRelationships()
      for label in labels { state.labels.append(try label()) }
      state.base = GraphBase(
        nodeCount: nodeCapacity, sources: sources.array, targets: targets.array, types: try types(),
        outgoing: try outgoing.made(), incoming: try incoming.made(), nodeColumns: try nodeColumns.made(),
        relationshipColumns: try relationshipColumns.made())
      try SavedGraphReader.checkAgreement(state, sources)
      state.counters = GraphCounters(countingBaseOf: state)
      state.columnStatistics = ColumnStatisticsCache()
      for index in indexes {
        var index = index
        index.rebuild(from: state)
        state.indexes.append(index)
      }
      return Graph(state)
    }
  }

  private mutating func catalog() throws(QueryError) -> Catalog {
    var catalog = Catalog()
    for _ in 0..<(try manifest.count(atMost: 1 << 16)) {
      let place = manifest.position
      let name = try manifest.text()
      guard catalog.labels.token(name) == nil else { throw manifest.failure("found label `\(name)` again", at: place) }
      _ = try catalog.makeLabel(name)
    }
    for _ in 0..<(try manifest.count(atMost: 1 << 16)) {
      let place = manifest.position
      let name = try manifest.text()
      guard catalog.types.token(name) == nil else { throw manifest.failure("found type `\(name)` again", at: place) }
      _ = try catalog.makeType(name)
    }
    for _ in 0..<(try manifest.count(atMost: 1 << 24)) {
      let place = manifest.position
      let name = try manifest.text()
      guard catalog.keys.token(name) == nil else {
        throw manifest.failure("found property key `\(name)` again", at: place)
      }
      _ = try catalog.makeKey(name)
    }
    return catalog
  }

  private mutating func bitmap(capacity: Int) throws(QueryError) -> Later<Bitmap> {
    let place = manifest.position
    switch try manifest.byte() {
    case Tag.Bitmap.all:
      return { () throws(QueryError) in
        var bitmap = Bitmap()
        bitmap.insert(0..<UInt32(capacity))
        return bitmap
      }
    case Tag.Bitmap.leaves:
      let leaves = try array(of: UInt32.self)
      let words = try array(of: UInt64.self, count: leaves.count * Bitmap.leafWordCount)
      return { () throws(QueryError) in
        try leaves.checkAscending()
        try leaves.checkBelow((capacity + 64 * Bitmap.leafWordCount - 1) / (64 * Bitmap.leafWordCount))
        let bitmap = Bitmap(leaves: leaves.array, words: words.array)
        if let beyond = bitmap.firstID(atOrAbove: UInt32(capacity)) {
          throw words.damage(at: max(0, words.count - 1), "found id \(beyond) in a set, expected less than \(capacity)")
        }
        return bitmap
      }
    case let tag: throw manifest.failure("found form \(tag) of a set, expected 0 or 1", at: place)
    }
  }

  private mutating func relationshipTypes(
    count: Int, _ typeCount: Int
  ) throws(QueryError) -> Later<RelationshipTypes> {
    let place = manifest.position
    switch try manifest.byte() {
    case Tag.Types.none where count == 0: return { () throws(QueryError) in .none }
    case Tag.Types.one:
      let type = try manifest.count(atMost: typeCount - 1)
      return { () throws(QueryError) in .one(UInt16(type)) }
    case Tag.Types.runs:
      let starts = try array(of: UInt32.self)
      guard (1...max(typeCount, 1)).contains(starts.count) else {
        throw manifest.failure("found \(starts.count) runs of types, expected 1 to \(typeCount)", at: place)
      }
      return { () throws(QueryError) in
        try starts.checkOffsets(upTo: Int(starts.array[starts.count - 1]))
        return .runs(starts: starts.array)
      }
    case Tag.Types.narrow:
      let types = try array(of: UInt8.self, count: count)
      return { () throws(QueryError) in
        try types.checkBelow(typeCount)
        return .narrow(types.array)
      }
    case Tag.Types.wide:
      let types = try array(of: UInt16.self, count: count)
      return { () throws(QueryError) in
        try types.checkBelow(typeCount)
        return .wide(types.array)
      }
    case let tag: throw manifest.failure("found form \(tag) of types, expected 0 to 4", at: place)
    }
  }

  private mutating func indexes(_ catalog: Catalog) throws(QueryError) -> [PropertyIndex] {
    struct Indexed: Hashable {
      let label: Int
      let key: Int
    }
    var known: Set<Indexed> = []
    var indexes: [PropertyIndex] = []
    // Each takes four bytes at least.
    for _ in 0..<(try manifest.count(atMost: manifest.remaining / 4)) {
      let place = manifest.position
      let name = try manifest.text()
      let label = try manifest.count(atMost: catalog.labels.names.count - 1)
      let key = try manifest.count(atMost: catalog.keys.names.count - 1)
      let uniqueness = try manifest.byte()
      guard known.insert(Indexed(label: label, key: key)).inserted else {
        throw manifest.failure("found a second index on the same label and property", at: place)
      }
      var index = PropertyIndex(
        name: name, label: LabelToken(rawValue: UInt16(label)), key: KeyToken(rawValue: UInt32(key)),
        isUnique: uniqueness != Tag.Uniqueness.none)
      if uniqueness == Tag.Uniqueness.constraint { index.constraint = try manifest.text() }
      indexes.append(index)
    }
    return indexes
  }

  /// Checks what no single part shows: only what lives has labels and relationships, and both directions have all of
  /// these.
  private static func checkAgreement(
    _ state: borrowing GraphState, _ sources: SavedArray<UInt32>
  ) throws(QueryError) {
    for (label, bitmap) in state.labels.enumerated() where !bitmap.isSubset(of: state.liveNodes) {
      throw QueryError(
        damageIn: sources.file, at: 0, "found label `\(state.catalog.labels.name(label))` on a node that does not live")
    }
    let live = state.liveRelationships.count
    for adjacencies in [state.base.outgoing, state.base.incoming] {
      let found = adjacencies.reduce(0) { $0 + ($1?.relationshipCount ?? 0) }
      guard found == live else {
        throw QueryError(
          damageIn: sources.file, at: sources.offset, "found \(found) relationships in the adjacency, expected \(live)")
      }
    }
    guard state.liveNodes.count < state.nodeCapacity else { return }
    for id in 0..<UInt32(state.relationshipCapacity) where state.liveRelationships.contains(id) {
      let (source, target) = state.endpoints(of: id)
      guard state.liveNodes.contains(source), state.liveNodes.contains(target) else {
        throw sources.damage(at: Int(id), "found a relationship with an end that does not live")
      }
    }
  }

  // MARK: Rows

  mutating func rows(capacity: Int) throws(QueryError) -> (count: Int?, make: Later<RowMap>) {
    let place = manifest.position
    switch try manifest.byte() {
    case Tag.Rows.range:
      let first = try manifest.count(atMost: capacity)
      let count = try manifest.count(atMost: capacity - first)
      return (count, { () throws(QueryError) in RowMap(first: UInt32(first), count: count) })
    case Tag.Rows.words:
      let first = try manifest.count(atMost: capacity)
      let idCount = try manifest.count(atMost: capacity - first)
      let words = try array(of: UInt64.self, count: (idCount + 63) / 64)
      return (
        nil,
        { () throws(QueryError) in
          let beyond = idCount % 64 == 0 ? 0 : UInt64.max << UInt64(idCount % 64)
          if words.count > 0, words.array[words.count - 1] & beyond != 0 {
            throw words.damage(at: words.count - 1, "found an id in a set, expected less than \(first + idCount)")
          }
          return RowMap(first: UInt32(first), idCount: idCount, words: words.array)
        }
      )
    case Tag.Rows.ids:
      let ids = try array(of: UInt32.self)
      return (
        ids.count,
        { () throws(QueryError) in
          try ids.checkAscending()
          try ids.checkBelow(capacity)
          return RowMap(sortedIDs: ids.array)
        }
      )
    case let tag: throw manifest.failure("found form \(tag) of rows, expected 0 to 2", at: place)
    }
  }

  // MARK: Adjacency

  private mutating func adjacency(
    _ nodeCapacity: Int, _ relationshipCapacity: Int, _ targets: SavedArray<UInt32>
  ) throws(QueryError) -> Later<CompressedAdjacency?> {
    guard try manifest.byte() != Tag.absent else { return { () throws(QueryError) in nil } }
    let rows = try rows(capacity: nodeCapacity).make
    let offsets = try array(of: UInt32.self)
    let neighbours: SavedArray<UInt32>
    if try manifest.byte() == Tag.absent {
      let start = try manifest.count(atMost: targets.count)
      let count = try manifest.count(atMost: targets.count - start)
      neighbours = SavedArray(
        array: FlatArray(targets.array, in: start..<start + count), offset: targets.offset + start * 4,
        file: targets.file)
    } else {
      neighbours = try array()
    }
    var relationships: SavedArray<UInt32>?
    var first = 0
    if try manifest.byte() == Tag.absent {
      guard neighbours.count <= relationshipCapacity else {
        throw manifest.failure("found \(neighbours.count) neighbours, expected at most \(relationshipCapacity)")
      }
      first = try manifest.count(atMost: relationshipCapacity - neighbours.count)
    } else {
      relationships = try array(count: neighbours.count)
    }
    return { [relationships, first] () throws(QueryError) in
      let rows = try rows()
      guard offsets.count == rows.rowCount + 1 else {
        throw offsets.damage(at: 0, "found \(offsets.count) offsets, expected \(rows.rowCount + 1)")
      }
      try offsets.checkOffsets(upTo: neighbours.count)
      try neighbours.checkBelow(nodeCapacity)
      try relationships?.checkBelow(relationshipCapacity)
      for row in 0..<rows.rowCount {
        let (start, end) = (Int(offsets.array.start[row]), Int(offsets.array.start[row &+ 1]))
        guard end &- start > 1 else { continue }
        for position in start &+ 1..<end
        where neighbours.array.start[position] < neighbours.array.start[position &- 1] {
          throw neighbours.damage(at: position, "found a neighbour out of order")
        }
      }
      return CompressedAdjacency(
        rows: rows, offsets: offsets.array, neighbours: neighbours.array, relationships: relationships?.array,
        firstRelationship: UInt32(first))
    }
  }
}

extension [SavedGraphReader.Later<CompressedAdjacency?>] {
  fileprivate func made() throws(QueryError) -> [CompressedAdjacency?] {
    var all: [CompressedAdjacency?] = []
    for later in self { all.append(try later()) }
    return all
  }
}

extension [SavedGraphReader.Later<PropertyColumn?>] {
  fileprivate func made() throws(QueryError) -> [PropertyColumn?] {
    var all: [PropertyColumn?] = []
    for later in self { all.append(try later()) }
    return all
  }
}
