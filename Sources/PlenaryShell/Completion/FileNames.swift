/// Completes paths of files.
enum FileNames {
  /// The paths that a beginning of a path may become; directories end with a slash.
  static func completions(of beginning: String) -> [String] {
    let slash = beginning.lastIndex(of: "/")
    let prefix = slash.map { String(beginning[...$0]) } ?? ""
    let name = slash.map { String(beginning[beginning.index(after: $0)...]) } ?? beginning
    return System.entries(of: prefix.isEmpty ? "." : prefix)
      .filter { $0.hasPrefix(name) && (name.hasPrefix(".") || !$0.hasPrefix(".")) }
      .map { prefix + $0 }
  }
}
