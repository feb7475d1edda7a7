/// `x IN list` for columns of integers and strings and one list for all rows.
enum MembershipKernel {
  /// Tests a column against a list of values of its type; `nil` sends other operands down the general path.
  static func apply(_ column: Vector, _ list: Vector) -> [Ternary]? {
    guard case .constant(.list(let elements), _) = list, elements.count < Int(Int32.max) else { return nil }
    let hasNull = elements.contains(where: \.isNull)
    // An element that is null may be equal to anything.
    let otherwise = hasNull ? Ternary.null : .false
    switch column {
    case .integers(let numbers):
      guard let wanted = integers(elements) else { return nil }
      guard !elements.isEmpty else { return Array(repeating: .false, count: numbers.elements.count) }
      let test = IntegerSet(wanted)
      return numbers.elements.indices.map { row in
        if let isNull = numbers.isNull, isNull[row] { return .null }
        return test.contains(numbers.elements[row]) ? .true : otherwise
      }
    case .strings(let strings):
      guard let wanted = texts(elements) else { return nil }
      guard !elements.isEmpty else { return Array(repeating: .false, count: strings.count) }
      return strings.views.map { view in
        if view.isNull { return .null }
        let bytes = strings.heap.bytes(of: view)
        return wanted[ValueHash.bytes(bytes)]?.contains { $0.count == bytes.count && bytes.elementsEqual($0) } ?? false
          ? .true : otherwise
      }
    default: return nil
    }
  }

  /// The integers of a list of integers and nulls.
  private static func integers(_ elements: [Value]) -> [Int64]? {
    var result: [Int64] = []
    for element in elements {
      switch element {
      case .integer(let number): result.append(number)
      case .null: break
      default: return nil
      }
    }
    return result
  }

  /// The texts of a list of strings and nulls, by hash.
  private static func texts(_ elements: [Value]) -> [UInt64: [[UInt8]]]? {
    var result: [UInt64: [[UInt8]]] = [:]
    for element in elements {
      switch element {
      case .string(let text):
        let bytes = Array(text.utf8)
        result[bytes.withUnsafeBufferPointer { ValueHash.bytes($0) }, default: []].append(bytes)
      case .null: break
      default: return nil
      }
    }
    return result
  }

  /// Few integers one after the other, many by hash.
  private struct IntegerSet {
    private var few: [Int64] = []
    private var many = CodeTable()

    init(_ numbers: [Int64]) {
      if numbers.count <= 8 {
        few = numbers
      } else {
        _ = many.codes(numbers.count) { UInt64(bitPattern: numbers[$0]) }
      }
    }

    @inline(__always)
    func contains(_ number: Int64) -> Bool {
      if many.count > 0 { return many.code(of: UInt64(bitPattern: number)) != nil }
      for other in few where other == number { return true }
      return false
    }
  }
}
