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

  /// Sorts relationships by type and builds both directions of each. O(nodes + relationships).
  ///
  /// - Parameter isLive: leaves deleted relationships out.
  static func buildAdjacency(
    typeCount: Int, sources: FlatArray<UInt32>, targets: FlatArray<UInt32>, types: RelationshipTypes,
    isLive: (UInt32) -> Bool
  ) -> (outgoing: [CompressedAdjacency?], incoming: [CompressedAdjacency?]) {
    var idsOfType: [[UInt32]] = Array(repeating: [], count: typeCount)
    for id in 0..<UInt32(sources.count) where isLive(id) { idsOfType[Int(types[id])].append(id) }
    var outgoing: [CompressedAdjacency?] = Array(repeating: nil, count: typeCount)
    var incoming = outgoing
    for type in 0..<typeCount where !idsOfType[type].isEmpty {
      let both = CompressedAdjacency.build(
        relationships: idsOfType[type], sources: sources.start, targets: targets.start)
      outgoing[type] = both.outgoing
      incoming[type] = both.incoming
      idsOfType[type] = []
    }
    return (outgoing, incoming)
  }
}

/// The type of each relationship of a base, in no more bytes than the number of types asks for.
enum RelationshipTypes: Sendable {
  /// There are no relationships.
  case none
  /// All are of one type.
  case one(UInt16)
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
    case .narrow(let types): UInt16(types[Int(id)])
    case .wide(let types): types[Int(id)]
    }
  }
}
