import PlenarySyntax

/// The subqueries of a statement as they are written.
///
/// Equal text says the same where its names mean the same variables.
struct SubqueryTexts {
  private struct Entry {
    var id: SubqueryID
    var range: SourceRange
    var captured: [VariableID]
    var scope: Scope

    /// Whether the names that two subqueries read mean the same variables.
    func isLike(_ other: Entry) -> Bool {
      captured == other.captured
        && names.elementsEqual(other.names) {
          $0.variable == $1.variable && $0.name.hasSameCodePoints(as: $1.name)
        }
    }

    private var names: [(name: String, variable: VariableID)] {
      scope.variablesByName.filter { captured.contains($0.variable) }
    }
  }

  /// Those that read variables around them.
  private var entries: [Entry] = []
  /// The places in `entries` of the first of each kind, by their words; empty while there is a single one.
  private var places: [ExactText: [Int]] = [:]

  /// Adds a subquery. O(its length) but for the first.
  ///
  /// - Parameters:
  ///   - captured: the outer variables that it reads.
  ///   - scope: what names mean around it.
  /// - Returns: an earlier one that is written with the same words and reads the same variables by the same names.
  mutating func add(
    _ id: SubqueryID, at range: SourceRange, of text: String, reading captured: [VariableID], in scope: Scope
  ) -> SubqueryID? {
    // What reads nothing around it is run once anyway.
    guard !captured.isEmpty else { return nil }
    let entry = Entry(id: id, range: range, captured: captured, scope: scope)
    defer { entries.append(entry) }
    guard !entries.isEmpty else { return nil }
    if places.isEmpty { places[SubqueryTexts.words(entries[0].range, of: text)] = [0] }
    let words = SubqueryTexts.words(range, of: text)
    if let twin = places[words]?.first(where: { entries[$0].isLike(entry) }) { return entries[twin].id }
    places[words, default: []].append(entries.count)
    return nil
  }

  /// A piece of text without comments, one space after each token.
  private static func words(_ range: SourceRange, of text: String) -> ExactText {
    let bytes = Array(text.utf8.dropFirst(Int(range.start)).prefix(Int(range.end - range.start)))
    var words: [UInt8] = []
    for token in Lexer.tokens(String(decoding: bytes, as: UTF8.self)) where token.tokenClass != .comment {
      words += bytes[Int(token.range.start)..<Int(token.range.end)]
      words.append(UInt8(ascii: " "))
    }
    return ExactText(String(decoding: words, as: UTF8.self))
  }
}
