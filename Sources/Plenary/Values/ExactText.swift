/// A text as a key: equal to another when its code points are, which is how the language compares names and strings.
///
/// Swift's `String` goes by canonical equivalence and takes `"e\u{301}"` and `"\u{e9}"` for one key, so no dictionary or
/// set of the engine that holds names or strings of the language has `String` for its key.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (a: ExactText, b: ExactText) -> Bool { a.text.hasSameCodePoints(as: b.text) }

  func hash(into hasher: inout Hasher) { text.hashCodePoints(into: &hasher) }
}

extension Sequence<String> {
  /// Whether one of the texts has the same code points. O(size of the texts).
  func containsCodePoints(of text: String) -> Bool { contains { $0.hasSameCodePoints(as: text) } }
}
