/// The rows that a scenario expects.
struct ExpectedTable {
  var columns: [String]
  var rows: [[ScenarioValue]]
  var isOrdered: Bool
  var ignoresListOrder: Bool
}

/// The error that a scenario expects.
struct ExpectedError {
  var type: String
  /// `compile time`, `runtime` or `any time`.
  var phase: String
  /// `*` for any.
  var detail: String

  /// `SyntaxError at compile time: UndefinedVariable`.
  var description: String { "\(type) at \(phase): \(detail)" }
}

/// Why a scenario failed: one line, and more lines for who wants to know.
struct Mismatch {
  var reason: String
  var details: [String] = []
}

/// Reports show this many rows of each kind.
private let shownRows = 10

extension ExpectedTable {
  /// What is wrong with the found rows; `nil` when nothing is.
  func mismatch(_ found: ObservedTable) -> Mismatch? {
    guard columns.elementsEqual(found.columns, by: { $0.isSameText(as: $1) }) else {
      return Mismatch(
        reason: "other columns",
        details: ["expected columns: \(rowText(columns))", "found columns:    \(rowText(found.columns))"])
    }
    let matches = { (expected: [ScenarioValue], found: [ScenarioValue]) in
      expected.elementsEqual(found) { $0.matches($1, ignoringListOrder: ignoresListOrder) }
    }
    let difference = matchMultisets(rows, found.rows, by: matches)
    if difference.isExact {
      guard isOrdered, let place = zip(rows, found.rows).enumerated().first(where: { !matches($1.0, $1.1) }) else {
        return nil
      }
      return Mismatch(
        reason: "the rows in another order",
        details: [
          "expected row \(place.offset + 1): \(rowText(place.element.0))",
          "found row \(place.offset + 1):    \(rowText(place.element.1))",
        ])
    }
    let reason =
      rows.count == found.rows.count
      ? "\(difference.missing.count) of \(rows.count) rows differ"
      : "\(found.rows.count) rows, expected \(rows.count)"
    return Mismatch(
      reason: reason,
      details: listing("expected:", difference.missing) + listing("found:   ", difference.unexpected))
  }

  private func listing(_ title: String, _ rows: [[ScenarioValue]]) -> [String] {
    rows.prefix(shownRows).map { "\(title) \(rowText($0))" }
      + (rows.count > shownRows ? ["\(title) ... and \(rows.count - shownRows) more"] : [])
  }
}

extension ExpectedError {
  /// What is wrong with the found error; `nil` when nothing is.
  func mismatch(_ found: ObservedError) -> Mismatch? {
    let differences = [
      type == found.type ? nil : "type",
      phase == "any time" || phase == found.phase ? nil : "phase",
      detail == "*" || detail == found.detail ? nil : "detail",
    ].compactMap { $0 }
    guard !differences.isEmpty else { return nil }
    return Mismatch(
      reason: "error with another \(differences.joined(separator: " and "))",
      details: ["expected: \(description)", "found:    \(found)"])
  }
}

/// `| a | b |`.
func rowText(_ cells: [some CustomStringConvertible]) -> String {
  cells.isEmpty ? "|" : "| " + cells.map(\.description).joined(separator: " | ") + " |"
}
