/// Some rows, column by column; columns are found by variable.
struct Batch: Sendable {
  /// One vector for each variable of the statement; `nil` for those that are not bound or that nobody reads.
  var columns: [Vector?]
  /// The number of rows.
  var count: Int

  /// Rows without columns.
  init(variableCount: Int, count: Int) {
    columns = Array(repeating: nil, count: variableCount)
    self.count = count
  }

  /// A column; null for a variable that is not bound.
  subscript(variable: VariableID) -> Vector {
    get { columns[variable.index] ?? .constant(.null, count: count) }
    set { columns[variable.index] = newValue }
  }

  /// The rows at the given positions, with only some columns. O(rows x columns).
  func gathered(_ rows: [Int32], keeping variables: [VariableID]) -> Batch {
    var result = Batch(variableCount: columns.count, count: rows.count)
    for variable in variables {
      result.columns[variable.index] = columns[variable.index]?.gathered(rows)
    }
    return result
  }

  /// One row repeated, with only some columns. O(columns).
  func repeated(row: Int, count: Int, keeping variables: [VariableID]) -> Batch {
    var result = Batch(variableCount: columns.count, count: count)
    for variable in variables {
      guard let vector = columns[variable.index] else { continue }
      result.columns[variable.index] = .constant(vector[row], count: count)
    }
    return result
  }
}

extension Array where Element == Batch {
  /// The rows of all batches in one, with only some columns. O(rows x columns).
  func joined(variableCount: Int, keeping variables: [VariableID]) -> Batch {
    if count == 1 { return self[0] }
    var result = Batch(variableCount: variableCount, count: reduce(0) { $0 + $1.count })
    for variable in variables {
      // A batch that knows nothing of a variable has null for it: OPTIONAL MATCH found nothing for any of its rows.
      guard contains(where: { $0.columns[variable.index] != nil }) else { continue }
      result.columns[variable.index] = Vector(joining: map { $0[variable] })
    }
    return result
  }
}

extension Vector {
  /// The rows of several vectors after each other; typed when all have the same type. O(rows).
  init(joining parts: [Vector]) {
    if parts.count == 1 {
      self = parts[0]
      return
    }
    self = Vector.joinedTyped(parts) ?? .values(parts.flatMap(\.valueArray))
  }

  private static func joinedTyped(_ parts: [Vector]) -> Vector? {
    switch parts.first {
    case .nodes:
      var ids: [UInt32] = []
      for part in parts {
        guard case .nodes(let more) = part else { return nil }
        ids += more
      }
      return .nodes(ids)
    case .relationships:
      var ids: [UInt32] = []
      for part in parts {
        guard case .relationships(let more) = part else { return nil }
        ids += more
      }
      return .relationships(ids)
    case .integers:
      var result = NullableArray<Int64>([])
      for part in parts {
        guard case .integers(let more) = part else { return nil }
        result.append(contentsOf: more)
      }
      return .integers(result)
    case .floats:
      var result = NullableArray<Double>([])
      for part in parts {
        guard case .floats(let more) = part else { return nil }
        result.append(contentsOf: more)
      }
      return .floats(result)
    case .booleans:
      var result: [Ternary] = []
      for part in parts {
        guard case .booleans(let more) = part else { return nil }
        result += more
      }
      return .booleans(result)
    case .strings(let first):
      var result = StringVector(heap: first.heap, views: [], hasDistinctViews: true)
      for part in parts {
        guard case .strings(let more) = part, more.heap === first.heap else { return nil }
        result.views += more.views
        result.hasDistinctViews = result.hasDistinctViews && more.hasDistinctViews
      }
      return .strings(result)
    case .values, .constant, nil: return nil
    }
  }
}

extension NullableArray {
  mutating func append(contentsOf other: NullableArray) {
    if isNull != nil || other.isNull != nil {
      isNull =
        (isNull ?? Array(repeating: false, count: elements.count))
        + (other.isNull ?? Array(repeating: false, count: other.elements.count))
    }
    elements += other.elements
  }
}
