import PlenarySyntax

/// STARTS WITH, ENDS WITH and CONTAINS on string columns, byte by byte.
enum TextKernel {
  /// Tests a column against one string; `nil` sends other operands down the general path.
  static func apply(_ op: BinaryOperator, _ left: Vector, _ right: Vector) -> [Ternary]? {
    guard case .strings(let strings) = left, case .constant(.string(var part), _) = right else { return nil }
    let heap = strings.heap
    return part.withUTF8 { part in
      switch op {
      case .startsWith: test(strings) { heap.bytes(of: $0).hasBytes(part, at: 0) }
      case .endsWith: test(strings) { heap.bytes(of: $0).hasBytes(part, at: Int($0.count) - part.count) }
      default:
        strings.run.map { contains(part, in: heap.bytes(of: $0), strings) }
          ?? test(strings) { heap.bytes(of: $0).firstOffset(of: part) != nil }
      }
    }
  }

  @inline(__always)
  private static func test(_ strings: StringVector, _ condition: (StringVector.View) -> Bool) -> [Ternary] {
    strings.views.map { $0.isNull ? .null : Ternary(condition($0)) }
  }

  /// Searches strings that lie side by side as one text; what begins in one string and ends in another does not count.
  private static func contains(
    _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, _ strings: StringVector
  ) -> [Ternary] {
    guard !part.isEmpty else { return Array(repeating: .true, count: strings.count) }
    var result = Array(repeating: Ternary.false, count: strings.count)
    let views = strings.views
    let start = Int(views[0].offset)
    func end(_ row: Int) -> Int { Int(views[row].offset) + Int(views[row].count) - start }
    var row = 0
    var offset = 0
    while let found = text.firstOffset(of: part, from: offset) {
      while end(row) <= found { row += 1 }
      let isWithin = found + part.count <= end(row)
      if isWithin { result[row] = .true }
      offset = isWithin ? end(row) : found + 1
    }
    return result
  }
}

extension StringVector {
  /// Everything from the first string to the last, if none is null and each begins where the one before ends, as in a
  /// column that is read from one end to the other. O(rows).
  var run: View? {
    let views = views
    guard codes == nil, var end = views.first?.offset else { return nil }
    for view in views {
      guard view.offset == end, !view.isNull else { return nil }
      end += view.count
    }
    return View(offset: views[0].offset, count: end - views[0].offset)
  }
}
