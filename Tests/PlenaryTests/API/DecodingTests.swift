import Testing

@testable import Plenary

@Suite("Decoding rows")
struct DecodingTests {
  private struct Person: Decodable, Equatable {
    var name: String
    var age: Int?
    var languages: [String] = []
  }

  private struct Meeting: Decodable, Equatable {
    enum Mode: String, Decodable { case online, inPerson = "in-person" }
    struct Place: Decodable, Equatable { var city: String }
    var title: String
    var mode: Mode
    var place: Place?
    var day: Temporal.Date
    var dayText: Temporal.Date
  }

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch let error as QueryError {
      return error.message + (error.hint.map { " (\($0))" } ?? "")
    } catch { return "another error" }
    return "nothing"
  }

  @Test("columns are keys, null is nil")
  func keyed() throws {
    let result = RowTests.result(
      ["name", "age", "languages"], [[["Ada", 36, ["en", "fr"]]], [["Bo", nil, []]]])
    #expect(
      try result.decode(Person.self)
        == [Person(name: "Ada", age: 36, languages: ["en", "fr"]), Person(name: "Bo", age: nil, languages: [])])
  }

  @Test("maps, enums and temporal values nest")
  func nested() throws {
    let day = try Temporal.Date(year: 2024, month: 8, day: 7)
    let result = RowTests.result(
      ["title", "mode", "place", "day", "dayText"],
      [
        [
          ["22nd", "in-person", ["city": "Bandar"], .date(day), "2024-08-07"],
          ["x", "online", nil, .date(day), "2024-08-07"],
        ]
      ])
    #expect(
      try result.decode()
        == [
          Meeting(title: "22nd", mode: .inPerson, place: .init(city: "Bandar"), day: day, dayText: day),
          Meeting(title: "x", mode: .online, place: nil, day: day, dayText: day),
        ])
  }

  @Test("one column of scalars, lists or tuples")
  func scalars() throws {
    let numbers = RowTests.result(["n"], [[[1], [2]]])
    #expect(try numbers.decode(Int.self) == [1, 2])
    #expect(try numbers.decode(Double.self) == [1, 2])
    #expect(try RowTests.result(["n"], [[[nil], [2]]]).decode(Int?.self) == [nil, 2])
    #expect(try RowTests.result(["l"], [[[["a"]]]]).decode([String].self) == [["a"]])
    #expect(try RowTests.result(["a", "b"], [[[1, 2]]]).decode([Int].self) == [[1, 2]])
    #expect(try RowTests.result(["a", "b"], [[[1, 2]]]).decode([String: Int].self) == [["a": 1, "b": 2]])
  }

  @Test("a node or relationship decodes from its properties")
  func elements() throws {
    var builder = GraphBuilder()
    let name = try builder.makeKeyToken("name")
    let languages = try builder.makeKeyToken("languages")
    let node = try builder.addNode(labels: [], properties: [(name, "Ada"), (languages, ["en"])])
    let graph = try builder.build()
    struct Wrapper: Decodable { var person: Person }
    let result = RowTests.result(["person"], [[[.node(node)]]], graph: graph)
    let ada = Person(name: "Ada", age: nil, languages: ["en"])
    #expect(try result.decode(Wrapper.self).map(\.person) == [ada])
    #expect(try result.decode(Person.self) == [ada])
  }

  @Test("errors name the row and the way to the value")
  func errors() {
    struct Outer: Decodable {
      var people: [Person]
    }
    let people = RowTests.result(
      ["people"], [[[[["name": "Ada", "languages": []]]], [[["name": 5, "languages": []]]]]])
    #expect(
      message { _ = try people.decode(Outer.self) }
        == "row 1, people[0].name: found the Integer 5, expected a String")
    let missing = RowTests.result(["nam", "languages"], [[["Ada", []]]])
    #expect(
      message { _ = try missing.decode(Person.self) }
        == "row 0: there is no column \"name\", found \"nam\", \"languages\" (did you mean \"nam\"?)")
    #expect(
      message { _ = try RowTests.result(["n"], [[[nil]]]).decode(Int.self) }
        == "row 0: found null, expected an Integer")
    #expect(
      message { _ = try RowTests.result(["a", "b"], [[[1, 2]]]).decode(Int.self) }
        == "row 0: found 2 columns, expected one for a scalar")
    #expect(
      message { _ = try RowTests.result(["n"], [[["nonsense"]]]).decode(Temporal.Date.self) }
        .hasPrefix("row 0: 'nonsense' is not a date"))
  }

  @Test("temporal values are ISO 8601 text in other formats")
  func temporalCoding() throws {
    func text<Content: Codable & Equatable>(_ value: Content) throws -> String {
      let encoder = TextEncoder()
      try value.encode(to: encoder)
      return encoder.storage.text
    }
    #expect(try text(Temporal.Date(year: 2024, month: 8, day: 7)) == "2024-08-07")
    #expect(try text(Temporal.Duration(parsing: "P1M")) == "P1M")
    #expect(try text(Temporal.DateTime(parsing: "2024-08-07T12:00+07:00")) == "2024-08-07T12:00+07:00")
  }
}

/// Keeps the one string that is encoded.
private struct TextEncoder: Encoder {
  final class Storage { var text = "" }
  let storage = Storage()
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    preconditionFailure("the test encodes no keys")
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { preconditionFailure("the test encodes no lists") }
  func singleValueContainer() -> any SingleValueEncodingContainer { Container(storage: storage) }

  struct Container: SingleValueEncodingContainer {
    let storage: Storage
    var codingPath: [any CodingKey] { [] }
    mutating func encodeNil() throws {}
    mutating func encode<Content: Encodable>(_ value: Content) throws { storage.text = "\(value)" }
  }
}
