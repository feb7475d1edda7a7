/// Search and replace on the UTF-8 bytes of strings, where a match always begins and ends at a code point.
enum TextEditing {
  /// The string with every occurrence of `search`, from left to right, replaced.
  ///
  /// An empty `search` occurs before every code point and at the end.
  ///
  /// - Throws: `memory-limit-exceeded` when the result would be too large.
  static func replacing(_ search: String, in text: String, with replacement: String) throws -> String {
    if search.isEmpty {
      let scalars = text.unicodeScalars
      try SizeLimit.checkString(size(text.utf8.count, plus: scalars.count + 1, times: replacement.utf8.count))
      var result = replacement
      for scalar in scalars {
        result.unicodeScalars.append(scalar)
        result += replacement
      }
      return result
    }
    return try text.withUTF8Bytes { text in
      try search.withUTF8Bytes { search in
        var offsets: [Int] = []
        var position = 0
        while let offset = text.firstOffset(of: search, from: position) {
          offsets.append(offset)
          position = offset + search.count
        }
        let kept = text.count - offsets.count * search.count
        try SizeLimit.checkString(size(kept, plus: offsets.count, times: replacement.utf8.count))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(kept + offsets.count * replacement.utf8.count)
        position = 0
        for offset in offsets {
          bytes.append(contentsOf: text[position..<offset])
          bytes.append(contentsOf: replacement.utf8)
          position = offset + search.count
        }
        bytes.append(contentsOf: text[position...])
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  /// The parts between delimiters, at each place the longest that matches; an empty delimiter parts all code points.
  ///
  /// - Throws: `memory-limit-exceeded` when there are too many parts.
  static func split(_ text: String, at delimiters: [String]) throws -> [String] {
    if delimiters.contains("") {
      try SizeLimit.checkList(text.unicodeScalars.count)
      return text.unicodeScalars.map { String($0) }
    }
    let needles = delimiters.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    guard !needles.isEmpty else { return [text] }
    var parts: [String] = []
    try text.withUTF8Bytes { bytes in
      var start = 0
      var position = 0
      while position < bytes.count {
        let needle = needles.first { needle in needle.withUnsafeBufferPointer { bytes.hasBytes($0, at: position) } }
        if let needle {
          try SizeLimit.checkList(parts.count + 1)
          parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
          position += needle.count
          start = position
        } else {
          position += 1
        }
      }
      parts.append(String(decoding: bytes[start...], as: UTF8.self))
    }
    return parts
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
