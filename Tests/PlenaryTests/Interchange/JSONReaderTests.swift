import Testing

@testable import Plenary

@Suite("Reading JSON")
struct JSONReaderTests {
  private func read(_ text: String) throws -> JSONValue { try JSONReader.read(ArraySlice(text.utf8)) }

  @Test(
    "reads what RFC 8259 allows",
    arguments: [
      ("null", JSONValue.null), (" true ", .boolean(true)), ("-0", .integer(0)),
      ("9223372036854775807", .integer(.max)),
      ("9223372036854775808", .number(9223372036854775808)), ("1.5e2", .number(150)), ("1E2", .number(100)),
      (#""a\"\\\/\b\f\n\r\té\ud83d\udc4d漢""#, .string("a\"\\/\u{8}\u{C}\n\r\té👍漢")), ("[]", .array([])),
      ("[1, [2]]", .array([.integer(1), .array([.integer(2)])])), ("{}", .object([])),
      (#"{"a":1,"b":{"c":null}}"#, .object([("a", .integer(1)), ("b", .object([("c", .null)]))])),
    ])
  func valid(_ text: String, _ expected: JSONValue) throws {
    #expect(try read(text) == expected)
  }

  @Test(
    "refuses everything else",
    arguments: [
      "", " ", "nul", "01", "1.", ".5", "+1", "1e", "'a'", "\"a", "\"\u{1}\"", #""\x""#, #""\ud83d""#, #""\ud83dA""#,
      #""\udc4d""#, "[1,]", "[1", "{", #"{"a"}"#, #"{"a":1,}"#, "{a:1}", "1 2", "NaN", "1e999",
    ])
  func invalid(_ text: String) {
    #expect(throws: JSONReader.Failure.self) { try read(text) }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONReader.Failure.self) { try read(deep) }
    let allowed = JSONReader.nestingLimit
    _ = try read(String(repeating: "[", count: allowed) + String(repeating: "]", count: allowed))
  }

  @Test(arguments: ["", "plain", "\"\\\u{0}\u{1F}\n", "漢👩‍👧", "\u{7F}\u{2028}"])
  func readsWhatIsWritten(_ text: String) throws {
    var bytes: [UInt8] = []
    QuotedText.append(json: text, to: &bytes)
    #expect(try read(String(decoding: bytes, as: UTF8.self)) == .string(text))
  }
}
