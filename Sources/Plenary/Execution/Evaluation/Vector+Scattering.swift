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
      Vector.scatteredNumbers(parts, count).map(Vector.integers)
      ?? Vector.scatteredFloats(parts, count).map(Vector.floats)
      ?? Vector.scatteredConstants(parts, count)
      ?? Vector.scatteredValues(parts, count)
  }

  private static func scatteredNumbers(
    _ parts: [(rows: [Int32], values: Vector)], _ count: Int
  ) -> NullableArray<Int64>? {
    scattered(parts, count) { vector in
      switch vector {
      case .integers(let numbers): .column(numbers)
      case .constant(.integer(let number), _): .one(number)
      case .constant(.null, _): .null
      default: nil
      }
    }
  }

  private static func scatteredFloats(
    _ parts: [(rows: [Int32], values: Vector)], _ count: Int
  ) -> NullableArray<Double>? {
    scattered(parts, count) { vector in
      switch vector {
      case .floats(let numbers): .column(numbers)
      case .constant(.float(let number), _): .one(number)
      case .constant(.null, _): .null
      default: nil
      }
    }
  }

  /// What one part gives to its rows.
  private enum Gift<Number: Sendable> {
    case column(NullableArray<Number>)
    case one(Number)
    case null
  }

  private static func scattered<Number: ExpressibleByZero>(
    _ parts: [(rows: [Int32], values: Vector)], _ count: Int, _ gift: (Vector) -> Gift<Number>?
  ) -> NullableArray<Number>? {
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
