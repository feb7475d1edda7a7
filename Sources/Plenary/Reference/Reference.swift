import PlenarySyntax

/// The reference of the language: an entry for every clause, operator, type, function, procedure and error code.
///
/// ```swift
/// Reference.entry(named: "order by")?.signature   // "ORDER BY expression [ASC | DESC], ..."
/// Reference.entries(of: .function).count
/// ```
public enum Reference {
  /// Every entry: those of a kind together, in the order of the documents.
  public static let all: [ReferenceEntry] =
    clauses + patterns + expressions + types + functions + procedures + codes

  /// The entries of a kind, in the order of the documents.
  public static func entries(of kind: ReferenceEntry.Kind) -> [ReferenceEntry] { all.filter { $0.kind == kind } }

  /// The entry of a name or another name of it, whatever the case; `nil` if there is none.
  ///
  /// White space between words does not count, nor does a `()` at the end.
  public static func entry(named name: String) -> ReferenceEntry? {
    let wanted = normalised(name)
    return places[wanted].map { all[$0] }
  }

  /// The nearest name to one that has no entry; `nil` when none is near.
  public static func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: all.flatMap { [$0.name] + $0.aliases })
  }

  // The first entry of a name wins: names come before aliases, clauses before functions.
  private static let places: [String: Int] = {
    var places: [String: Int] = [:]
    for (place, entry) in all.enumerated() where places[normalised(entry.name)] == nil {
      places[normalised(entry.name)] = place
    }
    for (place, entry) in all.enumerated() {
      for alias in entry.aliases where places[normalised(alias)] == nil { places[normalised(alias)] = place }
    }
    return places
  }()

  private static func normalised(_ name: String) -> String {
    var words = name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.hasSuffix("()"), words.utf8.count > 2 { words.removeLast(2) }
    return words
  }
}
