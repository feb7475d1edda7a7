/// Functions of numbers on whole columns, one loop for each type.
enum NumberColumns {
  /// What a function from a float to a float makes of each number of a single argument.
  @inline(__always)
  static func floats(_ arguments: [Vector], _ function: (Double) -> Double) -> Vector? {
    guard arguments.count == 1 else { return nil }
    switch arguments[0] {
    case .floats(let numbers):
      return .floats(NullableArray(numbers.elements.map(function), isNull: numbers.isNull))
    case .integers(let numbers):
      return .floats(NullableArray(numbers.elements.map { function(Double($0)) }, isNull: numbers.isNull))
    default: return nil
    }
  }

  /// `abs`; an integer without a positive counterpart is left to the general way.
  @Sendable static func magnitudes(_ arguments: [Vector]) -> Vector? {
    switch arguments.first {
    case .floats(let numbers):
      return .floats(NullableArray(numbers.elements.map(\.magnitude), isNull: numbers.isNull))
    case .integers(let numbers) where !numbers.elements.contains(.min):
      return .integers(NullableArray(numbers.elements.map { $0 < 0 ? 0 &- $0 : $0 }, isNull: numbers.isNull))
    default: return nil
    }
  }

  /// `toInteger`: floats without their fraction, null where that does not fit.
  @Sendable static func integers(_ arguments: [Vector]) -> Vector? {
    switch arguments.first {
    case .integers: return arguments[0]
    case .floats(let numbers):
      return integers(numbers).map(Vector.integers)
    default: return nil
    }
  }

  private static func integers(_ numbers: NullableArray<Double>) -> NullableArray<Int64>? {
    let elements = numbers.elements
    var fit = true
    let integers = [Int64](unsafeUninitializedCapacity: elements.count) { target, count in
      elements.withUnsafeBufferPointer { elements in
        for row in 0..<elements.count {
          // NaN is on neither side.
          let fits = abs(elements[row]) < 0x1p63
          target[row] = fits ? Int64(elements[row]) : 0
          fit = fit && fits
        }
      }
      count = elements.count
    }
    if fit { return NullableArray(integers, isNull: numbers.isNull) }
    // -2^63 fits too; the general way knows.
    guard !elements.contains(-0x1p63) else { return nil }
    let isNull = elements.indices.map { !(abs(elements[$0]) < 0x1p63) || numbers.isNull?[$0] == true }
    return NullableArray(integers, isNull: isNull)
  }
}
