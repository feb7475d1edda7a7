/// Plain elements that are gathered one after the other: an array that grows to any length without being copied, since it
/// lies in segments of the same size.
struct SegmentedArray<Element: BitwiseCopyable & Sendable>: Sendable {
  /// A segment of numbers of 64 bits fills a huge page.
  private static var shift: Int { 18 }
  private static var segmentSize: Int { 1 << shift }

  /// Segments that are full, which nobody writes to any more.
  private var full: [FlatArray<Element>] = []
  /// Where the next elements go: a segment, or less room while there is no other.
  private var last = FlatArray<Element>(uninitializedCount: 0)
  private var lastCount = 0

  init() {}

  var count: Int { full.count << SegmentedArray.shift + lastCount }

  @inline(__always)
  mutating func append(_ element: Element) {
    if lastCount == last.count || !isKnownUniquelyReferenced(&last) { makeRoom(for: 1) }
    last.start[lastCount] = element
    lastCount &+= 1
  }

  mutating func append(contentsOf elements: [Element]) {
    elements.withUnsafeBufferPointer { elements in
      guard var source = elements.baseAddress else { return }
      var remaining = elements.count
      while remaining > 0 {
        makeRoom(for: remaining)
        let count = min(remaining, last.count - lastCount)
        (last.start + lastCount).initialize(from: source, count: count)
        lastCount += count
        remaining -= count
        source += count
      }
    }
  }

  /// Makes room for one element more at the least, and for all if they fit the segment, where no copy of this array
  /// looks on.
  private mutating func makeRoom(for added: Int) {
    if lastCount == SegmentedArray.segmentSize {
      full.append(last)
      last = FlatArray(uninitializedCount: SegmentedArray.segmentSize)
      lastCount = 0
    } else if lastCount + added > last.count && last.count < SegmentedArray.segmentSize
      || !isKnownUniquelyReferenced(&last)
    {
      let wanted = max(lastCount + added, last.count * 2, 16)
      let room = FlatArray<Element>(uninitializedCount: min(wanted, SegmentedArray.segmentSize))
      room.start.initialize(from: last.start, count: lastCount)
      last = room
    }
  }

  /// The element at an index, which must be there.
  @inline(__always)
  subscript(index: Int) -> Element {
    let segment = index >> SegmentedArray.shift
    return (segment < full.count ? full[segment] : last)[index & (SegmentedArray.segmentSize - 1)]
  }

  /// The segments, in order, for each to be freed when it is not needed any more.
  consuming func segments() -> [FlatArray<Element>] {
    var segments: [FlatArray<Element>] = []
    swap(&segments, &full)
    if lastCount > 0 { segments.append(FlatArray(last, in: 0..<lastCount)) }
    return segments
  }

  /// Calls `body` with the elements, a segment at a time.
  @inline(__always)
  func forEachSegment(_ body: (UnsafeBufferPointer<Element>) -> Void) {
    for segment in full { body(segment.buffer) }
    body(UnsafeBufferPointer(start: last.start, count: lastCount))
    withExtendedLifetime(last) {}
  }

  /// The elements, each made into something else.
  func map<New>(_ transform: (Element) -> New) -> [New] {
    var result: [New] = []
    result.reserveCapacity(count)
    forEachSegment { for element in $0 { result.append(transform(element)) } }
    return result
  }

  /// The elements in an order of rows, or in their own, in another form.
  ///
  /// - Precondition: each row is one of the elements.
  @inline(__always)
  func gathered<New: BitwiseCopyable & Sendable>(
    _ rows: FlatArray<UInt32>?, _ form: (Element) -> New
  ) -> FlatArray<New> {
    guard let rows else {
      let target = FlatArray<New>(uninitializedCount: count)
      var next = target.start
      forEachSegment { segment in
        for index in 0..<segment.count { next[index] = form(segment[index]) }
        next += segment.count
      }
      return target
    }
    let target = FlatArray<New>(uninitializedCount: rows.count)
    let mask = SegmentedArray.segmentSize - 1
    (full + [last]).map { UnsafePointer($0.start) }.withUnsafeBufferPointer { starts in
      for index in 0..<rows.count {
        let row = Int(rows.start[index])
        target.start[index] = form(starts[row &>> SegmentedArray.shift][row & mask])
      }
    }
    withExtendedLifetime(self) {}
    return target
  }
}
