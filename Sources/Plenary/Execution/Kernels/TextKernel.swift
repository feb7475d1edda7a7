import PlenarySyntax

/// STARTS WITH, ENDS WITH and CONTAINS on string columns, byte by byte.
enum TextKernel {
  /// Tests a column against one string; `nil` sends other operands down the general path.
  static func apply(_ op: BinaryOperator, _ left: Vector, _ right: Vector) -> [Ternary]? {
    guard case .strings(let strings) = left, case .constant(.string(var part), _) = right else { return nil }
    let heap = strings.heap
    return part.withUTF8 { part in
      strings.views.map { view in
        if view.isNull { return .null }
        let text = heap.bytes(of: view)
        guard text.count >= part.count else { return .false }
        switch op {
        case .startsWith: return Ternary(text.prefix(part.count).elementsEqual(part))
        case .endsWith: return Ternary(text.suffix(part.count).elementsEqual(part))
        default: return Ternary(contains(text, part))
        }
      }
    }
  }

  /// Whether some bytes occur in others. O(n) for texts without many false starts.
  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    let last = text.count - part.count
    var start = 0
    while start <= last {
      if text[start] == first {
        var length = 1
        while length < part.count, text[start &+ length] == part[length] { length &+= 1 }
        if length == part.count { return true }
      }
      start &+= 1
    }
    return false
  }
}
