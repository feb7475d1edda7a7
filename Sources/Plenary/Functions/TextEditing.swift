/// Search and replace on the UTF-8 bytes of strings, where a match always begins and ends at a code point.
///
/// Whatever goes through a whole string can be stopped on the way.
enum TextEditing {
  /// The string with every occurrence of `search`, from left to right, replaced.
  ///
  /// An empty `search` occurs before every code point and at the end.
  ///
  /// - Throws: `memory-limit-exceeded` when the result would be too large; what `checkStop` throws.
  static func replacing(
    _ search: String, in text: String, with replacement: String, checkStop: StopCheck = {}
  ) throws -> String {
    if search.isEmpty {
      let scalars = text.unicodeScalars
      try SizeLimit.checkString(size(text.utf8.count, plus: scalars.count + 1, times: replacement.utf8.count))
      var result = replacement
      for (index, scalar) in scalars.enumerated() {
        if index % elementsBetweenStopChecks == elementsBetweenStopChecks - 1 { try checkStop() }
        result.unicodeScalars.append(scalar)
        result += replacement
      }
      return result
    }
    return try text.withUTF8Bytes { text in
      try search.withUTF8Bytes { search in
        let offsets = try offsets(of: search, in: text, checkStop)
        let kept = text.count - offsets.count * search.count
        try SizeLimit.checkString(size(kept, plus: offsets.count, times: replacement.utf8.count))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(kept + offsets.count * replacement.utf8.count)
        var position = 0
        for (index, offset) in offsets.enumerated() {
          if index % elementsBetweenStopChecks == elementsBetweenStopChecks - 1 { try checkStop() }
          bytes.append(contentsOf: text[position..<offset])
          bytes.append(contentsOf: replacement.utf8)
          position = offset + search.count
        }
        bytes.append(contentsOf: text[position...])
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  /// Where the occurrences of some bytes begin, from left to right without overlap.
  private static func offsets(
    of search: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, _ checkStop: StopCheck
  ) throws -> [Int] {
    var offsets: [Int] = []
    var position = 0
    while position < text.count {
      // A window at a time, each with what a match that begins in it may need beyond its end.
      let end = min(text.count, position + elementsBetweenStopChecks)
      let window = UnsafeBufferPointer(rebasing: text[..<min(text.count, end + search.count - 1)])
      while let offset = window.firstOffset(of: search, from: position), offset < end {
        offsets.append(offset)
        position = offset + search.count
      }
      position = max(position, end)
      if position < text.count { try checkStop() }
    }
    return offsets
  }

  /// The parts between delimiters, at each place the longest that matches; an empty delimiter parts all code points.
  ///
  /// - Throws: `memory-limit-exceeded` when there are too many parts; what `checkStop` throws.
  static func split(_ text: String, at delimiters: [String], checkStop: StopCheck = {}) throws -> [Value] {
    var parts: [Value] = []
    func append(_ part: String) throws {
      parts.append(.string(part))
      if parts.count % elementsBetweenStopChecks == 0 {
        try SizeLimit.checkList(parts.count)
        try checkStop()
      }
    }
    if delimiters.contains("") {
      for scalar in text.unicodeScalars { try append(String(scalar)) }
      return parts
    }
    let needles = delimiters.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    guard !needles.isEmpty else { return [.string(text)] }
    try text.withUTF8Bytes { bytes in
      var start = 0
      var position = 0
      while position < bytes.count {
        if position % elementsBetweenStopChecks == elementsBetweenStopChecks - 1 { try checkStop() }
        let needle = needles.first { needle in needle.withUnsafeBufferPointer { bytes.hasBytes($0, at: position) } }
        if let needle {
          try append(String(decoding: bytes[start..<position], as: UTF8.self))
          position += needle.count
          start = position
        } else {
          position += 1
        }
      }
      try append(String(decoding: bytes[start...], as: UTF8.self))
    }
    return parts
  }

  /// The code points from the last to the first.
  static func reversed(_ text: String, checkStop: StopCheck = {}) throws -> String {
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.reversed().enumerated() {
      if index % elementsBetweenStopChecks == elementsBetweenStopChecks - 1 { try checkStop() }
      result.append(scalar)
    }
    return String(result)
  }

  /// What a transformation that looks at each code point alone makes of a string.
  ///
  /// - Throws: `memory-limit-exceeded` when the result is too large; what `checkStop` throws.
  static func mappingPieces(
    of text: String, checkStop: StopCheck = {}, _ transform: (Substring) -> String
  ) throws -> String {
    guard text.utf8.count > elementsBetweenStopChecks else { return transform(text[...]) }
    let scalars = text.unicodeScalars
    var result = ""
    var start = scalars.startIndex
    while start < scalars.endIndex {
      let end = scalars.index(start, offsetBy: elementsBetweenStopChecks, limitedBy: scalars.endIndex)
      result += transform(Substring(scalars[start..<(end ?? scalars.endIndex)]))
      start = end ?? scalars.endIndex
      try SizeLimit.checkString(result.utf8.count)
      try checkStop()
    }
    return result
  }

  /// The part of a string after `skipping` code points, at most `length` of them.
  static func slice(_ text: String, skipping: Int, length: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(skipping).prefix(length)))
  }

  /// `base + count * each`, at most `Int.max`.
  private static func size(_ base: Int, plus count: Int, times each: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: each)
    let (sum, sumOverflow) = base.addingReportingOverflow(product)
    return overflow || sumOverflow ? Int.max : sum
  }
}
