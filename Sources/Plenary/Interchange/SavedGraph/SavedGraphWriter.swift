/// Writes a graph's base into the files of a saved graph.
package struct SavedGraphWriter {
  private var manifest = ByteEncoder()
  private let data: FileOutput

  private static let padding = [UInt8](repeating: 0, count: SavedGraphFormat.alignment)

  /// Writes both files into a directory, and waits until they are on the disk. O(graph).
  ///
  /// - Parameter graph: one that is all base, as after `fold()`.
  /// - Throws: `fileUnreadable`; `invalidArgumentValue` for a value that no property can have.
  static func write(_ graph: Graph, toDirectory path: String) throws(QueryError) {
    var writer = SavedGraphWriter(data: try FileOutput(path: "\(path)/\(SavedGraphFormat.dataName)"))
    try writer.append(graph)
    try writer.data.finish()
    try writer.writeManifest("\(path)/\(SavedGraphFormat.manifestName)")
  }

  private init(data: FileOutput) { self.data = data }

  private func writeManifest(_ path: String) throws(QueryError) {
    let file = try FileOutput(path: path)
    try file.write(SavedGraphWriter.header(of: manifest.bytes) + manifest.bytes)
    try file.finish()
  }

  /// What stands before a manifest in its file.
  package static func header(of manifest: [UInt8]) -> [UInt8] {
    var header = ByteEncoder()
    header.append(contentsOf: SavedGraphFormat.magic)
    header.append(fixed: SavedGraphFormat.version)
    header.append(fixed: 0 as UInt32)
    header.append(fixed: UInt64(manifest.count))
    header.append(fixed: manifest.withUnsafeBytes(Checksum.of))
    return header.bytes
  }

  private mutating func append(_ graph: Graph) throws(QueryError) { try append(graph.state, graph) }

  private mutating func append(_ state: borrowing GraphState, _ graph: Graph) throws(QueryError) {
    manifest.append(count: state.nodeCapacity)
    manifest.append(count: state.relationshipCapacity)
    for table in [state.catalog.labels, state.catalog.types, state.catalog.keys] {
      manifest.append(count: table.names.count)
      for name in table.names { manifest.append(name) }
    }
    try append(state.liveNodes, capacity: state.nodeCapacity)
    try append(state.liveRelationships, capacity: state.relationshipCapacity)
    manifest.append(count: state.labels.count)
    for label in state.labels { try append(label, capacity: state.nodeCapacity) }
    try append(state.base.sources)
    try append(state.base.targets)
    try append(state.base.types)
    manifest.append(count: state.base.outgoing.count)
    for (outgoing, incoming) in zip(state.base.outgoing, state.base.incoming) {
      try append(outgoing, sharing: state.base.targets)
      try append(incoming, sharing: state.base.targets)
    }
    try append(state.base.nodeColumns, graph)
    try append(state.base.relationshipColumns, graph)
    manifest.append(count: state.indexes.count)
    for index in state.indexes {
      manifest.append(index.name)
      manifest.append(count: Int(index.label.rawValue))
      manifest.append(count: Int(index.key.rawValue))
      if let constraint = index.constraint {
        manifest.append(SavedGraphFormat.Tag.Uniqueness.constraint)
        manifest.append(constraint)
      } else {
        manifest.append(
          index.isUnique ? SavedGraphFormat.Tag.Uniqueness.fact : SavedGraphFormat.Tag.Uniqueness.none)
      }
    }
    manifest.append(count: data.count)
  }

  // MARK: Arrays

  /// Writes an array to the data file, and its length and checksum to the manifest.
  private mutating func append<Element>(_ array: FlatArray<Element>) throws(QueryError) {
    try append(UnsafeRawBufferPointer(array.buffer), count: array.count)
    withExtendedLifetime(array) {}
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer, count: Int) throws(QueryError) {
    let padding = SavedGraphFormat.aligned(data.count) - data.count
    if padding > 0 { try data.write(Array(SavedGraphWriter.padding.prefix(padding))) }
    try data.write(bytes)
    manifest.append(count: count)
    manifest.append(fixed: Checksum.of(bytes))
  }

  private mutating func append(_ bitmap: Bitmap, capacity: Int) throws(QueryError) {
    guard bitmap.count < capacity else {
      manifest.append(SavedGraphFormat.Tag.Bitmap.all)
      return
    }
    manifest.append(SavedGraphFormat.Tag.Bitmap.leaves)
    let leaves = bitmap.leafWords
    try append(FlatArray(leaves.map(\.index)))
    let words = FlatArray<UInt64>(uninitializedCount: leaves.count * Bitmap.leafWordCount)
    for (position, leaf) in leaves.enumerated() {
      (words.start + position * Bitmap.leafWordCount).initialize(from: leaf.words, count: Bitmap.leafWordCount)
    }
    try append(words)
  }

  private mutating func append(_ types: RelationshipTypes) throws(QueryError) {
    switch types {
    case .none: manifest.append(SavedGraphFormat.Tag.Types.none)
    case .one(let type):
      manifest.append(SavedGraphFormat.Tag.Types.one)
      manifest.append(count: Int(type))
    case .runs(let starts):
      manifest.append(SavedGraphFormat.Tag.Types.runs)
      try append(starts)
    case .narrow(let types):
      manifest.append(SavedGraphFormat.Tag.Types.narrow)
      try append(types)
    case .wide(let types):
      manifest.append(SavedGraphFormat.Tag.Types.wide)
      try append(types)
    }
  }

  private mutating func append(_ rows: RowMap) throws(QueryError) {
    switch rows.form {
    case .all:
      manifest.append(SavedGraphFormat.Tag.Rows.range)
      manifest.append(count: Int(rows.first))
      manifest.append(count: rows.rowCount)
    case .ranked(let words, _):
      manifest.append(SavedGraphFormat.Tag.Rows.words)
      manifest.append(count: Int(rows.first))
      manifest.append(count: rows.idCount)
      try append(words)
    case .sorted(let ids, _, _):
      manifest.append(SavedGraphFormat.Tag.Rows.ids)
      try append(ids)
    }
  }

  private mutating func append(
    _ adjacency: CompressedAdjacency?, sharing targets: FlatArray<UInt32>
  ) throws(QueryError) {
    guard let adjacency else {
      manifest.append(SavedGraphFormat.Tag.absent)
      return
    }
    manifest.append(SavedGraphFormat.Tag.present)
    try append(adjacency.rows)
    try append(adjacency.offsets)
    let neighbours = adjacency.neighbours
    let isShared =
      neighbours.start >= targets.start && neighbours.start + neighbours.count <= targets.start + targets.count
    manifest.append(isShared ? SavedGraphFormat.Tag.absent : SavedGraphFormat.Tag.present)
    if isShared {
      manifest.append(count: neighbours.start - targets.start)
      manifest.append(count: neighbours.count)
    } else {
      try append(neighbours)
    }
    if let relationships = adjacency.relationships {
      manifest.append(SavedGraphFormat.Tag.present)
      try append(relationships)
    } else {
      manifest.append(SavedGraphFormat.Tag.absent)
      manifest.append(count: Int(adjacency.firstRelationship))
    }
  }

  // MARK: Columns

  private mutating func append(_ columns: [PropertyColumn?], _ graph: Graph) throws(QueryError) {
    manifest.append(count: columns.count)
    for (key, column) in columns.enumerated() {
      guard let column else {
        manifest.append(SavedGraphFormat.Tag.absent)
        continue
      }
      manifest.append(SavedGraphFormat.Tag.present)
      try append(column.rows)
      try append(column.storage) { graph.keyName(KeyToken(key)) }
    }
  }

  private mutating func append(
    _ storage: PropertyColumn.Storage, name: () -> String
  ) throws(QueryError) {
    typealias Tag = SavedGraphFormat.Tag.Column
    switch storage {
    case .int8(let numbers): try append(Tag.int8, numbers)
    case .int16(let numbers): try append(Tag.int16, numbers)
    case .int32(let numbers): try append(Tag.int32, numbers)
    case .int64(let numbers): try append(Tag.int64, numbers)
    case .floats(let numbers): try append(Tag.floats, numbers)
    case .booleans(let truths): try append(Tag.booleans, truths)
    case .dates(let days): try append(Tag.dates, days)
    case .strings(let heap, let offsets):
      manifest.append(Tag.strings)
      try append(heap, offsets)
    case .dictionary8(let codes, let heap, let offsets):
      try append(Tag.dictionary8, codes)
      try append(heap, offsets)
    case .dictionary16(let codes, let heap, let offsets):
      try append(Tag.dictionary16, codes)
      try append(heap, offsets)
    case .dictionary32(let codes, let heap, let offsets):
      try append(Tag.dictionary32, codes)
      try append(heap, offsets)
    case .values(let values):
      manifest.append(Tag.values)
      var encoder = ByteEncoder()
      for value in values where !encoder.append(value) {
        throw QueryError(
          .invalidArgumentValue,
          "found \(value.valueType.phrase) in property `\(name())`, expected a value that can be saved")
      }
      try append(FlatArray(encoder.bytes))
    }
  }

  private mutating func append<Element>(_ tag: UInt8, _ array: FlatArray<Element>) throws(QueryError) {
    manifest.append(tag)
    try append(array)
  }

  private mutating func append(_ heap: StringHeap, _ offsets: FlatArray<UInt32>) throws(QueryError) {
    try append(UnsafeRawBufferPointer(heap.bytes), count: heap.bytes.count)
    withExtendedLifetime(heap) {}
    try append(offsets)
  }
}
