import Plenary
import Testing

@testable import PlenaryShell

@Suite("Answering another process")
struct PipeServerTests {
  private func answers(_ requests: String..., readOnly: Bool = false) -> [String] {
    var server = PipeServer(graph: "empty")
    server.isReadOnly = readOnly
    let output = TextOutput()
    let status = server.serve(
      input: LineReader(text: requests.joined(separator: "\n")), output: output, errors: TextOutput())
    #expect(status == .success)
    return output.take().split(separator: "\n").map { line in
      // Times differ from run to run; none is 0.
      String(line).replacing(/"elapsed_us":[1-9]\d*/, with: "\"elapsed_us\":1")
    }
  }

  @Test func rowsAreArrays() {
    #expect(
      answers(#"{"query":"UNWIND $list AS x RETURN x, x = 1 AS one","params":{"list":[1,"a",null]}}"#)
        == [#"{"columns":["x","one"],"rows":[[1,true],["a",false],[null,null]],"elapsed_us":1}"#])
  }

  @Test func parametersKeepTheirTypes() {
    #expect(
      answers(#"{"query":"RETURN $p AS p","params":{"p":{"i":1,"f":1.5,"s":"é","b":true,"n":null,"l":[{}]}}}"#)
        == [#"{"columns":["p"],"rows":[[{"i":1,"f":1.5,"s":"é","b":true,"n":null,"l":[{}]}]],"elapsed_us":1}"#])
  }

  @Test func changesStay() {
    #expect(
      answers(#"{"query":"CREATE (:A {x: 1})"}"#, "", #"{"id":7,"query":"MATCH (a:A) RETURN a"}"#) == [
        #"{"columns":[],"rows":[],"counters":{"nodes_created":1,"properties_set":1,"labels_added":1},"elapsed_us":1}"#,
        #"{"id":7,"columns":["a"],"rows":[[{"id":0,"labels":["A"],"properties":{"x":1}}]],"elapsed_us":1}"#,
      ])
  }

  @Test func errorsHaveCodesAndPlaces() throws {
    let answer = try #require(answers(#"{"id":"q","query":"RETURN\n xyz"}"#).first)
    let error = try #require(try JSONReader.read(ArraySlice(answer.utf8))["error"])
    #expect(error["code"] == .string("42002"))
    #expect(error["name"] == .string("undefined-variable"))
    #expect(error["type"] == .string("SyntaxError"))
    #expect(error["detail"] == .string("UndefinedVariable"))
    #expect(error["phase"] == .string("compile time"))
    #expect(error["line"] == .integer(2))
    #expect(error["column"] == .integer(2))
    #expect(error["offset"] == .integer(8))
    #expect(error["length"] == .integer(3))
  }

  @Test(
    "requests that are none are answered too",
    arguments: [
      ("{", "request is no JSON: expected a member name in quotes at byte 2"),
      ("[]", #"found no object, expected {\"query\":\"...\"}"#), ("{}", #"found no member \"query\" with a string"#),
      (#"{"query":1}"#, #"found no member \"query\" with a string"#),
      (#"{"query":"RETURN 1","params":[]}"#, #"member \"params\" is no object"#),
      (#"{"query":"RETURN 1","timeout_ms":"x"}"#, #"member \"timeout_ms\" is no whole number"#),
    ])
  func invalidRequests(_ request: String, _ message: String) {
    #expect(answers(request) == [#"{"error":{"code":"22000","name":"invalid-request","message":""# + message + #""}}"#])
  }

  @Test func limitsAndReadOnly() {
    #expect(answers(#"{"query":"UNWIND [1,2,3] AS n RETURN n","row_limit":2}"#)[0].contains(#""code":"54000""#))
    #expect(
      answers(#"{"query":"UNWIND range(1, 9999) AS n RETURN n","memory_limit":1000}"#)[0]
        .contains(#""name":"memory-limit-exceeded""#))
    #expect(answers(#"{"query":"RETURN 1","memory_limit":"1GB"}"#)[0].contains("is no whole number"))
    #expect(
      answers(
        #"{"query":"UNWIND range(1,1000000) AS a UNWIND range(1,1000000) AS b RETURN sum(a*b%7)","timeout_ms":10}"#)[0]
        .contains(#""code":"57014""#))
    #expect(answers(#"{"query":"CREATE ()"}"#, readOnly: true)[0].contains(#""code":"25006""#))
  }

  @Test func linesAreReadWhateverTheirLength() {
    let reader = LineReader(text: "a\n\n" + String(repeating: "b", count: 200_000) + "\nlast")
    var lengths: [Int] = []
    while let line = reader.next() { lengths.append(line.count) }
    #expect(lengths == [1, 0, 200_000, 4])
  }
}
