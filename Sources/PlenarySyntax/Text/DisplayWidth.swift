/// How many columns of a terminal text takes.
///
/// Terminals differ in details; this follows what most of them do today: a grapheme cluster is drawn as one, emoji
/// sequences (with joiners, skin tones, flags, keycaps) take two columns, East Asian wide characters two, combining
/// marks none.
package enum DisplayWidth {
  /// The columns a text takes. O(n), and fast for printable ASCII.
  package static func of(_ text: String) -> Int {
    var text = text
    let ascii: Int? = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? bytes.count : nil
    }
    return ascii ?? text.reduce(0) { $0 + of($1) }
  }

  /// The columns one grapheme cluster takes.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return of(first) }
    if isEmojiSequence(scalars, first: first) { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  /// The columns one scalar takes by itself.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F: return 1
    case 0..<0x20, 0x7F..<0xA0: return 0
    // Medial vowels and final consonants of Hangul combine with the leading consonant before them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    case 0xAD: return 1
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return WideScalars.contains(scalar) ? 2 : 1
    }
  }

  private static func isEmojiSequence(_ scalars: String.UnicodeScalarView, first: Unicode.Scalar) -> Bool {
    if (0x1F1E6...0x1F1FF).contains(first.value) { return scalars.count >= 2 }
    guard first.properties.isEmoji else { return false }
    return first.properties.isEmojiPresentation
      || scalars.dropFirst().contains { $0.value == 0xFE0F || $0.properties.isEmojiModifier }
  }
}
