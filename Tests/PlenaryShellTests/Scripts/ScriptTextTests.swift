import Testing

@testable import PlenaryShell

@Suite("Cutting scripts into steps")
struct ScriptTextTests {
  private func steps(_ text: String) -> [String] { ScriptText.steps(of: text).map(\.text) }

  @Test(
    "statements end at semicolons that stand in no string, name or comment",
    arguments: [
      ("", []), (" \n\t", []), (";;", []), ("RETURN 1", ["RETURN 1"]), ("RETURN 1;", ["RETURN 1"]),
      ("RETURN 1; RETURN 2 ;", ["RETURN 1", "RETURN 2"]), ("RETURN ';'; RETURN \";\"", ["RETURN ';'", "RETURN \";\""]),
      (#"RETURN 'it\';s'; RETURN 2"#, [#"RETURN 'it\';s'"#, "RETURN 2"]),
      (#"RETURN '\\'; RETURN 2"#, [#"RETURN '\\'"#, "RETURN 2"]),
      ("MATCH (`a;b`) RETURN 1; RETURN 2", ["MATCH (`a;b`) RETURN 1", "RETURN 2"]),
      ("RETURN `a\\`; RETURN 2", ["RETURN `a\\`", "RETURN 2"]),
      ("// one; two\nRETURN 1 // three;\n;", ["RETURN 1 // three;"]),
      ("/* a; b */ RETURN /* ; */ 1; RETURN 2", ["RETURN /* ; */ 1", "RETURN 2"]), ("\u{FEFF}RETURN 1", ["RETURN 1"]),
      ("RETURN 'never closed; RETURN 2", ["RETURN 'never closed; RETURN 2"]), ("/* never closed", ["/* never closed"]),
      ("// only a comment", []),
    ] as [(String, [String])])
  func statements(_ text: String, _ expected: [String]) {
    #expect(steps(text) == expected)
  }

  @Test func commandsEndWithTheirLine() {
    let script = ":param x => 1; 2\nRETURN $x;\n  :format csv\r\nRETURN 2\n:not a command"
    #expect(
      ScriptText.steps(of: script).map(\.kind) == [.command, .statement, .command, .statement])
    #expect(steps(script) == [":param x => 1; 2", "RETURN $x", ":format csv", "RETURN 2\n:not a command"])
  }

  @Test func offsetsPointIntoTheScript() {
    let script = "RETURN 'é';\n  RETURN 2"
    for step in ScriptText.steps(of: script) {
      let found = Array(script.utf8)[step.offset...].prefix(step.text.utf8.count)
      #expect(String(decoding: found, as: UTF8.self) == step.text)
    }
    #expect(ScriptText.steps(of: script).map(\.offset) == [0, 15])
    #expect(ScriptText.steps(of: script).map(\.isTerminated) == [true, false])
  }
}

@Suite("Text of parameters")
struct ParameterTextTests {
  @Test(
    "literals are expressions",
    arguments: [
      "3", "-3", "0", "1.5", ".5", "1e10", "1.5e-3", "0x1F", "0o17", "true", "FALSE", "null", "'text'", "\"text\"",
      "[1, 2]", "{a: 1}", "date('2024-05-01')", "duration({days: 1})", "datetime.fromepoch(1, 2)", "date()",
    ])
  func expressions(_ text: String) {
    #expect(ParameterText(text) == .expression(text))
  }

  @Test(
    "anything else is a string as it stands",
    arguments: [
      "", "Brunei", "Brunei Darussalam", "2024-05-01", "12:30", "1.2.3", "007", "1.", "+65 6123", "-", "--x", "0x",
      "1e",
      "it's", "trueish", "f(x)", "n.name", "$x", "a=b", "٣",
    ])
  func strings(_ text: String) {
    #expect(ParameterText(text) == .string(text))
  }
}
