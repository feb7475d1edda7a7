/// A run of plain numbers at an address that never changes, shared by every snapshot that needs it.
///
/// What `Array` cannot give: a pointer that stays good outside a closure, so that a loop over many of them (the
/// adjacency of every relationship type, say) takes none of them apart again. Sendable because it is written to only
/// while it is being made.
final class FlatArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  /// Makes an array whose elements the caller must write before anyone reads them.
  init(uninitializedCount count: Int) {
    self.count = count
    start = .allocate(capacity: max(count, 1))
  }

  convenience init(repeating element: Element, count: Int) {
    self.init(uninitializedCount: count)
    start.initialize(repeating: element, count: count)
  }

  convenience init(_ elements: [Element]) {
    self.init(uninitializedCount: elements.count)
    elements.withUnsafeBufferPointer { source in
      if let address = source.baseAddress { start.initialize(from: address, count: source.count) }
    }
  }

  deinit { start.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    assert(index >= 0 && index < count)
    return start[index]
  }

  var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
}
