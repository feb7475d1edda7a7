import Plenary
import PlenarySyntax

/// Results as a table for people: aligned by display width, numbers to the right, cut to the width of the terminal.
///
/// A table that is too wide gives its widest columns up first, until all of it fits; what is cut ends with `…`. When
/// even narrow columns do not fit side by side, every row becomes a block with one line a column.
struct TableRenderer {
  /// The columns of the terminal; `nil` cuts nothing.
  var width: Int?
  var style: Style

  /// Columns are not made narrower than this to fit beside others.
  static let narrowest = 6

  func write(_ table: ResultTable, to output: TextOutput) {
    guard !table.columns.isEmpty else { return }
    let grid = Grid(table)
    let room = width ?? .max
    let overhead = 3 * table.columns.count + 1
    if let widths = Self.fit(grid.widths, into: room == .max ? .max : room - overhead) {
      writeBox(grid, widths: widths, to: output)
    } else {
      writeRecords(grid, to: output)
    }
  }

  // MARK: Layout

  /// The widths that the columns get; `nil` when they cannot stand side by side.
  static func fit(_ natural: [Int], into room: Int) -> [Int]? {
    if room == .max || natural.reduce(0, +) <= room { return natural }
    let least = natural.reduce(0) { $0 + Swift.min($1, narrowest) }
    guard least <= room else { return nil }
    // The highest cap under which everything fits: narrow columns keep their width, wide ones share what is left.
    var low = narrowest
    var high = natural.max() ?? narrowest
    while low < high {
      let middle = (low + high + 1) / 2
      if natural.reduce(0, { $0 + Swift.min($1, middle) }) <= room { low = middle } else { high = middle - 1 }
    }
    var widths = natural.map { Swift.min($0, low) }
    var left = room - widths.reduce(0, +)
    for index in widths.indices where left > 0 && widths[index] < natural[index] {
      widths[index] += 1
      left -= 1
    }
    return widths
  }

  /// The cells as text, and what is known about the columns.
  private struct Grid {
    var header: [String]
    var rows: [[Cell]]
    var widths: [Int]
    var isNumeric: [Bool]

    struct Cell {
      var text: String
      var width: Int
      var isNull: Bool
    }

    init(_ table: ResultTable) {
      let literal = LiteralText(graph: table.graph)
      header = table.columns.map(DisplayWidth.visible)
      widths = header.map { Swift.max(1, DisplayWidth.of($0)) }
      rows = []
      rows.reserveCapacity(table.count)
      var numbers = [Int](repeating: 0, count: table.columns.count)
      var others = numbers
      var widths = widths
      var rows = rows
      table.forEachRow { row in
        var cells: [Cell] = []
        cells.reserveCapacity(row.count)
        for (index, value) in row.enumerated() {
          let text = DisplayWidth.visible(literal.text(of: value))
          let width = DisplayWidth.of(text)
          var isNull = false
          switch value {
          case .null: isNull = true
          case .integer, .float: numbers[index] += 1
          default: others[index] += 1
          }
          widths[index] = Swift.max(widths[index], width)
          cells.append(Cell(text: text, width: width, isNull: isNull))
        }
        rows.append(cells)
      }
      self.widths = widths
      self.rows = rows
      isNumeric = numbers.indices.map { numbers[$0] > 0 && others[$0] == 0 }
    }
  }

  // MARK: Writing

  private func writeBox(_ grid: Grid, widths: [Int], to output: TextOutput) {
    let bars = widths.map { String(repeating: "─", count: $0 + 2) }
    func rule(_ left: String, _ middle: String, _ right: String) -> String {
      style.faint(left + bars.joined(separator: middle) + right) + "\n"
    }
    let bar = style.faint("│")
    output.write(rule("┌", "┬", "┐"))
    var line = bar
    for (index, name) in grid.header.enumerated() {
      let cell = Self.pad(name, to: widths[index], isRight: grid.isNumeric[index])
      line += " " + style.strong(cell) + " " + bar
    }
    output.write(line + "\n")
    output.write(rule("├", "┼", "┤"))
    for row in grid.rows {
      guard !output.isClosed else { return }
      line = bar
      for (index, cell) in row.enumerated() {
        let padded = Self.pad(cell.text, width: cell.width, to: widths[index], isRight: grid.isNumeric[index])
        line += " " + (cell.isNull ? style.faint(padded) : padded) + " " + bar
      }
      output.write(line + "\n")
    }
    output.write(rule("└", "┴", "┘"))
  }

  private func writeRecords(_ grid: Grid, to output: TextOutput) {
    let nameWidth = grid.header.reduce(0) { Swift.max($0, DisplayWidth.of($1)) }
    let nameRoom = Swift.min(nameWidth, Swift.max(8, (width ?? 80) / 3))
    let valueRoom = Swift.max(8, (width ?? 80) - nameRoom - 3)
    for (number, row) in grid.rows.enumerated() {
      guard !output.isClosed else { return }
      output.write(style.faint("── row \(number + 1) ──") + "\n")
      for (index, cell) in row.enumerated() {
        let name = Self.pad(grid.header[index], to: nameRoom, isRight: false)
        let value = DisplayWidth.truncate(cell.text, to: valueRoom)
        output.write("\(style.strong(name)) \(style.faint("│")) \(cell.isNull ? style.faint(value) : value)\n")
      }
    }
  }

  private static func pad(_ text: String, to width: Int, isRight: Bool) -> String {
    pad(text, width: DisplayWidth.of(text), to: width, isRight: isRight)
  }

  private static func pad(_ text: String, width: Int, to room: Int, isRight: Bool) -> String {
    var text = text
    var width = width
    if width > room {
      text = DisplayWidth.truncate(text, to: room)
      width = DisplayWidth.of(text)
    }
    let space = String(repeating: " ", count: room - width)
    return isRight ? space + text : text + space
  }
}
