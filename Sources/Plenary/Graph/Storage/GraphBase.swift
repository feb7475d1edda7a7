/// The immutable part of a graph: what was there at the last fold or bulk load, as flat arrays.
///
/// Ids below `nodeCount` and `relationshipCount` belong to the base; what happened to them since, and everything newer,
/// is in the `GraphState` around it. Deleted elements keep their ids, and relationships their end points.
final class GraphBase: Sendable {
  let nodeCount: Int
  let relationshipCount: Int
  /// The end points and type of every relationship ever made, by id.
  let sources: FlatArray<UInt32>
  let targets: FlatArray<UInt32>
  let types: RelationshipTypes
  /// The adjacency of the relationships that live, by type token; `nil` for a type without any.
  let outgoing: [CompressedAdjacency?]
  let incoming: [CompressedAdjacency?]
  /// By key token; `nil` for a key that no element has.
  let nodeColumns: [PropertyColumn?]
  let relationshipColumns: [PropertyColumn?]

  init(
    nodeCount: Int, sources: FlatArray<UInt32>, targets: FlatArray<UInt32>, types: RelationshipTypes,
    outgoing: [CompressedAdjacency?], incoming: [CompressedAdjacency?], nodeColumns: [PropertyColumn?],
    relationshipColumns: [PropertyColumn?]
  ) {
    self.nodeCount = nodeCount
    relationshipCount = sources.count
    self.sources = sources
    self.targets = targets
    self.types = types
    self.outgoing = outgoing
    self.incoming = incoming
    self.nodeColumns = nodeColumns
    self.relationshipColumns = relationshipColumns
  }

  static let empty = GraphBase(
    nodeCount: 0, sources: FlatArray([]), targets: FlatArray([]), types: .none, outgoing: [], incoming: [],
    nodeColumns: [], relationshipColumns: [])

  func adjacency(_ direction: AdjacencyDirection) -> [CompressedAdjacency?] {
    direction == .outgoing ? outgoing : incoming
  }

  /// The adjacency of a type in a direction.
  @inline(__always)
  func adjacency(_ direction: AdjacencyDirection, _ type: TypeToken) -> CompressedAdjacency? {
    let adjacencies = direction == .outgoing ? outgoing : incoming
    return Int(type.rawValue) < adjacencies.count ? adjacencies[Int(type.rawValue)] : nil
  }

  func nodeColumn(_ key: KeyToken) -> PropertyColumn? {
    Int(key.rawValue) < nodeColumns.count ? nodeColumns[Int(key.rawValue)] : nil
  }

  func relationshipColumn(_ key: KeyToken) -> PropertyColumn? {
    Int(key.rawValue) < relationshipColumns.count ? relationshipColumns[Int(key.rawValue)] : nil
  }
}

/// The type of each relationship of a base, in no more bytes than the number of types asks for.
enum RelationshipTypes: Sendable {
  /// There are no relationships.
  case none
  /// All are of one type.
  case one(UInt16)
  /// Relationships are sorted by type: those of type `t` start at `starts[t]`.
  case runs(starts: FlatArray<UInt32>)
  case narrow(FlatArray<UInt8>)
  case wide(FlatArray<UInt16>)

  init(_ types: [UInt16]) {
    guard let first = types.first else {
      self = .none
      return
    }
    if types.allSatisfy({ $0 == first }) {
      self = .one(first)
    } else if types.allSatisfy({ $0 < 256 }) {
      let narrow = FlatArray<UInt8>(uninitializedCount: types.count)
      for (index, type) in types.enumerated() { narrow.start[index] = UInt8(truncatingIfNeeded: type) }
      self = .narrow(narrow)
    } else {
      self = .wide(FlatArray(types))
    }
  }

  @inline(__always)
  subscript(id: UInt32) -> UInt16 {
    switch self {
    case .none: 0
    case .one(let type): type
    case .runs(let starts): RelationshipTypes.run(of: id, starts)
    case .narrow(let types): UInt16(types[Int(id)])
    case .wide(let types): types[Int(id)]
    }
  }
  /// The last run that starts at or before an id.
  private static func run(of id: UInt32, _ starts: FlatArray<UInt32>) -> UInt16 {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts.start[middle] <= id { low = middle } else { high = middle }
    }
    return UInt16(truncatingIfNeeded: low)
  }

  /// The types with those of newer relationships behind them. O(relationships), O(1) while all are of one type.
  func appending(_ newer: [UInt16], to count: Int) -> RelationshipTypes {
    if newer.isEmpty { return self }
    if count == 0 { return RelationshipTypes(newer) }
    if case .one(let type) = self, newer.allSatisfy({ $0 == type }) { return self }
    let isNarrow = (0..<count).allSatisfy { self[UInt32($0)] < 256 } && newer.allSatisfy { $0 < 256 }
    if isNarrow {
      let narrow = FlatArray<UInt8>(uninitializedCount: count + newer.count)
      for id in 0..<count { narrow.start[id] = UInt8(truncatingIfNeeded: self[UInt32(id)]) }
      for (index, type) in newer.enumerated() { narrow.start[count + index] = UInt8(truncatingIfNeeded: type) }
      return .narrow(narrow)
    }
    let wide = FlatArray<UInt16>(uninitializedCount: count + newer.count)
    for id in 0..<count { wide.start[id] = self[UInt32(id)] }
    for (index, type) in newer.enumerated() { wide.start[count + index] = type }
    return .wide(wide)
  }
}
