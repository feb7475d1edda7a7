import Foundation
import Plenary
import Testing

/// The questions of `Samples/questions`, asked of the built-in graph.
///
/// The answers were worked out from the facts and not by the engine: see `answers.txt`.
@Suite("ACCSM questions")
struct AccsmQuestionsTests {
  /// One saved query and what it has to answer.
  struct Question: CustomTestStringConvertible {
    let name: String
    let text: String
    /// The line of column names, then one line per row.
    let answer: [String]

    var testDescription: String { name }

    /// Every question, in the order of the numbers.
    static func all() throws -> [Question] {
      let answers = try Self.answers()
      return try AccsmFiles.files(in: "questions", extension: "cypher").map { file in
        let name = file.deletingPathExtension().lastPathComponent
        return Question(
          name: name, text: try String(contentsOf: file, encoding: .utf8), answer: answers[name] ?? [])
      }
    }

    /// The sections of `answers.txt` by their name.
    static func answers() throws -> [String: [String]] {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "answers.txt")
      let sections = try String(contentsOf: file, encoding: .utf8).split(separator: "\n# ").dropFirst()
      return Dictionary(
        uniqueKeysWithValues: sections.map { section in
          let lines = section.split(separator: "\n").map(String.init)
          return (lines[0], Array(lines.dropFirst()))
        })
    }
  }

  @Test("is answered as the facts have it", arguments: try Question.all())
  func answer(question: Question) throws {
    let result = try Database.open("accsm").query(question.text)
    let rows = result.map { row in
      result.columns.indices.map { literal(row.value($0)) }.joined(separator: " | ")
    }
    #expect([result.columns.joined(separator: " | ")] + rows == question.answer)
  }

  @Test("every question has a comment and an answer, and every answer a question")
  func questionsAndAnswersMatch() throws {
    let questions = try Question.all()
    #expect(questions.count == 28)
    #expect(try Set(questions.map(\.name)) == Set(Question.answers().keys))
    for question in questions {
      #expect(question.text.hasPrefix("// "), "\(question.name)")
      #expect(question.answer.count > 1, "\(question.name)")
    }
  }

  /// A value as `answers.txt` writes it: an openCypher literal, or a date as it is.
  private func literal(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .string(let string):
      "'" + string.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    case .boolean(let boolean): "\(boolean)"
    case .integer(let integer): "\(integer)"
    case .date(let date): "\(date)"
    case .list(let elements): "[" + elements.map(literal).joined(separator: ", ") + "]"
    default: "\(value)"
    }
  }
}
