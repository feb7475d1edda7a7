/// Finds the name a person probably meant.
enum NearestName {
  /// The candidate nearest to a name; `nil` when none is near enough to be meant.
  ///
  /// Near is a name that differs only in case, or in at most two edits (a character inserted, removed, replaced, or
  /// swapped with its neighbour), one for names of up to four characters. Of several the nearest, then the first.
  /// O(candidates × length²).
  static func find(_ name: String, in candidates: some Sequence<String>) -> String? {
    // Names are short; a long text is none, and not worth the quadratic work.
    guard name.utf8.count <= 64 else { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate.utf8.count <= 64 && candidate != name {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let allowed = Swift.min(wanted.count, letters.count) <= 4 ? 1 : 2
      guard abs(letters.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, letters)
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The number of edits from one to the other, a swap of neighbours counting as one.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for row in 0..<a.count {
      var current = [row + 1]
      for column in 0..<b.count {
        var edits = Swift.min(
          last[column + 1] + 1, current[column] + 1, last[column] + (a[row] == b[column] ? 0 : 1))
        if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
          edits = Swift.min(edits, beforeLast[column - 1] + 1)
        }
        current.append(edits)
      }
      (beforeLast, last) = (last, current)
    }
    return last[b.count]
  }
}
