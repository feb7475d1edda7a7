import Plenary

/// What is said about a result in words: its rows, what was written, how long it took.
enum Summary {
  /// `no rows`, `1 row`, `2 rows`.
  static func rows(_ count: Int) -> String { count == 0 ? "no rows" : counted(count, "row") }

  /// `created 2 nodes, set 3 properties`; `nil` when nothing was written.
  static func changes(_ counters: WriteCounters) -> String? {
    var parts: [String] = []
    func add(_ verb: String, _ count: Int, _ noun: String, _ plural: String? = nil) {
      if count > 0 { parts.append("\(verb) \(counted(count, noun, plural))") }
    }
    add("created", counters.nodesCreated, "node")
    add("created", counters.relationshipsCreated, "relationship")
    add("deleted", counters.nodesDeleted, "node")
    add("deleted", counters.relationshipsDeleted, "relationship")
    add("set", counters.propertiesSet, "property", "properties")
    add("added", counters.labelsAdded, "label")
    add("removed", counters.labelsRemoved, "label")
    add("changed", counters.indexesChanged, "index", "indexes")
    add("changed", counters.constraintsChanged, "constraint")
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// `850 µs`, `1.2 ms`, `3.45 s`.
  static func time(_ duration: Duration) -> String {
    let microseconds = duration / .microseconds(1)
    if microseconds < 1000 { return "\(Int(microseconds.rounded())) µs" }
    if microseconds < 1_000_000 { return "\(decimal(microseconds / 1000, places: 1)) ms" }
    return "\(decimal(microseconds / 1_000_000, places: 2)) s"
  }

  /// A number of things.
  static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// A number with so many digits after its point.
  static func decimal(_ number: Double, places: Int) -> String {
    let factor = (0..<places).reduce(1.0) { factor, _ in factor * 10 }
    let scaled = (number * factor).rounded()
    guard scaled.magnitude < 1e15 else { return number.description }
    let whole = Int64(scaled)
    let digits = String(whole.magnitude)
    let padded = String(repeating: "0", count: Swift.max(0, places + 1 - digits.count)) + digits
    let sign = whole < 0 ? "-" : ""
    guard places > 0 else { return sign + padded }
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }
}
