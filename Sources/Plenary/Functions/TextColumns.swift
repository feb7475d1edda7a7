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

  /// All parts of each string between delimiters, one string after the other, and where the parts of each end; null has
  /// none. No text is copied.
  static func parts(of strings: StringVector, at delimiter: String) -> (parts: [StringVector.View], ends: [Int]) {
    let heap = strings.heap
    var parts: [StringVector.View] = []
    parts.reserveCapacity(strings.count * 4)
    let ends = delimiter.withUTF8Bytes { delimiter in
      strings.views.map { view in
        if view.isNull { return parts.count }
        let bytes = heap.bytes(of: view)
        var start = 0
        while let end = bytes.offset(of: delimiter, from: start) {
          parts.append(.init(offset: view.offset + UInt32(start), count: UInt32(end - start)))
          start = end + delimiter.count
        }
        parts.append(.init(offset: view.offset + UInt32(start), count: UInt32(bytes.count - start)))
        return parts.count
      }
    }
    return (parts, ends)
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

  /// `replace` of one fixed text by another.
  @Sendable static func replaced(_ arguments: [Vector]) -> Vector? {
    guard arguments.count == 3, case .strings(let strings) = arguments[0],
      case .constant(.string(let search), _) = arguments[1], !search.isEmpty,
      case .constant(.string(let replacement), _) = arguments[2]
    else { return nil }
    let heap = strings.heap
    var views = strings.views
    var result: [UInt8] = []
    result.reserveCapacity(views.reduce(0) { $0 + Int($1.count) })
    let isDone = search.withUTF8Bytes { search in
      replacement.withUTF8Bytes { replacement in
        for row in views.indices where !views[row].isNull {
          let bytes = heap.bytes(of: views[row])
          let first = result.count
          var start = 0
          while let end = bytes.offset(of: search, from: start) {
            result.append(contentsOf: bytes[start..<end])
            result.append(contentsOf: replacement)
            start = end + search.count
          }
          result.append(contentsOf: bytes[start...])
          // The function itself says what is too long.
          guard result.count < Int(UInt32.max), result.count - first <= SizeLimit.stringBytes else { return false }
          views[row] = .init(offset: UInt32(first), count: UInt32(result.count - first))
        }
        return true
      }
    }
    return isDone ? .strings(StringVector(heap: StringHeap(result), views: views)) : nil
  }

  /// `toUpper`, where all strings are ASCII.
  @Sendable static func upperCase(_ arguments: [Vector]) -> Vector? {
    turningCase(arguments, ofLettersFrom: UInt8(ascii: "a"))
  }

  /// `toLower`, where all strings are ASCII.
  @Sendable static func lowerCase(_ arguments: [Vector]) -> Vector? {
    turningCase(arguments, ofLettersFrom: UInt8(ascii: "A"))
  }

  /// The strings with the case turned of the letters whose alphabet begins with one letter.
  private static func turningCase(_ arguments: [Vector], ofLettersFrom first: UInt8) -> Vector? {
    guard arguments.count == 1, case .strings(let strings) = arguments[0] else { return nil }
    let heap = strings.heap
    var views = strings.views
    // Strings that lie beside each other are one long one.
    let run = strings.run
    let size = run.map { Int($0.count) } ?? views.reduce(0) { $0 + Int($1.count) }
    guard size < Int(UInt32.max) - 1 else { return nil }
    var isASCII = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, end in
      end = size
      guard let target = target.baseAddress else { return }
      var all: UInt8 = 0
      if let run {
        all = turnCase(of: heap.bytes(of: run), to: target, first)
        for row in views.indices { views[row].offset &-= run.offset }
      } else {
        var place = 0
        for row in views.indices where !views[row].isNull {
          all |= turnCase(of: heap.bytes(of: views[row]), to: target + place, first)
          views[row].offset = UInt32(truncatingIfNeeded: place)
          place &+= Int(views[row].count)
        }
      }
      isASCII = all < 0x80
    }
    return isASCII ? .strings(StringVector(heap: StringHeap(bytes), views: views)) : nil
  }

  /// Gives back all bits that were in some byte.
  private static func turnCase(
    of source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, _ first: UInt8
  ) -> UInt8 {
    var all: UInt8 = 0
    for index in 0..<source.count {
      let byte = source[index]
      all |= byte
      // Letters of the two cases differ in one bit.
      target[index] = byte ^ (byte &- first < 26 ? 0x20 : 0)
    }
    return all
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
