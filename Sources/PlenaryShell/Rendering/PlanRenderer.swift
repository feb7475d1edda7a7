import Plenary
import PlenarySyntax

/// A plan as a tree: the operator that makes the result first, what feeds it below.
///
/// ```
/// Project  s.name          ~10 rows
/// └─ NodeScan  (s:State)   ~10 rows
/// ```
struct PlanRenderer {
  var style: Style

  private typealias Line = (text: String, width: Int, figures: String)

  /// The lines of a plan.
  func text(of plan: PlanDescription) -> String {
    var lines: [Line] = []
    collect(plan, first: "", rest: "", into: &lines)
    let width = lines.reduce(0) { Swift.max($0, $1.width) }
    return lines.reduce(into: "") { result, line in
      result += line.text + String(repeating: " ", count: width - line.width + 3) + style.faint(line.figures) + "\n"
    }
  }

  private func collect(
    _ plan: PlanDescription, first: String, rest: String,
    into lines: inout [Line]
  ) {
    let details = DisplayWidth.truncate(DisplayWidth.visible(plan.details), to: 100)
    let gap = details.isEmpty ? "" : "  "
    var figures: [String] = []
    if let rows = plan.rows { figures.append(Summary.rows(rows)) }
    figures.append("~\(Summary.decimal(plan.estimatedRows, places: plan.estimatedRows < 10 ? 1 : 0)) estimated")
    if let threads = plan.threads { figures.append("\(threads) threads") }
    if let memory = plan.memory, memory > 0 { figures.append(ByteCount.text(memory)) }
    if let elapsed = plan.elapsed { figures.append(Summary.time(elapsed)) }
    lines.append(
      (
        first + style.strong(plan.name) + gap + details,
        DisplayWidth.of(first + plan.name + gap + details), figures.joined(separator: ", ")
      ))
    for (index, child) in plan.children.enumerated() {
      let isLast = index == plan.children.count - 1
      collect(
        child, first: rest + (isLast ? "└─ " : "├─ "), rest: rest + (isLast ? "   " : "│  "), into: &lines)
    }
  }

  /// The operators as rows, for formats that programs read: depth, operator, details, estimates and what was measured.
  static func rows(of plan: PlanDescription) -> (columns: [String], rows: [[Value]]) {
    var rows: [[Value]] = []
    func collect(_ plan: PlanDescription, depth: Int64) {
      rows.append([
        .integer(depth), .string(plan.name), .string(plan.details), .float(plan.estimatedRows),
        plan.rows.map { .integer(Int64($0)) } ?? .null,
        plan.memory.map { .integer(Int64($0)) } ?? .null,
        plan.elapsed.map { .integer(Int64($0 / .microseconds(1))) } ?? .null,
      ])
      for child in plan.children { collect(child, depth: depth + 1) }
    }
    collect(plan, depth: 0)
    return (["depth", "operator", "details", "estimatedRows", "rows", "memoryBytes", "elapsedMicroseconds"], rows)
  }
}
