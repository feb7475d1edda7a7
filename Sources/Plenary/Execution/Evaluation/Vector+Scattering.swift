extension Vector {
  /// Values for some of the rows in each part, put together; rows in no part are null. O(rows).
  ///
  /// - Precondition: no row is in two parts.
  init(scattering parts: [(rows: [Int32], values: Vector)], count: Int) {
    if parts.count == 1, parts[0].rows.count == count {
      self = parts[0].values
      return
    }
    self =
      Vector.scattered(
        parts, count, { if case .integers(let numbers) = $0 { numbers } else { nil } },
        { if case .integer(let number) = $0 { number } else { nil } }
      ).map(Vector.integers)
      ?? Vector.scattered(
        parts, count, { if case .floats(let numbers) = $0 { numbers } else { nil } },
        { if case .float(let number) = $0 { number } else { nil } }
      ).map(Vector.floats)
      ?? Vector.scatteredConstants(parts, count)
      ?? Vector.scatteredValues(parts, count)
  }

  /// What one part gives to its rows.
  private enum Gift<Number: Sendable> {
    case column(NullableArray<Number>)
    case one(Number)
    case null
  }

  /// The parts as one array of numbers, where all of them are made of such numbers and null.
  ///
  /// - Parameters:
  ///   - column: the array of a vector, if it is one of such numbers.
  ///   - number: the number in a value, if it is such a number.
  private static func scattered<Number: ExpressibleByZero>(
    _ parts: [(rows: [Int32], values: Vector)], _ count: Int,
    _ column: (Vector) -> NullableArray<Number>?, _ number: (Value) -> Number?
  ) -> NullableArray<Number>? {
    func gift(_ vector: Vector) -> Gift<Number>? {
      switch vector {
      case .constant(.null, _): .null
      case .constant(let value, _): number(value).map(Gift.one)
      default: column(vector).map(Gift.column)
      }
    }
    var result = NullableArray<Number>(Array(repeating: .zero, count: count))
    var filled = 0
    var isAnyNull = false
    for part in parts {
      switch gift(part.values) {
      case .column(let numbers):
        filled += part.rows.count
        isAnyNull = isAnyNull || numbers.isNull != nil
      case .one: filled += part.rows.count
      case .null: isAnyNull = true
      case nil: return nil
      }
    }
    if isAnyNull || filled < count { result.isNull = Array(repeating: true, count: count) }
    for part in parts {
      guard let gift = gift(part.values) else { continue }
      result.elements.withUnsafeMutableBufferPointer { elements in
        switch gift {
        case .column(let numbers):
          for (index, row) in part.rows.enumerated() { elements[Int(row)] = numbers.elements[index] }
        case .one(let number): for row in part.rows { elements[Int(row)] = number }
        case .null: break
        }
      }
      guard result.isNull != nil else { continue }
      switch gift {
      case .column(let numbers):
        for (index, row) in part.rows.enumerated() { result.isNull?[Int(row)] = numbers.isNull?[index] ?? false }
      case .one: for row in part.rows { result.isNull?[Int(row)] = false }
      case .null: break
      }
    }
    return result
  }

  /// Parts with one value each.
  private static func scatteredConstants(_ parts: [(rows: [Int32], values: Vector)], _ count: Int) -> Vector? {
    var values: [Value] = [.null]
    var numbers = [Int32](repeating: 0, count: count)
    for part in parts {
      guard case .constant(let value, _) = part.values else { return nil }
      for row in part.rows { numbers[Int(row)] = Int32(values.count) }
      values.append(value)
    }
    return Vector(values, numbered: numbers)
  }

  private static func scatteredValues(_ parts: [(rows: [Int32], values: Vector)], _ count: Int) -> Vector {
    var result: [Value] = Array(repeating: .null, count: count)
    for part in parts {
      for (index, row) in part.rows.enumerated() { result[Int(row)] = part.values[index] }
    }
    return Vector(narrowing: result)
  }
}
