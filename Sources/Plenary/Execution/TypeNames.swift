/// The names of a graph's relationship types as a dictionary, whose codes are their tokens: `type(r)` of many rows makes
/// no text.
struct TypeNames {
  private let heap: StringHeap
  private let offsets: FlatArray<UInt32>

  init(of graph: Graph) {
    let names = graph.state.catalog.types.names
    heap = StringHeap(names.flatMap(\.utf8))
    offsets = FlatArray(names.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt32($1.utf8.count)) })
  }

  /// Whether the graph has had no type since; tokens are never taken back.
  func isCurrent(in graph: Graph) -> Bool { offsets.count == graph.state.catalog.types.names.count + 1 }

  /// The type of each relationship; null for none.
  func strings(of relationships: [UInt32], in graph: Graph) -> StringVector {
    let codes = relationships.map { relationship in
      relationship == RelationshipID.noneRawValue
        ? StringVector.Codes.nullCode : UInt32(graph.state.type(of: relationship).rawValue)
    }
    return StringVector(heap: heap, codes: .init(rows: codes, offsets: offsets))
  }
}
