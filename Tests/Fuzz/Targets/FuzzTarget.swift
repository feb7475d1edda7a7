import Plenary
import PlenarySyntax

/// A way into the code that anyone's bytes can take. None may trap, hang or leak; errors are answers.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Bytes to tree, formatted text and completions.
  case parser
  /// Statements to rows and a changed graph, with every way of running them that must make no difference.
  case query
  /// Bytes to a graph: a file of nodes, then after a zero byte one of relationships.
  case csv
  /// Bytes to a graph: JSON lines.
  case jsonlines
  /// Bytes to a graph: the files of a saved graph, with checksums that fit.
  case saved

  /// Tries one input.
  ///
  /// - Throws: `FuzzFinding` when the code gave an answer that cannot be right.
  package func run(_ bytes: [UInt8]) throws(FuzzFinding) {
    switch self {
    case .parser: try ParserTrial.run(String(decoding: bytes, as: UTF8.self))
    case .query:
      var trial = QueryTrial()
      try trial.run(script: String(decoding: bytes, as: UTF8.self))
    case .csv: try CSVTrial.run(bytes)
    case .jsonlines: try JSONLinesTrial.run(bytes)
    case .saved: try SavedTrial.run(bytes)
    }
  }

  /// Whether inputs are texts of the language, which `QueryMutator` knows how to change.
  package var takesQueries: Bool {
    switch self {
    case .parser, .query: true
    case .csv, .jsonlines, .saved: false
    }
  }

  /// Inputs to begin with that are better made than written.
  package func generatedSeeds() throws -> [[UInt8]] { self == .saved ? try SavedGraphFiles.seeds() : [] }
}

/// What is wrong with an answer to an input.
package struct FuzzFinding: Error, CustomStringConvertible {
  /// What is wrong, and where it was seen.
  package let description: String

  init(_ description: String) { self.description = description }

  /// Throws unless something holds.
  static func require(_ holds: Bool, _ description: @autoclosure () -> String) throws(FuzzFinding) {
    if !holds { throw FuzzFinding(description()) }
  }
}
