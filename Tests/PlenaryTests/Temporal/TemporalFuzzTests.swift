import TestResources
import Testing

@testable import Plenary

@Suite("Temporal values under random input")
struct TemporalFuzzTests {
  static let clock = Temporal.Clock(nanosecondsSinceEpoch: 1_714_979_289_010_000_000)

  static let pieces = [
    "2024", "-", "+", "999999999", "02", "29", "T", ":", "12", "30", ".", "5", "Z", "[", "]", "Europe/Paris", "W", "53",
    "Q", "P", "Y", "M", "D", "H", "S", "9223372036854775807", "0.5", "é", "", "1", "366", ",", "18:00",
  ]

  private static func number(_ generator: inout SeededRandom) -> Int64 {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: [Int64.min, .max, 0, -1, 999_999_999, -999_999_999].randomElement(using: &generator) ?? 0
    case 1: Int64.random(in: .min ... .max, using: &generator)
    case 2: Int64.random(in: 1900...2100, using: &generator)
    default: Int64.random(in: -2...60, using: &generator)
    }
  }

  private static func instant(_ generator: inout SeededRandom) throws -> Temporal.Instant {
    let edges = [
      (Temporal.Kind.date, "-999999999-01-01"), (.date, "+999999999-12-31"), (.date, "2024-02-29"),
      (.localTime, "23:59:59.999999999"),
      (.time, "00:00+18:00"), (.localDateTime, "+999999999-12-31T23:59:59.999999999"),
      (.localDateTime, "2024-03-31T02:30"),
      (.dateTime, "-999999999-01-01T00:00+18:00"), (.dateTime, "+999999999-12-31T23:59-18:00"),
      (.dateTime, "2024-03-31T02:30[Europe/Paris]"), (.dateTime, "+999999999-12-31T23:59[Pacific/Apia]"),
    ]
    let (kind, text) = edges.randomElement(using: &generator) ?? edges[0]
    return try Temporal.Instant(kind, parsing: text, clock: clock)
  }

  private static func duration(_ generator: inout SeededRandom) -> Temporal.Duration {
    (try? Temporal.Duration(
      months: number(&generator), days: number(&generator), seconds: number(&generator), nanoseconds: number(&generator)
    ))
      ?? .zero
  }

  @Test("text either reads and round-trips or throws", arguments: 0..<4)
  func text(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    for _ in 0..<5_000 {
      let count = Int.random(in: 0...12, using: &generator)
      let text = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
      for kind in Temporal.Kind.allCases {
        guard let value = try? Temporal.Instant(kind, parsing: text, clock: Self.clock) else { continue }
        #expect(try Temporal.Instant(kind, parsing: value.description, clock: Self.clock) == value, "\(text)")
      }
      if let value = try? Temporal.Duration(parsing: text) {
        #expect(try Temporal.Duration(parsing: value.description) == value, "\(text)")
      }
    }
  }

  @Test("components either make a value or throw", arguments: 0..<4)
  func components(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    let names =
      Temporal.DateBuilder.names + Temporal.TimeBuilder.names
      + ["date", "time", "datetime", "timezone", "epochSeconds", "epochMillis", "days", "months", "nanoseconds"]
    for _ in 0..<3_000 {
      var parts: Temporal.Components = [:]
      for _ in 0..<Int.random(in: 0...5, using: &generator) {
        let component: Temporal.Component =
          switch Int.random(in: 0..<8, using: &generator) {
          case 0: .float(Double(bitPattern: generator.next()))
          case 1: .string("Europe/Paris")
          case 2: .instant(try Self.instant(&generator))
          case 3: .duration(Self.duration(&generator))
          default: .integer(Self.number(&generator))
          }
        parts[names.randomElement(using: &generator) ?? "year"] = component
      }
      for kind in Temporal.Kind.allCases {
        let value = try? Temporal.Instant(kind, components: parts, clock: Self.clock)
        #expect(value == nil || value?.kind == kind)
        let unit = Temporal.Unit.allCases.randomElement(using: &generator) ?? .day
        _ = try? Self.instant(&generator).truncated(to: unit, as: kind, setting: parts, clock: Self.clock)
      }
      if let duration = try? Temporal.Duration(components: parts) {
        #expect(try Temporal.Duration(parsing: duration.description) == duration)
      }
    }
  }

  @Test("arithmetic either gives a value or throws", arguments: 0..<4)
  func arithmetic(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    for _ in 0..<3_000 {
      let (a, b) = (try Self.instant(&generator), try Self.instant(&generator))
      let (c, d) = (Self.duration(&generator), Self.duration(&generator))
      for sum in [try? a.adding(c), try? a.subtracting(c)].compactMap({ $0 }) {
        #expect(try Temporal.Instant(sum.kind, parsing: sum.description, clock: Self.clock) == sum)
      }
      let exact = try Temporal.Duration.inSeconds(a, b)
      #expect(try Temporal.Duration.inSeconds(b, a) == exact.negated())
      _ = try? Temporal.Duration.between(a, b)
      _ = try? Temporal.Duration.inMonths(a, b)
      _ = try? Temporal.Duration.inDays(a, b)
      if let sum = try? c.adding(d), let back = try? sum.subtracting(d) { #expect(back == c) }
      let factor = Double(bitPattern: generator.next())
      _ = try? c.multiplied(by: factor)
      _ = try? c.divided(by: factor)
      _ = try? c.multiplied(by: Self.number(&generator))
      _ = try? c.divided(by: Self.number(&generator))
      #expect(!(c.isOrderedBefore(d) && d.isOrderedBefore(c)))
    }
  }

  @Test("damaged time zone files are refused or read, never worse", arguments: 0..<4)
  func zoneFiles(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    // A file of version 2 with one transition, at the epoch, from UTC to an hour ahead, and a yearly rule after it.
    let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    let emptyCounts = [UInt8](repeating: 0, count: 24)
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4]
    let body: [UInt8] =
      [0, 0, 0, 0, 0, 0, 0, 0] + [1] + [0, 0, 0, 0, 0, 0] + [0, 0, 0x0E, 0x10, 0, 0] + Array("UTC\0".utf8)
    let file = header + emptyCounts + header + counts + body + Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
    let whole = ZoneFile(parsing: file)
    #expect(whole?.transitions.count == 1)
    #expect(whole?.rule?.standardOffset == 3600)
    for _ in 0..<5_000 {
      var damaged = file
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator)) }
      guard let read = ZoneFile(parsing: damaged) else { continue }
      let rules = ZoneRules(
        name: "Test", initialOffset: read.initialOffset, transitions: read.transitions, rule: read.rule)
      for seconds in [Int64.min, -1, 0, 1_721_044_800, .max] { _ = rules.offset(atEpochSeconds: seconds) }
      for seconds in [-(1 << 55), -1, 0, 1_721_044_800, 1 << 55] as [Int64] {
        _ = rules.offsets(atLocalSeconds: seconds)
      }
    }
  }
}
