/// Finds the name that was probably meant.
public enum Suggestion {
  /// The greatest number of edits between what was written and what is suggested.
  public static let maximumDistance = 2

  /// Names longer than this are not compared: nobody mistypes a word of that length into another.
  private static let longestName = 64

  /// The candidate nearest to a name by Damerau-Levenshtein distance, at most two edits away.
  ///
  /// Letters that differ only in case count as equal, but of two equally near candidates the one that agrees in case
  /// wins, then the one that comes first in `candidates`. Names of up to three letters allow one edit. The name itself
  /// is never suggested. O(candidates), each at most a few hundred steps.
  ///
  /// ```swift
  /// Suggestion.nearest(to: "Sate", among: ["State", "Body"])   // "State"
  /// ```
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let written = fold(name)
    guard !written.isEmpty, written.count <= longestName else { return nil }
    let limit = written.count <= 3 ? 1 : maximumDistance
    var best: (name: String, distance: Int, differsInCase: Bool)?
    for candidate in candidates where candidate != name {
      // Cheap test first: the lengths alone rule out most.
      guard abs(candidate.utf8.count - name.utf8.count) <= limit * 4 else { continue }
      let folded = fold(candidate)
      guard !folded.isEmpty, let distance = distance(written, folded, limit: limit) else { continue }
      // Replacing every letter is no resemblance.
      if distance >= folded.count { continue }
      let differsInCase = distance == 0 || !candidate.unicodeScalars.starts(with: name.unicodeScalars.prefix(1))
      let isBetter = best.map {
        distance < $0.distance || (distance == $0.distance && !differsInCase && $0.differsInCase)
      }
      if isBetter ?? true { best = (candidate, distance, differsInCase) }
    }
    return best?.name
  }

  /// The edit distance of two words, unless it is above the limit.
  static func distance(_ left: String, _ right: String, limit: Int) -> Int? {
    distance(fold(left), fold(right), limit: limit)
  }

  private static func fold(_ name: String) -> [UInt32] {
    var scalars: [UInt32] = []
    for scalar in name.unicodeScalars {
      if scalars.count > longestName { break }
      if scalar.isASCII {
        scalars.append(scalar.value >= 0x41 && scalar.value <= 0x5A ? scalar.value | 0x20 : scalar.value)
      } else {
        scalars.append(scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value)
      }
    }
    return scalars
  }

  /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours cost one each.
  private static func distance(_ left: [UInt32], _ right: [UInt32], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = beforePrevious
    for row in 0..<left.count {
      current[0] = row + 1
      var smallest = current[0]
      for column in 0..<right.count {
        let replacement = previous[column] + (left[row] == right[column] ? 0 : 1)
        var cost = Swift.min(previous[column + 1] + 1, current[column] + 1, replacement)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = Swift.min(cost, beforePrevious[column - 1] + 1)
        }
        current[column + 1] = cost
        smallest = Swift.min(smallest, cost)
      }
      if smallest > limit { return nil }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count] <= limit ? previous[right.count] : nil
  }
}
