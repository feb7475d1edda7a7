/// The form in which graphs are saved: a directory of two files, described in `Documentation/saved-graphs.md`.
///
/// `graph.data` holds the arrays of the graph's base as they are in memory, `graph.manifest` says what each of them is
/// and carries their checksums. So opening a graph is reading arrays, checking them, and little else.
enum SavedGraphFormat {
  static let manifestName = "graph.manifest"
  static let dataName = "graph.data"

  /// The first bytes of a manifest. The last four show when a transfer took it for text.
  static let magic: [UInt8] = [0x50, 0x4C, 0x45, 0x4E, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Raised when an older program could not read what is written.
  static let version: UInt32 = 1

  /// Magic, version, a reserved word, and length and checksum of what follows.
  static let headerSize = 32

  /// Arrays begin at multiples of this in the data file: a cache line.
  static let alignment = 64

  /// Lists may hold lists, down to here.
  static let nestingLimit = 100

  /// Whether a name is that of a file of a saved graph.
  static func isOwn(_ name: String) -> Bool { name == manifestName || name == dataName }

  /// Whether a directory holds a saved graph.
  static func isPresent(inDirectory path: String) -> Bool {
    FileSystem.entry(at: "\(path)/\(manifestName)") == .file
  }

  /// Where the next array begins.
  static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) & ~(alignment - 1) }

  /// What a row map, a column, a list of types and so on is stored as. Never renumbered.
  enum Tag {
    static let absent: UInt8 = 0
    static let present: UInt8 = 1

    enum Bitmap {
      static let all: UInt8 = 0
      static let leaves: UInt8 = 1
    }

    enum Rows {
      static let range: UInt8 = 0
      static let words: UInt8 = 1
      static let ids: UInt8 = 2
    }

    enum Types {
      static let none: UInt8 = 0
      static let one: UInt8 = 1
      static let runs: UInt8 = 2
      static let narrow: UInt8 = 3
      static let wide: UInt8 = 4
    }

    enum Uniqueness {
      static let none: UInt8 = 0
      static let fact: UInt8 = 1
      static let constraint: UInt8 = 2
    }

    enum Column {
      static let int8: UInt8 = 0
      static let int16: UInt8 = 1
      static let int32: UInt8 = 2
      static let int64: UInt8 = 3
      static let floats: UInt8 = 4
      static let booleans: UInt8 = 5
      static let dates: UInt8 = 6
      static let strings: UInt8 = 7
      static let dictionary8: UInt8 = 8
      static let dictionary16: UInt8 = 9
      static let dictionary32: UInt8 = 10
      static let values: UInt8 = 11
    }
  }
}

/// A checksum of 64 bits that runs at the speed of memory.
///
/// Every step is a bijection of the state for given data and of the data for a given state, so no change within one word
/// goes unseen; four lanes keep the processor's multipliers busy.
enum Checksum {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let prime: UInt64 = 0x9e37_79b9_7f4a_7c15
    var (a, b, c, d) = (prime, ~prime, prime &* 3, prime &* 5)
    var offset = 0
    if let start = bytes.baseAddress {
      @inline(__always) func word(_ offset: Int) -> UInt64 {
        UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      while offset &+ 32 <= bytes.count {
        a = step(a, word(offset))
        b = step(b, word(offset &+ 8))
        c = step(c, word(offset &+ 16))
        d = step(d, word(offset &+ 24))
        offset &+= 32
      }
      while offset &+ 8 <= bytes.count {
        a = step(a, word(offset))
        offset &+= 8
      }
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail &<< 8 | UInt64(bytes[offset])
      offset &+= 1
    }
    a = step(a, tail)
    return step(step(step(step(a, b), c), d), UInt64(truncatingIfNeeded: bytes.count))
  }

  @inline(__always)
  private static func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (state ^ word) &* 0xd6e8_feb8_6659_fd93
    return mixed ^ mixed &>> 32
  }
}
