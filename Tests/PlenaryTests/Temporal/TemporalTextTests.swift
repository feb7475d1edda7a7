import Testing

@testable import Plenary

@Suite("Temporal text")
struct TemporalTextTests {
  static let clock = Temporal.Clock(nanosecondsSinceEpoch: 0)

  @Test(
    "reads every ISO 8601 form of an instant",
    arguments: [
      (.date, "2024-02-29", "2024-02-29"), (.date, "20240229", "2024-02-29"), (.date, "2024-02", "2024-02-01"),
      (.date, "202402", "2024-02-01"), (.date, "2024", "2024-01-01"), (.date, "2020-W53-7", "2021-01-03"),
      (.date, "2020W537", "2021-01-03"), (.date, "2026-W01", "2025-12-29"), (.date, "2026W01", "2025-12-29"),
      (.date, "2024-366", "2024-12-31"), (.date, "2024366", "2024-12-31"), (.date, "2024-Q3-92", "2024-09-30"),
      (.date, "2024Q392", "2024-09-30"), (.date, "2024-Q4", "2024-10-01"), (.date, "-0044-03-15", "-0044-03-15"),
      (.date, "+12024-05-06", "+12024-05-06"), (.date, "-999999999-01-01", "-999999999-01-01"),
      (.date, "0000-02-29", "0000-02-29"), (.date, "2024-5-6", "2024-05-06"),
      (.localTime, "08:15:30.5", "08:15:30.500"), (.localTime, "081530,000250", "08:15:30.000250"),
      (.localTime, "08:15:30.123456789", "08:15:30.123456789"), (.localTime, "0815", "08:15"),
      (.localTime, "08", "08:00"), (.localTime, "23:59:59", "23:59:59"),
      (.time, "08:15Z", "08:15Z"), (.time, "0815+07", "08:15+07:00"), (.time, "08:15-0330", "08:15-03:30"),
      (.time, "08+07:30:15", "08:00+07:30:15"), (.time, "08:15-00:00", "08:15Z"), (.time, "08:15", "08:15Z"),
      (.localDateTime, "2024-W01-1T08", "2024-01-01T08:00"), (.localDateTime, "2024001T081530", "2024-01-01T08:15:30"),
      (.localDateTime, "20240229", "2024-02-29T00:00"), (.localDateTime, "2024-02-29t08:15", "2024-02-29T08:15"),
      (.dateTime, "2024-02-29T08:15", "2024-02-29T08:15Z"),
      (.dateTime, "2024-02-29T08:15+0700", "2024-02-29T08:15+07:00"),
      (.dateTime, "2024-07-01T08:15[Asia/Jakarta]", "2024-07-01T08:15+07:00[Asia/Jakarta]"),
      (.dateTime, "2024-07-01T08:15+09:00[Asia/Tokyo]", "2024-07-01T08:15+09:00[Asia/Tokyo]"),
      (.dateTime, "2024-07-01T08:15[America/New York]", "2024-07-01T08:15-04:00[America/New_York]"),
      (.dateTime, "2024-07-01T08:15[UTC]", "2024-07-01T08:15Z[UTC]"),
    ] as [(Temporal.Kind, String, String)])
  func reading(kind: Temporal.Kind, text: String, canonical: String) throws {
    let value = try Temporal.Instant(kind, parsing: text, clock: Self.clock)
    #expect(value.description == canonical)
    // The canonical text reads back as the same value.
    #expect(try Temporal.Instant(kind, parsing: canonical, clock: Self.clock) == value)
  }

  @Test(
    "refuses text that names nothing",
    arguments: [
      (.date, ""), (.date, "24"), (.date, "2024-13-01"), (.date, "2023-02-29"), (.date, "2023-366"),
      (.date, "2024-W53"),
      (.date, "2024-Q5"), (.date, "2024-Q2-92"), (.date, "2024-02-01 "), (.date, "2024-"), (.date, "12024-01-01"),
      (.date, "+1000000000"), (.date, "2024-02-01T10"), (.date, "２０２４"),
      (.localTime, "24:00"), (.localTime, "08:60"), (.localTime, "8:15"), (.localTime, "08:1530"),
      (.localTime, "0815:30"),
      (.localTime, "08:15:30."), (.localTime, "08:15.5"), (.localTime, "08:15:30.1234567890"), (.localTime, "08:15Z"),
      (.time, "08:15+18:01"), (.time, "08:15+7"), (.time, "08:15[Asia/Tokyo]"), (.time, "08:15+07:0030"),
      (.localDateTime, "2024-02-29T"), (.localDateTime, "T08:15"), (.localDateTime, "2024-02-29T08:15Z"),
      (.dateTime, "2024-07-01T08:15+08:00[Asia/Tokyo]"), (.dateTime, "2024-07-01T08:15[]"),
      (.dateTime, "2024-07-01T08:15[Asia/Tokyo"), (.dateTime, "2024-07-01T08:15[Asia/Tokyo]x"),
      (.dateTime, "2024-07-01T08:15[Asia]"), (.dateTime, "2024-07-01T08:15[Atlantis/Main]"),
    ] as [(Temporal.Kind, String)])
  func refusing(kind: Temporal.Kind, text: String) {
    #expect(throws: TemporalError.self) { try Temporal.Instant(kind, parsing: text, clock: Self.clock) }
  }

  @Test("says what was found and what was expected")
  func messages() {
    #expect(
      throws: TemporalError(.invalidFormat, "'soon' is not a date, expected text such as '2015-07-21'")
    ) { try Temporal.Date(parsing: "soon") }
    #expect(
      throws: TemporalError(.outOfRange, "day 30 is out of range, expected 1 to 29 in this month")
    ) { try Temporal.Date(parsing: "2024-02-30") }
    #expect(
      throws: TemporalError(.unknownTimeZone, "time zone 'Asia/Atlantis' is not in the time zone data of this system")
    ) { try Temporal.Zone(parsing: "Asia/Atlantis") }
  }

  @Test(
    "reads durations",
    arguments: [
      ("P1Y2M3W4DT5H6M7.5S", "P1Y2M25DT5H6M7.5S"), ("P14M", "P1Y2M"), ("PT90M", "PT1H30M"), ("PT0S", "PT0S"),
      ("P0D", "PT0S"), ("P1.5W", "P10DT12H"), ("P0.5M", "P15DT5H14M33S"), ("PT0.000000001S", "PT0.000000001S"),
      ("PT-0.5S", "PT-0.5S"), ("-PT1M0.25S", "PT-1M-0.25S"), ("P-1Y3M", "P-9M"), ("P1DT-1H", "P1DT-1H"),
      ("P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S"), ("P00010203", "P1Y2M3D"),
      ("P0001-02-03T0405", "P1Y2M3DT4H5M"), ("pt1h", "PT1H"), ("PT1,5S", "PT1.5S"), ("+P1D", "P1D"),
    ])
  func readingDurations(text: String, canonical: String) throws {
    let value = try Temporal.Duration(parsing: text)
    #expect(value.description == canonical)
    #expect(try Temporal.Duration(parsing: canonical) == value)
  }

  @Test(
    "refuses text that is no duration",
    arguments: [
      "", "P", "PT", "P1YT", "1D", "P1D1Y", "P1M1M", "P1H", "PT1D", "P1", "P1.D", "P.5D", "P--1D", "P1D ",
      "P9223372036854775808D", "P9223372036854775807Y", "P2012-02", "P2012-0202", "P0001-02-03T04:0506",
    ])
  func refusingDurations(text: String) {
    #expect(throws: TemporalError.self) { try Temporal.Duration(parsing: text) }
  }
}
