#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Reads the system's time zone files (TZif, RFC 8536).
//
// Foundation's `TimeZone` would be the first choice, and was tried: on Linux it answers from data compiled into its own
// copy of ICU and not from the system's, so that an update of the system changes nothing; its dates are binary floating
// point, its answers go wrong in the far future (Stockholm is at UTC in the year 31690000), and it would link all of
// Foundation and ICU into a library that starts without them.
extension ZoneRules {
  /// Reads the rules of a zone by a name that `isZoneName` accepts; throws when the system has no such zone.
  convenience init(reading name: String) throws(TemporalError) {
    for directory in Self.directories() {
      let source = Self.canonicalName(of: name, in: directory)
      guard let bytes = Self.contents(of: "\(directory)/\(source)", limit: 1 << 20) else { continue }
      if let file = ZoneFile(parsing: bytes) {
        self.init(name: name, initialOffset: file.initialOffset, transitions: file.transitions, rule: file.rule)
        return
      }
    }
    // UTC needs no data, so it works in containers that have none.
    guard ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Zulu", "Etc/UCT", "Etc/Zulu"].contains(name) else {
      throw TemporalError(.unknownTimeZone, "time zone '\(name)' is not in the time zone data of this system")
    }
    self.init(name: name)
  }

  /// Whether a name can be that of a zone: words of letters, digits, `_`, `+` and `-` between slashes.
  ///
  /// Dots are in no zone name, which keeps paths inside the directory; `right/` counts leap seconds and `posix/` repeats
  /// the rest, so neither is one of the database's names.
  static func isZoneName(_ name: String) -> Bool {
    guard name.utf8.count <= 64, !name.hasPrefix("right/"), !name.hasPrefix("posix/") else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { word in
      guard let first = word.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first & 0xDF) else { return false }
      return word.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    }
  }

  private static func directories() -> [String] {
    let usual = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]
    guard let value = getenv("TZDIR") else { return usual }
    let directory = String(cString: value)
    return directory.isEmpty ? usual : [directory] + usual
  }

  /// The zone whose data the database itself uses for a name.
  ///
  /// Since 2022 the database joins zones that agree since 1970, and gives each the history of one of them: Stockholm has
  /// that of Berlin. Some distributions compile the older, separate histories instead. Following the database's own
  /// list (`zone1970.tab`, by way of the countries in `zone.tab`) makes the answer the same on every system, and the
  /// same as java.time gives.
  private static func canonicalName(of name: String, in directory: String) -> String {
    func rows(_ file: String) -> [[Substring]]? {
      guard let bytes = contents(of: "\(directory)/\(file)", limit: 1 << 18) else { return nil }
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        .filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }.filter { $0.count >= 3 }
    }
    guard let canonical = rows("zone1970.tab"), !canonical.contains(where: { $0[2] == name }),
      let country = rows("zone.tab")?.first(where: { $0[2] == name })?[0]
    else { return name }
    let candidates = canonical.filter { $0[0].split(separator: ",").contains(country) }
    guard candidates.count == 1 else { return name }
    return String(candidates[0][2])
  }

  private static func contents(of path: String, limit: Int) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count <= limit {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }
}

/// The content of a TZif file.
struct ZoneFile {
  let initialOffset: Int32
  let transitions: [ZoneRules.Transition]
  let rule: YearlyZoneRule?

  private struct Header {
    let version: UInt8
    let isUTCount, isStandardCount, leapCount, timeCount, typeCount, characterCount: Int

    /// RFC 8536 3.1: 44 bytes.
    init?(_ bytes: ArraySlice<UInt8>) {
      guard bytes.count >= 44, bytes.starts(with: Array("TZif".utf8)) else { return nil }
      let start = bytes.startIndex
      version = bytes[start + 4]
      let counts = (0..<6).map { Int(bigEndian(bytes, at: start + 20 + $0 * 4, count: 4)) }
      guard counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
      isUTCount = counts[0]
      isStandardCount = counts[1]
      leapCount = counts[2]
      timeCount = counts[3]
      typeCount = counts[4]
      characterCount = counts[5]
    }

    func bodyLength(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + isStandardCount
        + isUTCount
    }
  }

  /// Reads the bytes of a file; `nil` when they are no TZif.
  init?(parsing bytes: [UInt8]) {
    guard var header = Header(bytes[...]) else { return nil }
    var start = 44
    var timeSize = 4
    if header.version >= UInt8(ascii: "2") {
      // The first block is for readers of 32-bit times; the second has the same with 64 bits.
      start += header.bodyLength(timeSize: 4)
      guard start <= bytes.count, let second = Header(bytes[start...]) else { return nil }
      header = second
      start += 44
      timeSize = 8
    }
    let end = start + header.bodyLength(timeSize: timeSize)
    guard end <= bytes.count, header.typeCount > 0, header.leapCount == 0 else { return nil }

    let typeIndexes = start + header.timeCount * timeSize
    let types = typeIndexes + header.timeCount
    let offsets = (0..<header.typeCount).map { type in
      Int32(truncatingIfNeeded: bigEndian(bytes[...], at: types + type * 6, count: 4))
    }
    guard offsets.allSatisfy({ abs(Int64($0)) <= 26 * 3600 }) else { return nil }

    var list: [ZoneRules.Transition] = []
    for index in 0..<header.timeCount {
      let raw = bigEndian(bytes[...], at: start + index * timeSize, count: timeSize)
      let time = timeSize == 8 ? Int64(bitPattern: raw) : Int64(Int32(truncatingIfNeeded: raw))
      let type = Int(bytes[typeIndexes + index])
      guard type < offsets.count else { return nil }
      if let last = list.last, last.epochSeconds >= time { return nil }
      list.append(ZoneRules.Transition(epochSeconds: time, after: offsets[type]))
    }
    transitions = list
    initialOffset = offsets[0]
    if timeSize == 8, end < bytes.count {
      rule = YearlyZoneRule(parsing: bytes[(end + 1)...].prefix { $0 != UInt8(ascii: "\n") })
    } else {
      rule = nil
    }
  }
}

private func bigEndian(_ bytes: ArraySlice<UInt8>, at start: Int, count: Int) -> UInt64 {
  bytes[start..<(start + count)].reduce(0) { $0 << 8 | UInt64($1) }
}
