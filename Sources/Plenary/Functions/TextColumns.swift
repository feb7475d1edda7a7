/// Functions of strings on whole columns: on bytes, where these are ASCII; anything else goes the general way.
enum TextColumns {
  // MARK: Parts

  /// `substring` with a fixed start and length. No text is copied.
  @Sendable static func substrings(_ arguments: [Vector]) -> Vector? {
    guard arguments.count >= 2, case .strings(let strings) = arguments[0], let start = count(arguments[1]) else {
      return nil
    }
    guard arguments.count > 2 else { return parts(of: strings, from: start, length: .max) }
    return count(arguments[2]).flatMap { parts(of: strings, from: start, length: $0) }
  }

  /// `left` with a fixed length.
  @Sendable static func beginnings(_ arguments: [Vector]) -> Vector? {
    guard arguments.count == 2, case .strings(let strings) = arguments[0], let length = count(arguments[1]) else {
      return nil
    }
    return parts(of: strings, from: 0, length: length)
  }

  private static func count(_ vector: Vector) -> Int? {
    guard case .constant(.integer(let number), _) = vector, number >= 0 else { return nil }
    return Int(clamping: number)
  }

  private static func parts(of strings: StringVector, from start: Int, length: Int) -> Vector {
    let heap = strings.heap
    return .strings(
      StringVector(
        heap: heap,
        views: strings.views.map { view in
          guard !view.isNull else { return .null }
          let bytes = heap.bytes(of: view)
          let first = bytes.offset(ofCodePoint: start, from: 0)
          let end = bytes.offset(ofCodePoint: length, from: first)
          return .init(offset: view.offset + UInt32(first), count: UInt32(end - first))
        }))
  }

  /// One part of each string between delimiters, the first being 0; null where there are not so many. No text is copied.
  static func part(_ index: Int, of strings: StringVector, at delimiter: String) -> Vector {
    let heap = strings.heap
    return delimiter.withUTF8Bytes { delimiter in
      .strings(
        StringVector(
          heap: heap,
          views: strings.views.map { view in
            guard !view.isNull else { return .null }
            let bytes = heap.bytes(of: view)
            var start = 0
            for _ in 0..<index {
              guard let found = bytes.offset(of: delimiter, from: start) else { return .null }
              start = found + delimiter.count
            }
            let end = bytes.offset(of: delimiter, from: start) ?? bytes.count
            return .init(offset: view.offset + UInt32(start), count: UInt32(end - start))
          }))
    }
  }

  /// `trim` and its like without a second argument, where no string begins or ends with what is not ASCII.
  @Sendable static func trimmed(_ arguments: [Vector], start: Bool, end: Bool) -> Vector? {
    guard arguments.count == 1, case .strings(let strings) = arguments[0] else { return nil }
    let heap = strings.heap
    var views = strings.views
    for row in views.indices where !views[row].isNull {
      let bytes = heap.bytes(of: views[row])
      var (first, last) = (0, bytes.count)
      if start {
        while first < last, bytes[first].isWhiteSpace { first += 1 }
        if first < last, bytes[first] >= 0x80 { return nil }
      }
      if end {
        while last > first, bytes[last - 1].isWhiteSpace { last -= 1 }
        if last > first, bytes[last - 1] >= 0x80 { return nil }
      }
      views[row] = .init(offset: views[row].offset + UInt32(first), count: UInt32(last - first))
    }
    return .strings(StringVector(heap: heap, views: views))
  }

  // MARK: Lengths

  /// The number of code points of each string.
  @Sendable static func lengths(_ arguments: [Vector]) -> Vector? {
    guard arguments.count == 1, case .strings(let strings) = arguments[0] else { return nil }
    let heap = strings.heap
    let views = strings.views
    let lengths = views.map { view -> Int64 in
      guard !view.isNull else { return 0 }
      // Every code point has one byte that is no continuation.
      return heap.bytes(of: view).reduce(0) { $0 &+ ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
    return .integers(NullableArray(lengths, isNull: strings.hasNull ? views.map(\.isNull) : nil))
  }

  // MARK: Other text

  /// The strings with each byte replaced, where all are ASCII.
  static func mapped(_ arguments: [Vector], _ byte: (UInt8) -> UInt8) -> Vector? {
    guard arguments.count == 1, case .strings(let strings) = arguments[0] else { return nil }
    let heap = strings.heap
    var views = strings.views
    let size = views.reduce(0) { $0 + Int($1.count) }
    guard size < Int(UInt32.max) - 1 else { return nil }
    var isASCII = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, end in
      var place = 0
      var all: UInt8 = 0
      for row in views.indices where !views[row].isNull {
        let source = heap.bytes(of: views[row])
        for index in 0..<source.count {
          all |= source[index]
          target[place &+ index] = byte(source[index])
        }
        views[row].offset = UInt32(truncatingIfNeeded: place)
        place &+= source.count
      }
      isASCII = all < 0x80
      end = place
    }
    return isASCII ? .strings(StringVector(heap: StringHeap(bytes), views: views)) : nil
  }

  static func upperCase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte &- 32 : byte
  }

  static func lowerCase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte &+ 32 : byte
  }
}

extension UInt8 {
  /// White space of ASCII, as Unicode's property has it.
  fileprivate var isWhiteSpace: Bool { self == 0x20 || self >= 0x09 && self <= 0x0D }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the code point begins that comes `count` after the one at `start`; the end where there are not so many.
  fileprivate func offset(ofCodePoint count: Int, from start: Int) -> Int {
    // There are no more code points than bytes.
    guard count < self.count - start else { return self.count }
    var place = start
    for _ in 0..<count {
      guard place < self.count else { break }
      place += 1
      while place < self.count, self[place] & 0xC0 == 0x80 { place += 1 }
    }
    return place
  }

  /// Where a short text first stands at or after `start`.
  fileprivate func offset(of needle: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard needle.count == 1 else { return firstOffset(of: needle, from: start) }
    var place = start
    while place < count {
      if self[place] == needle[0] { return place }
      place &+= 1
    }
    return nil
  }
}
