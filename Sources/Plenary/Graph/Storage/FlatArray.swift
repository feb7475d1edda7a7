/// A run of plain numbers at an address that never changes, shared by every snapshot that needs it.
///
/// What `Array` cannot give: a pointer that stays good outside a closure, so that a loop over many of them (the
/// adjacency of every relationship type, say) takes none of them apart again. Sendable because it is written to only
/// while it is being made.
final class FlatArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  let count: Int
  /// The array that the elements belong to, if this one is a part of another.
  private let whole: FlatArray?

  /// Makes an array whose elements the caller must write before anyone reads them.
  init(uninitializedCount count: Int) {
    self.count = count
    start = LargeMemory.allocate(
      byteCount: count * MemoryLayout<Element>.stride, alignment: MemoryLayout<Element>.alignment
    ).bindMemory(to: Element.self, capacity: count)
    whole = nil
  }

  /// A part of another array, which it keeps alive and shares.
  init(_ whole: FlatArray, in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= whole.count)
    start = whole.start + range.lowerBound
    count = range.count
    self.whole = whole
  }

  /// Another array, whose elements are counted from a number on: there is none before that.
  init(_ whole: FlatArray, countedFrom first: Int) {
    start = whole.start - first
    count = whole.count + first
    self.whole = whole
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

  deinit {
    if whole == nil { LargeMemory.deallocate(start, byteCount: count * MemoryLayout<Element>.stride) }
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    assert(index >= 0 && index < count)
    return start[index]
  }

  var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
}
