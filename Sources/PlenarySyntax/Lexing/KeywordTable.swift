/// Finds the keyword that a word is, regardless of case, without making a string.
///
/// A word of at most 16 ASCII bytes is folded to upper case into one 128-bit number; the table is open addressing over
/// those numbers, at most half full.
struct KeywordTable: Sendable {
  /// Longest keyword, `allShortestPaths`.
  static let longestKeyword = 16

  static let shared = KeywordTable()

  private static let capacity = 256
  private var keys: [UInt128]
  private var kinds: [TokenKind]

  private init() {
    keys = Array(repeating: 0, count: Self.capacity)
    kinds = Array(repeating: .identifier, count: Self.capacity)
    for kind in TokenKind.allCases where kind.isKeyword {
      var key: UInt128 = 0
      for byte in kind.spelling.uppercased().utf8 { key = key << 8 | UInt128(byte) }
      var slot = Self.slot(of: key)
      while keys[slot] != 0 { slot = (slot + 1) % Self.capacity }
      keys[slot] = key
      kinds[slot] = kind
    }
  }

  private static func slot(of key: UInt128) -> Int {
    let folded = UInt64(truncatingIfNeeded: key) ^ UInt64(truncatingIfNeeded: key >> 64)
    return Int(truncatingIfNeeded: (folded &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  /// The keyword that these bytes spell, or `identifier`.
  func kind(of word: UnsafeBufferPointer<UInt8>.SubSequence) -> TokenKind {
    guard word.count <= Self.longestKeyword, word.count >= 2 else { return .identifier }
    var key: UInt128 = 0
    for byte in word {
      // Only ASCII letters spell keywords; clearing bit 5 makes them upper case.
      let upper = byte & 0xDF
      guard upper >= 0x41, upper <= 0x5A else { return .identifier }
      key = key << 8 | UInt128(upper)
    }
    var slot = Self.slot(of: key)
    while keys[slot] != 0 {
      if keys[slot] == key { return kinds[slot] }
      slot = (slot + 1) % Self.capacity
    }
    return .identifier
  }
}
