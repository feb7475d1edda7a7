/// Lays out text with optional line breaks so that lines stay within a width.
///
/// Text and breaks are gathered in groups. A group that fits the rest of the line is written flat; else its breaks
/// become line ends. Whether it fits is known from sums of widths, so layout takes linear time however groups nest.
struct LineBreaker {
  /// Where a line may end.
  enum Break {
    /// A space, or a line end when the group around it does not fit.
    case space
    /// Nothing, or a line end.
    case none
    /// A space, or a line end only where the next piece does not fit: for lists of many short items.
    case fill
    /// Always a line end.
    case line
    /// A line end and an empty line.
    case blankLine
  }

  private enum Command {
    case text(String, width: Int)
    case lineBreak(Break)
    case open
    case close
    case indent(Int)
  }

  private var commands: [Command] = []

  /// Wider than any line: what contains a forced break never fits.
  private static let unbounded = 1 << 40

  mutating func text(_ text: String) {
    guard !text.isEmpty else { return }
    commands.append(.text(text, width: DisplayWidth.of(text)))
  }

  /// Whether what was written last is a break.
  var endsWithBreak: Bool { if case .lineBreak? = commands.last { true } else { false } }

  mutating func lineBreak(_ kind: Break) { commands.append(.lineBreak(kind)) }
  mutating func open() { commands.append(.open) }
  mutating func close() { commands.append(.close) }
  mutating func indent(_ columns: Int) { commands.append(.indent(columns)) }

  /// The text in lines of at most `width` columns where its breaks allow it.
  func layOut(width limit: Int) -> String {
    let (groupWidths, restWidths) = measure()
    var result = ""
    var column = 0
    var indentation = 0
    var isLineStart = true
    var pendingSpace = false
    var isFlat: [Bool] = []
    func startLine() {
      while result.last == " " { result.removeLast() }
      result += "\n"
      column = 0
      isLineStart = true
      pendingSpace = false
    }
    for (index, command) in commands.enumerated() {
      switch command {
      case .text(let text, let width):
        if isLineStart {
          result += String(repeating: " ", count: indentation)
          column = indentation
          isLineStart = false
        } else if pendingSpace {
          result += " "
          column += 1
        }
        pendingSpace = false
        result += text
        column += width
      case .open:
        let start = isLineStart ? indentation : column + (pendingSpace ? 1 : 0)
        isFlat.append(isFlat.last == true || start + groupWidths[index] <= limit)
      case .close: isFlat.removeLast()
      case .indent(let columns): indentation += columns
      case .lineBreak(let kind):
        let breaks: Bool
        switch kind {
        case .line, .blankLine: breaks = true
        case .space, .none: breaks = isFlat.last != true
        case .fill: breaks = isFlat.last != true && column + 1 + restWidths[index + 1] > limit
        }
        if !breaks {
          if kind != .none { pendingSpace = true }
        } else if !result.isEmpty {
          // Line ends next to each other are one.
          if !isLineStart { startLine() }
          if kind == .blankLine, !result.hasSuffix("\n\n") { result += "\n" }
        }
      }
    }
    while result.hasSuffix("\n") { result.removeLast() }
    return result
  }

  /// For each `open`, the width of its group and of what follows it up to the next break; for each command, the width
  /// up to the next break.
  private func measure() -> (groups: [Int], rest: [Int]) {
    var rest = Array(repeating: 0, count: commands.count + 1)
    for index in commands.indices.reversed() {
      switch commands[index] {
      case .text(_, let width): rest[index] = width + rest[index + 1]
      case .lineBreak: rest[index] = 0
      default: rest[index] = rest[index + 1]
      }
    }
    var groups = Array(repeating: 0, count: commands.count)
    var openGroups: [(index: Int, start: Int)] = []
    var total = 0
    for (index, command) in commands.enumerated() {
      switch command {
      case .text(_, let width): total += width
      case .lineBreak(.line), .lineBreak(.blankLine): total += Self.unbounded
      case .lineBreak(.space), .lineBreak(.fill): total += 1
      case .lineBreak(.none), .indent: break
      case .open: openGroups.append((index, total))
      case .close:
        guard let group = openGroups.popLast() else { break }
        groups[group.index] = total - group.start + rest[index]
      }
    }
    return (groups, rest)
  }
}
