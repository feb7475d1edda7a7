import Testing

@testable import Plenary

@Suite("Time zones")
struct TimeZoneTests {
  @Test(
    "local values in gaps move forward, in overlaps take the earlier offset",
    arguments: [
      ("2017-03-26T01:59:59[Europe/Stockholm]", "2017-03-26T01:59:59+01:00[Europe/Stockholm]"),
      ("2017-03-26T02:30[Europe/Stockholm]", "2017-03-26T03:30+02:00[Europe/Stockholm]"),
      ("2017-03-26T03:00[Europe/Stockholm]", "2017-03-26T03:00+02:00[Europe/Stockholm]"),
      ("2017-10-29T02:30[Europe/Stockholm]", "2017-10-29T02:30+02:00[Europe/Stockholm]"),
      ("2017-10-29T02:30+01:00[Europe/Stockholm]", "2017-10-29T02:30+01:00[Europe/Stockholm]"),
      ("2017-10-29T03:00[Europe/Stockholm]", "2017-10-29T03:00+01:00[Europe/Stockholm]"),
      // Samoa left out a whole day.
      ("2011-12-30T12:00[Pacific/Apia]", "2011-12-31T12:00+14:00[Pacific/Apia]"),
      // Beyond the table, by the yearly rule: north, south, and winter time that is the exception.
      ("2150-07-01T00:00[Europe/Stockholm]", "2150-07-01T00:00+02:00[Europe/Stockholm]"),
      ("2150-03-29T02:30[Europe/Stockholm]", "2150-03-29T03:30+02:00[Europe/Stockholm]"),
      ("2150-01-01T00:00[Australia/Sydney]", "2150-01-01T00:00+11:00[Australia/Sydney]"),
      ("2150-07-01T00:00[Australia/Sydney]", "2150-07-01T00:00+10:00[Australia/Sydney]"),
      ("2150-07-01T00:00[Europe/Dublin]", "2150-07-01T00:00+01:00[Europe/Dublin]"),
      ("+999999999-07-01T00:00[America/New_York]", "+999999999-07-01T00:00-04:00[America/New_York]"),
      // Before standard time, by the sun, to the second.
      ("1850-01-01T00:00[Europe/Paris]", "1850-01-01T00:00+00:09:21[Europe/Paris]"),
      // The database gives Stockholm the history of Berlin, whatever the system compiled.
      ("1818-07-21T21:40:32[Europe/Stockholm]", "1818-07-21T21:40:32+00:53:28[Europe/Stockholm]"),
      ("-999999999-01-01T00:00[Asia/Tokyo]", "-999999999-01-01T00:00+09:18:59[Asia/Tokyo]"),
    ])
  func resolving(text: String, resolved: String) throws {
    #expect(try Temporal.DateTime(parsing: text).description == resolved)
  }

  @Test("every point in time around a change survives a round trip", arguments: ["Europe/Stockholm", "Pacific/Apia"])
  func roundTrip(name: String) throws {
    let zone = try Temporal.Zone(parsing: name)
    // 2011-09-24T00:00Z to 2012-04-02T00:00Z, which has changes of both zones.
    for seconds in stride(from: Int64(1_316_822_400), to: 1_333_324_800, by: 1_801) {
      let value = try Temporal.DateTime(epochSeconds: seconds, nanosecond: 0, in: zone)
      #expect(try Temporal.DateTime(value.local, in: zone, preferring: value.offset) == value)
      #expect(try Temporal.DateTime(parsing: value.description) == value)
    }
  }

  @Test(
    "refuses names that are none",
    arguments: [
      "", "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC", "Europe//Paris", "Europe/", "Europe", "right/UTC",
      "posix/UTC",
      "zone.tab", "tzdata.zi", "Asia/\u{212A}abul", "Europe/Paris\0", String(repeating: "A", count: 5000), "+25:00",
    ])
  func refusing(name: String) {
    #expect(throws: TemporalError.self) { try Temporal.Zone(parsing: name) }
  }

  @Test("names, values and sizes")
  func shape() throws {
    #expect(try Temporal.Zone(parsing: "Asia/Bangkok").name == "Asia/Bangkok")
    #expect(try Temporal.Zone(parsing: "Asia/Bangkok") == Temporal.Zone(parsing: "Asia/Bangkok"))
    #expect(try Temporal.Zone(parsing: "-03:30").name == "-03:30")
    #expect(MemoryLayout<Temporal.DateTime>.size == 16)
    #expect(MemoryLayout<Temporal.Date>.size == 8)
  }

  @Test("extreme points in time have offsets too")
  func extremes() throws {
    let zone = try Temporal.Zone(parsing: "America/New_York")
    #expect(zone.offset(atEpochSeconds: .min).seconds == -17_762)
    #expect([-18_000, -14_400].contains(zone.offset(atEpochSeconds: .max).seconds))
    #expect(throws: TemporalError.self) { try Temporal.DateTime(epochSeconds: .max, nanosecond: 0, in: zone) }
  }

  @Test(
    "yearly rules in the notation of TZ",
    arguments: [
      // 2024-01-15T12:00Z and 2024-07-15T12:00Z
      ("UTC0", 0, 0), ("<+0545>-5:45", 20_700, 20_700), ("CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200),
      ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400), ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3600),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", 39_600, 36_000), ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, -3600),
      ("XXX0YYY-2,J60,J300", 0, 7200), ("XXX0YYY,59,299/26", 0, 3600),
    ])
  func yearlyRules(text: String, january: Int32, july: Int32) throws {
    let rule = try #require(YearlyZoneRule(parsing: text.utf8))
    let rules = ZoneRules(name: "Test", initialOffset: 0, transitions: [], rule: rule)
    #expect(rules.offset(atEpochSeconds: 1_705_320_000).seconds == january)
    #expect(rules.offset(atEpochSeconds: 1_721_044_800).seconds == july)
  }

  @Test(
    "refuses other rules", arguments: ["", "1", "CET", "CET-1CEST", "CET-1CEST,M13.5.0,M10.5.0", "CET-99", "<CET-1"])
  func refusingRules(text: String) {
    #expect(YearlyZoneRule(parsing: text.utf8) == nil)
  }
}
