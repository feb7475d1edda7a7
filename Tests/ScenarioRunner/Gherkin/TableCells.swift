/// Reads one line of a table: `| a | b |`.
///
/// Cells are trimmed; inside a cell `\|` is a bar, `\\` a backslash and `\n` a new line, and any other backslash stands for
/// itself. A line that is only `|` has no cells. Returns `nil` when the line does not end with a bar.
func tableCells(of line: Substring) -> [String]? {
  var cells: [String] = []
  var cell: [Unicode.Scalar] = []
  var closed = false
  var scalars = line.unicodeScalars.dropFirst().makeIterator()
  while let scalar = scalars.next() {
    closed = false
    switch scalar {
    case "|":
      cells.append(unescaped(cell))
      cell.removeAll(keepingCapacity: true)
      closed = true
    case "\\":
      // The pair stays together so that an escaped bar ends no cell; trimming must come before unescaping.
      cell.append(scalar)
      if let next = scalars.next() { cell.append(next) }
    default:
      cell.append(scalar)
    }
  }
  guard closed || (cells.isEmpty && cell.isEmpty) else { return nil }
  return cells
}

private func unescaped(_ cell: [Unicode.Scalar]) -> String {
  var trimmed = cell[...]
  while let first = trimmed.first, first.properties.isWhitespace { trimmed.removeFirst() }
  while let last = trimmed.last, last.properties.isWhitespace { trimmed.removeLast() }
  var text = String.UnicodeScalarView()
  var scalars = trimmed.makeIterator()
  while let scalar = scalars.next() {
    guard scalar == "\\", let next = scalars.next() else {
      text.append(scalar)
      continue
    }
    switch next {
    case "|", "\\": text.append(next)
    case "n": text.append("\n")
    default:
      text.append(scalar)
      text.append(next)
    }
  }
  return String(text)
}
