/// Some rows, column by column; columns are found by variable.
struct Batch: Sendable {
  /// One vector for each variable of the statement; `nil` for those that are not bound or that nobody reads.
  var columns: [Vector?]
  /// The number of rows.
  var count: Int

  /// Rows without columns.
  init(variableCount: Int, count: Int) {
    // `Array(repeating:count:)` is not specialised for this type, and costs three times as much.
    columns = []
    columns.reserveCapacity(variableCount)
    for _ in 0..<variableCount { columns.append(nil) }
    self.count = count
  }

  /// A column; null for a variable that is not bound.
  subscript(variable: VariableID) -> Vector {
    get { columns[variable.index] ?? .constant(.null, count: count) }
    set { columns[variable.index] = newValue }
  }

  /// The nodes or relationships of a column, "none" among them; `nil` for a column of anything else.
  func elements(of variable: VariableID) -> (ids: [UInt32], areNodes: Bool)? {
    switch columns[variable.index] {
    case .nodes(let nodes): (nodes, true)
    case .relationships(let relationships): (relationships, false)
    default: nil
    }
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
    case .nodes: joined(parts) { if case .nodes(let ids) = $0 { ids } else { nil } }.map(nodes)
    case .relationships: joined(parts) { if case .relationships(let ids) = $0 { ids } else { nil } }.map(relationships)
    case .booleans: joined(parts) { if case .booleans(let truths) = $0 { truths } else { nil } }.map(booleans)
    case .integers: joined(parts) { if case .integers(let numbers) = $0 { numbers } else { nil } }.map(integers)
    case .floats: joined(parts) { if case .floats(let numbers) = $0 { numbers } else { nil } }.map(floats)
    case .dates: joined(parts) { if case .dates(let days) = $0 { days } else { nil } }.map(dates)
    case .strings(let first): joinedStrings(parts, after: first).map(strings)
    case .coded(let first): joinedCodes(parts, of: first.values).map(coded)
    case .values, .constant, nil: nil
    }
  }

  /// The elements of all parts; `nil` if one is of another type.
  private static func joined<Element>(_ parts: [Vector], _ elements: (Vector) -> [Element]?) -> [Element]? {
    var result: [Element] = []
    result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts {
      guard let more = elements(part) else { return nil }
      result += more
    }
    return result
  }

  private static func joined<Element>(
    _ parts: [Vector], _ elements: (Vector) -> NullableArray<Element>?
  ) -> NullableArray<Element>? {
    var result = NullableArray<Element>([])
    result.elements.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts {
      guard let more = elements(part) else { return nil }
      result.append(contentsOf: more)
    }
    return result
  }

  /// Only numbers of the same values can stand side by side.
  private static func joinedCodes(_ parts: [Vector], of values: CodedValues) -> CodedVector? {
    joined(parts) { if case .coded(let coded) = $0, coded.values === values { coded.rows } else { nil } }
      .map { CodedVector($0, of: values) }
  }

  /// Only strings of one heap can stand side by side.
  private static func joinedStrings(_ parts: [Vector], after first: StringVector) -> StringVector? {
    var result = first
    for part in parts.dropFirst() {
      guard case .strings(let more) = part, more.heap === first.heap else { return nil }
      result.append(contentsOf: more)
    }
    return result
  }
}
