import PlenaryTestSupport
import Testing

@testable import PlenarySyntax

@Suite("Completeness")
struct CompletenessTests {
  @Test(arguments: ["", "  \n", "// a", "/* a */\n"])
  func `nothing to run`(text: String) { #expect(Parser.completeness(of: text) == .blank) }

  @Test(arguments: ["RETURN 1;", "RETURN 1; // done", "RETURN (1;", "RETURN ';';", ";", "RETURN 1; /* a */ "])
  func `ready to run`(text: String) { #expect(Parser.completeness(of: text) == .complete) }

  /// What is open begins at mark 1 and its opening ends at mark 2.
  @Test(arguments: [
    ("1️⃣MATCH2️⃣ (n)", Completeness.OpenConstruct.Kind.statement),
    ("RETURN 1; 1️⃣RETURN2️⃣ 2", .statement),
    ("RETURN 1️⃣'2️⃣a;", .string),
    ("RETURN 1️⃣\"2️⃣a;\n", .string),
    ("RETURN 1️⃣`2️⃣a;", .quotedName),
    ("RETURN $1️⃣`2️⃣a;", .quotedName),
    ("RETURN 1; 1️⃣/*2️⃣ ;", .comment),
    ("MATCH (n) WHERE 1️⃣(2️⃣n.x", .bracket),
    ("RETURN [{a: 1}, 1️⃣{2️⃣b: 2", .bracket),
    ("1️⃣RETURN2️⃣ 1 // ;", .statement),
  ])
  func `more is needed`(text: String, kind: Completeness.OpenConstruct.Kind) {
    let marked = MarkedText(text)
    let range = SourceRange(start: UInt32(marked.offset(1)), end: UInt32(marked.offset(2)))
    #expect(Parser.completeness(of: marked.text) == .incomplete(.init(kind: kind, opening: range)))
  }
}
