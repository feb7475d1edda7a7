import Testing

@testable import Plenary

@Suite("Temporal functions")
struct TemporalFunctionTests {
  @Test(
    "read text",
    arguments: [
      ("date", "2015-W30-2", "2015-07-21"), ("localtime", "214032.142", "21:40:32.142"),
      ("time", "21:40-01:30", "21:40-01:30"), ("localdatetime", "2015T21:40", "2015-01-01T21:40"),
      ("datetime", "2015-07-21T21:40:32.142+0100", "2015-07-21T21:40:32.142+01:00"),
      ("duration", "P12Y5M14DT16H12M70S", "P12Y5M14DT16H13M10S"),
    ])
  func text(name: String, text: String, expected: String) throws {
    #expect(try call(name, v(text)).text == expected)
  }

  @Test("take components, and leave out those that are null")
  func components() throws {
    #expect(try call("date", v(["year": v(1984), "month": v(10), "day": v(11)])).text == "1984-10-11")
    #expect(try call("date", v(["year": v(1984), "month": v(10), "day": null])).text == "1984-10-01")
    let other = try call("date", v("1984-10-11"))
    #expect(try call("date", v(["date": other, "day": v(28)])).text == "1984-10-28")
    #expect(
      try call("datetime", v(["date": other, "hour": v(12), "timezone": v("+07:00")])).text == "1984-10-11T12:00+07:00")
    #expect(try call("duration", v(["months": v(0.75)])).text == "P22DT19H51M49.5S")
    #expect(slug { try call("date", v(["year": v(1984), "month": v(13)])) } == "invalid-temporal")
    #expect(slug { try call("date", v(["yaer": v(1984)])) } == "invalid-temporal")
    #expect(slug { try call("date", v("1984-13")) } == "invalid-temporal")
  }

  @Test("select from other temporal values")
  func selection() throws {
    let dateTime = try call("datetime", v("1984-10-11T12:31:14+07:00"))
    #expect(try call("date", dateTime).text == "1984-10-11")
    #expect(try call("time", dateTime).text == "12:31:14+07:00")
    #expect(try call("localdatetime", dateTime).text == "1984-10-11T12:31:14")
    #expect(slug { try call("date", call("localtime", v("12:00"))) } == "invalid-temporal")
  }

  @Test("show the statement's clock")
  func clock() throws {
    #expect(try call("datetime").text == "2026-11-21T20:00:00.500Z")
    #expect(try call("date").text == "2026-11-21")
    #expect(try call("localtime.statement").text == "20:00:00.500")
    #expect(try call("time.transaction", v("+07:00")).text == "03:00:00.500+07:00")
    #expect(try call("date.transaction", v(["timezone": v("+07:00")])).text == "2026-11-22")
    #expect(try call("datetime.realtime").valueType == .dateTime)
    #expect(try call("date.realtime", null) == null)
    #expect(try call("date", null) == null)
  }

  @Test("truncate, change the type and set components")
  func truncation() throws {
    let dateTime = try call("datetime", v("1984-10-11T12:31:14.645876123+01:00"))
    #expect(try call("date.truncate", v("month"), dateTime).text == "1984-10-01")
    #expect(try call("datetime.truncate", v("weekYear"), dateTime).text == "1984-01-02T00:00+01:00")
    #expect(try call("localtime.truncate", v("minute"), dateTime, v(["nanosecond": v(2)])).text == "12:31:00.000000002")
    #expect(try call("date.truncate", v("year")).text == "2026-01-01")
    #expect(slug { try call("date.truncate", v("fortnight"), dateTime) } == "invalid-temporal")
  }

  @Test("measure the time between")
  func between() throws {
    let a = try call("date", v("1984-10-11"))
    let b = try call("localdatetime", v("2016-07-21T21:45:22.142"))
    #expect(try call("duration.between", a, b).text == "P31Y9M10DT21H45M22.142S")
    #expect(try call("duration.inMonths", a, b).text == "P31Y9M")
    #expect(try call("duration.inDays", a, b).text == "P11606D")
    #expect(try call("duration.inSeconds", a, b).text == "PT278565H45M22.142S")
    #expect(
      message { try call("duration.between", a, v(1)) }
        == "duration.between() got an Integer, expected a Date, LocalTime, Time, LocalDateTime or DateTime")
  }

  @Test("count from 1970")
  func epoch() throws {
    #expect(try call("datetime.fromepoch", v(416_779), v(999_999_999)).text == "1970-01-05T19:46:19.999999999Z")
    #expect(try call("datetime.fromepochmillis", v(237_821_673_987)).text == "1977-07-15T13:34:33.987Z")
  }
}
