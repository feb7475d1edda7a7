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
  /// White space between words does not count, nor does a `()` at the end. Where several have the name it is the first
  /// of `entries(named:)`.
  public static func entry(named name: String) -> ReferenceEntry? { entries(named: name).first }

  /// Every entry of a name, as `date` is a type and a function: first those of this very name, then those that have it
  /// as another one.
  public static func entries(named name: String) -> [ReferenceEntry] {
    (places[normalised(name)] ?? []).map { all[$0] }
  }

  /// The nearest name to one that has no entry; `nil` when none is near.
  public static func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: all.flatMap { [$0.name] + $0.aliases })
  }

  private static let places: [String: [Int]] = {
    var places: [String: [Int]] = [:]
    for (place, entry) in all.enumerated() { places[normalised(entry.name), default: []].append(place) }
    for (place, entry) in all.enumerated() {
      for alias in entry.aliases where places[normalised(alias)]?.contains(place) != true {
        places[normalised(alias), default: []].append(place)
      }
    }
    return places
  }()

  private static func normalised(_ name: String) -> String {
    var words = name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.hasSuffix("()"), words.utf8.count > 2 { words.removeLast(2) }
    return words
  }
}
