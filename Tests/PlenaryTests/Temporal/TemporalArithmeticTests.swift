import Testing

@testable import Plenary

@Suite("Temporal arithmetic")
struct TemporalArithmeticTests {
  static let clock = Temporal.Clock(nanosecondsSinceEpoch: 0)

  static func instant(_ kind: Temporal.Kind, _ text: String) throws -> Temporal.Instant {
    try Temporal.Instant(kind, parsing: text, clock: clock)
  }

  @Test(
    "instants plus durations",
    arguments: [
      (.date, "2024-01-31", "P1M", "2024-02-29"), (.date, "2024-01-31", "P1M1D", "2024-03-01"),
      (.date, "2024-01-31", "PT47H", "2024-02-01"), (.date, "2024-01-31", "PT-23H", "2024-01-31"),
      (.localTime, "23:30", "P5DT45M", "00:15"), (.localTime, "00:15", "PT-45M", "23:30"),
      (.time, "23:30+07:00", "PT1H0.5S", "00:30:00.500+07:00"),
      (.localDateTime, "2024-02-29T23:30", "P1YT45M", "2025-03-01T00:15"),
      // Days keep the local time where clocks change, hours are exact.
      (.dateTime, "2024-03-30T12:00[Europe/Paris]", "P1D", "2024-03-31T12:00+02:00[Europe/Paris]"),
      (.dateTime, "2024-03-30T12:00[Europe/Paris]", "PT24H", "2024-03-31T13:00+02:00[Europe/Paris]"),
    ] as [(Temporal.Kind, String, String, String)])
  func adding(kind: Temporal.Kind, start: String, duration: String, end: String) throws {
    let sum = try Self.instant(kind, start).adding(Temporal.Duration(parsing: duration))
    #expect(sum.description == end)
  }

  @Test("subtracting is adding the negative")
  func subtracting() throws {
    #expect(try Temporal.Date(parsing: "2024-03-31").subtracting(.init(parsing: "P1M")).description == "2024-02-29")
    #expect(try Temporal.LocalTime(parsing: "00:15").subtracting(.init(parsing: "PT45M")).description == "23:30")
  }

  @Test("overflow is an error")
  func overflow() throws {
    let last = try Temporal.Date(parsing: "+999999999-12-31")
    #expect(throws: TemporalError.self) { try last.adding(.init(days: 1)) }
    #expect(throws: TemporalError.self) { try last.adding(.init(months: .max)) }
    #expect(throws: TemporalError.self) { try last.subtracting(.init(months: .min)) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(days: .max).adding(.init(days: 1)) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(seconds: .max, nanoseconds: 1_000_000_000) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(seconds: .max).multiplied(by: 2) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(months: .min).multiplied(by: -1) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(months: 1).multiplied(by: Double.infinity) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(months: 1).divided(by: 0) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(months: 1).divided(by: 0.0) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(months: 1).divided(by: Double.nan) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(months: 1).divided(by: .leastNonzeroMagnitude) }
  }

  @Test("durations times and divided by numbers")
  func scaling() throws {
    let duration = try Temporal.Duration(parsing: "P1M1DT1S")
    #expect(try duration.multiplied(by: 3).description == "P3M3DT3S")
    #expect(try duration.multiplied(by: -0.5).description == "P-15DT-17H-14M-33.5S")
    #expect(try duration.divided(by: 3).description == "P10DT11H29M42.333333333S")
    #expect(try duration.divided(by: 0.5).description == "P2M2DT2S")
    #expect(try duration.divided(by: Double.infinity) == .zero)
    #expect(try duration.multiplied(by: 1e-300) == .zero)
    #expect(try Temporal.Duration(parsing: "PT1S").multiplied(by: 0.1).description == "PT0.1S")
    // Thirds that were cut off make a whole again.
    #expect(try Temporal.Duration(parsing: "P2M2D").divided(by: 3).multiplied(by: 3).description == "P60DT68H58M12S")
  }

  @Test("components are cut towards zero, like the text")
  func durationComponents() throws {
    let duration = try Temporal.Duration(parsing: "P-1Y-5M-10DT-1H-1M-1.5S")
    let expected: [(String, Int64)] = [
      ("years", -1), ("quarters", -5), ("months", -17), ("quartersOfYear", -1), ("monthsOfQuarter", -2),
      ("monthsOfYear", -5), ("weeks", -1), ("days", -10), ("daysOfWeek", -3), ("hours", -1), ("minutes", -61),
      ("seconds", -3661), ("milliseconds", -3_661_500), ("microseconds", -3_661_500_000),
      ("nanoseconds", -3_661_500_000_000), ("minutesOfHour", -1), ("secondsOfMinute", -1),
      ("millisecondsOfSecond", -500), ("microsecondsOfSecond", -500_000), ("nanosecondsOfSecond", -500_000_000),
    ]
    for (name, value) in expected { #expect(try duration.component(name) == .integer(value), "\(name)") }
    #expect(try duration.component("hour") == nil)
    #expect(throws: TemporalError.self) { try Temporal.Duration(seconds: .max).component("nanoseconds") }
  }

  @Test("equal durations have equal groups; the order is that of average lengths")
  func durationOrder() throws {
    let texts = ["P-1M", "PT-1S", "PT0S", "PT23H", "P1D", "P30D", "P1M", "P31D", "P1Y", "P366D"]
    let durations = try texts.map { try Temporal.Duration(parsing: $0) }
    let sorted = durations.reversed().sorted { $0.isOrderedBefore($1) }
    #expect(sorted.map(\.description) == texts)
    #expect(try Temporal.Duration(parsing: "PT24H") != Temporal.Duration(parsing: "P1D"))
    #expect(try Temporal.Duration(parsing: "PT90M") == Temporal.Duration(parsing: "PT1H30M"))
  }

  @Test("instants are ordered by time, then offset, then zone")
  func order() throws {
    let texts = [
      "2024-01-01T00:00+01:00", "2024-01-01T06:00-01:00", "2024-01-01T07:00Z", "2024-01-01T08:00+01:00",
      "2024-01-01T08:00+01:00[Europe/Berlin]", "2024-01-01T08:00+01:00[Europe/Paris]", "2024-01-01T07:00:00.000000001Z",
    ]
    let values = try texts.map { try Temporal.DateTime(parsing: $0) }
    #expect(values.reversed().sorted() == values)
    #expect(try Temporal.Time(parsing: "12:00+01:00") < Temporal.Time(parsing: "11:30Z"))
    #expect(try Temporal.Time(parsing: "12:00+01:00") != Temporal.Time(parsing: "11:00Z"))
    #expect(try Temporal.Time(parsing: "11:00Z") < Temporal.Time(parsing: "12:00+01:00"))
  }

  @Test(
    "time between instants of any types",
    arguments: [
      (.date, "2024-01-31", .date, "2024-03-01", "P1M1D", "P1M", "P30D", "PT720H"),
      (.date, "2024-03-01", .date, "2024-01-31", "P-1M-1D", "P-1M", "P-30D", "PT-720H"),
      (.date, "2024-01-01", .localDateTime, "2024-02-02T03:04", "P1M1DT3H4M", "P1M", "P32D", "PT771H4M"),
      (.localDateTime, "2024-01-02T12:00", .localDateTime, "2024-01-01T13:00", "PT-23H", "PT0S", "PT0S", "PT-23H"),
      (.localTime, "10:00", .time, "12:00+05:00", "PT2H", "PT0S", "PT0S", "PT2H"),
      (.time, "10:00Z", .time, "12:00+05:00", "PT-3H", "PT0S", "PT0S", "PT-3H"),
      (.localTime, "10:00", .dateTime, "2024-01-01T12:00+05:00", "PT2H", "PT0S", "PT0S", "PT2H"),
      (.dateTime, "2024-01-01T00:00Z", .dateTime, "2024-01-01T23:00-05:00", "P1DT4H", "PT0S", "P1D", "PT28H"),
      // 2024-03-31 has 23 hours in Paris.
      (.dateTime, "2024-03-31T00:00[Europe/Paris]", .date, "2024-04-01", "P1D", "PT0S", "P1D", "PT23H"),
      (
        .date, "-999999999-01-01", .date, "+999999999-12-31", "P1999999998Y11M30D", "P1999999998Y11M", "P730484999633D",
        "PT17531639991192H"
      ),
    ] as [(Temporal.Kind, String, Temporal.Kind, String, String, String, String, String)])
  func between(
    kindA: Temporal.Kind, a: String, kindB: Temporal.Kind, b: String, whole: String, months: String, days: String,
    seconds: String
  ) throws {
    let (a, b) = (try Self.instant(kindA, a), try Self.instant(kindB, b))
    #expect(try Temporal.Duration.between(a, b).description == whole)
    #expect(try Temporal.Duration.inMonths(a, b).description == months)
    #expect(try Temporal.Duration.inDays(a, b).description == days)
    #expect(try Temporal.Duration.inSeconds(a, b).description == seconds)
  }

  @Test(
    "truncating to each unit",
    arguments: [
      (.millennium, "2000-01-01T00:00"), (.century, "2000-01-01T00:00"), (.decade, "2020-01-01T00:00"),
      (.year, "2024-01-01T00:00"), (.weekYear, "2024-01-01T00:00"), (.quarter, "2024-04-01T00:00"),
      (.month, "2024-05-01T00:00"), (.week, "2024-05-27T00:00"), (.day, "2024-05-31T00:00"),
      (.hour, "2024-05-31T10:00"),
      (.minute, "2024-05-31T10:20"), (.second, "2024-05-31T10:20:30"), (.millisecond, "2024-05-31T10:20:30.123"),
      (.microsecond, "2024-05-31T10:20:30.123456"),
    ] as [(Temporal.Unit, String)])
  func truncating(unit: Temporal.Unit, text: String) throws {
    let value = try Self.instant(.dateTime, "2024-05-31T10:20:30.123456789+07:00")
    #expect(try value.truncated(to: unit, as: .localDateTime, clock: Self.clock).description == text)
    #expect(try value.truncated(to: unit, as: .dateTime, clock: Self.clock).description == text + "+07:00")
  }

  @Test("truncating sets components, fills fractions and replaces the zone")
  func truncatingWithComponents() throws {
    let value = try Self.instant(.dateTime, "2024-05-31T10:20:30.123456789+07:00")
    func truncated(_ unit: String, _ kind: Temporal.Kind, _ parts: Temporal.Components) throws -> String {
      try value.truncated(to: .init(named: unit), as: kind, setting: parts, clock: Self.clock).description
    }
    #expect(try truncated("week", .date, ["dayOfWeek": .integer(7)]) == "2024-06-02")
    #expect(try truncated("MILLISECOND", .localTime, ["nanosecond": .integer(7)]) == "10:20:30.123000007")
    #expect(try truncated("millisecond", .localTime, ["microsecond": .integer(7)]) == "10:20:30.123007")
    #expect(try truncated("second", .time, ["millisecond": .integer(7)]) == "10:20:30.007+07:00")
    #expect(
      try truncated("day", .dateTime, ["timezone": .string("Asia/Tokyo")]) == "2024-05-31T00:00+09:00[Asia/Tokyo]")
    #expect(throws: TemporalError.self) { try truncated("fortnight", .date, [:]) }
    #expect(throws: TemporalError.self) { try truncated("hour", .date, [:]) }
    #expect(throws: TemporalError.self) { try truncated("month", .time, [:]) }
    #expect(throws: TemporalError.self) { try truncated("day", .date, ["hour": .integer(1)]) }
    #expect(throws: TemporalError.self) {
      try truncated("millisecond", .localTime, ["nanosecond": .integer(1_000_000)])
    }
    let date = Temporal.Instant.date(try Temporal.Date(parsing: "-0001-05-31"))
    #expect(try date.truncated(to: .century, as: .date, clock: Self.clock).description == "-0100-01-01")
    #expect(throws: TemporalError.self) { try date.truncated(to: .hour, as: .dateTime, clock: Self.clock) }
    #expect(throws: TemporalError.self) { try date.truncated(to: .day, as: .time, clock: Self.clock) }
  }

  @Test("components of instants")
  func components() throws {
    let value = try Self.instant(.dateTime, "2021-01-03T10:20:30.123456789-05:00[America/New_York]")
    let numbers: [(String, Int64)] = [
      ("year", 2021), ("quarter", 1), ("month", 1), ("week", 53), ("weekYear", 2020), ("day", 3), ("ordinalDay", 3),
      ("weekDay", 7), ("dayOfWeek", 7), ("dayOfQuarter", 3), ("quarterDay", 3), ("hour", 10), ("minute", 20),
      ("second", 30), ("millisecond", 123), ("microsecond", 123_456), ("nanosecond", 123_456_789),
      ("offsetMinutes", -300), ("offsetSeconds", -18_000), ("epochSeconds", 1_609_687_230),
      ("epochMillis", 1_609_687_230_123),
    ]
    for (name, number) in numbers { #expect(try value.component(name) == .integer(number), "\(name)") }
    #expect(try value.component("timezone") == .string("America/New_York"))
    #expect(try value.component("offset") == .string("-05:00"))
    #expect(try Self.instant(.time, "10:20Z").component("timezone") == .string("Z"))
    #expect(try value.component("Year") == nil)
    #expect(try Self.instant(.date, "2021-01-03").component("hour") == nil)
    #expect(try Self.instant(.localTime, "10:20").component("offset") == nil)
    #expect(throws: TemporalError.self) { try Self.instant(.dateTime, "+999999999-01-01").component("epochMillis") }
  }
}
