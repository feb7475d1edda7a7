import Plenary

/// How much memory each query may keep.
package enum MemoryLimit: Equatable, Sendable {
  /// As much as leaves the machine room to breathe.
  case automatic
  /// As much as there is.
  case none
  case bytes(Int)

  /// The share of the machine's memory that program, graph and query may have together.
  private static let share = 0.8

  /// The least an automatic limit allows, however full the machine is.
  private static let leastBytes = 64 << 20

  /// Reads `none`, or an amount such as `2GB`, `1.5 GiB`, `512mb` or `1000000`, which is bytes.
  package init?(_ text: String) {
    if text.lowercased() == "none" {
      self = .none
      return
    }
    let units: [(suffix: String, bytes: Double)] = [
      ("kib", 0x1p10), ("mib", 0x1p20), ("gib", 0x1p30), ("tib", 0x1p40), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9),
      ("tb", 1e12), ("b", 1), ("", 1),
    ]
    let lowercased = text.lowercased()
    guard let unit = units.first(where: { lowercased.hasSuffix($0.suffix) }) else { return nil }
    var digits = lowercased.dropLast(unit.suffix.count)
    while digits.last == " ", !unit.suffix.isEmpty { digits.removeLast() }
    guard digits.allSatisfy({ ("0"..."9").contains($0) || $0 == "." }), let number = Double(digits),
      number * unit.bytes < 0x1p62
    else { return nil }
    self = .bytes(Int(number * unit.bytes))
  }

  /// The limit for a query that starts now.
  ///
  /// An automatic one is 80 % of the machine's memory, less what the program holds already, its graph above all:
  /// so a query that gets out of hand ends with an error, and not with the end of the process.
  var bytes: Int? {
    switch self {
    case .none: return nil
    case .bytes(let bytes): return bytes
    case .automatic:
      guard let memory = System.memory else { return nil }
      return max(MemoryLimit.leastBytes, Int(Double(memory) * MemoryLimit.share) - System.residentMemory)
    }
  }
}
