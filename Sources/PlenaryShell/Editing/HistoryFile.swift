import Plenary

/// What was entered, kept from run to run: one JSON string a line, so that statements of several lines stay whole.
///
/// The file is only ever appended to, line by line, so that shells running at the same time lose nothing of each other.
struct HistoryFile {
  /// Where it is.
  let path: String

  /// A file at a path.
  init(path: String) { self.path = path }

  /// The user's own: `$XDG_STATE_HOME/plenary/history`, else `~/.local/state/plenary/history`; `nil` without a home.
  ///
  /// `PLENARY_HISTORY` names another file.
  init?(variable: (String) -> String?) {
    if let path = variable("PLENARY_HISTORY") {
      self.init(path: path)
    } else if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      self.init(path: state + "/plenary/history")
    } else if let home = variable("HOME") {
      self.init(path: home + "/.local/state/plenary/history")
    } else {
      return nil
    }
  }

  /// More entries than this are not read back; the newest stay.
  static let limit = 5000

  /// The entries, oldest first. Lines that are no JSON string are passed over; a file that is not there has none.
  func read() -> [String] {
    guard let bytes = try? System.readFile(path) else { return [] }
    var entries: [String] = []
    for line in bytes.split(separator: 0x0A).suffix(Self.limit) {
      guard case .string(let entry)? = try? JSONReader.read(line) else { continue }
      entries.append(entry)
    }
    return entries
  }

  /// Adds an entry. Failing is no reason to bother anyone who asks questions: the entry is lost, no more.
  func append(_ entry: String) {
    try? System.appendPrivately(Array((JSONText.quoted(entry) + "\n").utf8), to: path)
  }
}
