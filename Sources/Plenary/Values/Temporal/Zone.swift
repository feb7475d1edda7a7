import Synchronization

extension Temporal {
  /// A time zone: a fixed offset, or a name with a history of offsets.
  public enum Zone: Sendable, Hashable {
    /// A fixed offset from UTC.
    case offset(Offset)
    /// A zone of the IANA time zone database.
    case named(NamedZone)

    /// UTC as the fixed offset `Z`.
    public static let utc = Zone.offset(.utc)

    /// Reads an offset (`Z`, `+01`, `+0100`, `+01:00`, `+01:00:30`) or the name of a zone (`Europe/Stockholm`).
    public init(parsing text: String) throws(TemporalError) {
      switch text.utf8.first {
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        self = .offset(try Offset(parsing: text))
      case UInt8(ascii: "Z") where text.utf8.count == 1, UInt8(ascii: "z") where text.utf8.count == 1:
        self = .utc
      default:
        self = .named(try NamedZone(text))
      }
    }

    /// The offset from UTC at a point in time.
    public func offset(atEpochSeconds seconds: Int64) -> Offset {
      switch self {
      case .offset(let offset): offset
      case .named(let named): named.rules.offset(atEpochSeconds: seconds)
      }
    }

    /// The offset as text, or the name.
    public var name: String {
      switch self {
      case .offset(let offset): offset.description
      case .named(let named): named.name
      }
    }
  }

  /// A zone of the IANA time zone database, such as `Europe/Stockholm`.
  ///
  /// Two bytes: the index of an entry in a table of the zones that this process has used, which only grows.
  public struct NamedZone: Sendable, Hashable {
    let index: UInt16

    init(index: UInt16) { self.index = index }

    /// Finds a zone by its name, where a space may stand for an underscore; throws when the system has no such zone.
    public init(_ name: String) throws(TemporalError) {
      let canonical = String(name.map { $0 == " " ? "_" : $0 })
      index = try ZoneTable.shared.index(of: canonical)
    }

    /// The name.
    public var name: String { ZoneTable.shared.rules(at: index).name }

    var rules: ZoneRules { ZoneTable.shared.rules(at: index) }
  }
}

/// The zones that this process has used.
private final class ZoneTable: Sendable {
  static let shared = ZoneTable()

  private struct Entries {
    // Index 0 means "no named zone", so it holds a placeholder.
    var rules: [ZoneRules] = [ZoneRules(name: "Z")]
    var indexes: [String: UInt16] = [:]
  }
  private let entries = Mutex(Entries())

  func rules(at index: UInt16) -> ZoneRules {
    entries.withLock { $0.rules[Int(index)] }
  }

  func index(of name: String) throws(TemporalError) -> UInt16 {
    guard ZoneRules.isZoneName(name) else {
      throw TemporalError(
        .unknownTimeZone, "'\(name)' names no time zone, expected an offset or a name such as Europe/Stockholm")
    }
    if let known = entries.withLock({ $0.indexes[name] }) { return known }
    // Reading happens outside the lock; when two threads read the same zone the first to come back wins.
    let rules = try ZoneRules(reading: name)
    let index: UInt16? = entries.withLock { entries in
      if let known = entries.indexes[name] { return known }
      guard let next = UInt16(exactly: entries.rules.count) else { return nil }
      entries.rules.append(rules)
      entries.indexes[name] = next
      return next
    }
    guard let index else {
      throw TemporalError(.unknownTimeZone, "too many time zones are in use, expected at most 65535")
    }
    return index
  }
}
