import Plenary
import PlenarySyntax

/// The rows of a result by how often they come, in whatever order.
///
/// The order of list elements is taken out as well, since most lists are collected from rows.
struct RowBag: Equatable, CustomStringConvertible {
  private var counts: [[Value]: Int] = [:]

  /// The rows of a result; `ignoringFloats` makes all floats one, `ignoringElements` all nodes, and so on.
  init(_ result: QueryResult, ignoringFloats: Bool, ignoringElements: Bool = false) {
    func comparable(_ value: Value) -> Value {
      switch value {
      case .list(let elements): .list(elements.map(comparable).sorted { $0.description < $1.description })
      case .map(let entries): .map(MapValue(entries.map { (key: $0.key, value: comparable($0.value)) }))
      case .float where ignoringFloats: .float(0)
      case .node where ignoringElements: .string("node")
      case .relationship where ignoringElements: .string("relationship")
      case .path where ignoringElements: .string("path")
      default: value
      }
    }
    for row in result { counts[result.columns.indices.map { comparable(row.value($0)) }, default: 0] += 1 }
  }

  var description: String {
    counts.map { row, count in "\(count) × \(row.map(\.description).joined(separator: " | "))" }.sorted()
      .joined(separator: "\n")
  }
}

/// What the words of a query leave open, so that two runs of it may differ without a mistake.
struct Openness {
  /// Whether it is open which rows or elements there are, which comes first, or what time it is.
  let rows: Bool
  /// Whether it is open what is written: a row may see what the rows before it wrote, or change it again.
  let writes: Bool
  /// Whether floats are summed, which depends on the order of the terms.
  let floats: Bool

  private static let openRows: Set<String> = [
    "LIMIT", "SKIP", "OFFSET", "COLLECT", "SHORTESTPATH", "PROFILE", "EXPLAIN", "SHOW", "TIMEZONE",
  ]
  private static let openWrites: Set<String> = ["SET", "MERGE", "REMOVE", "DELETE", "ID", "ELEMENTID"]
  private static let openFloats: Set<String> = ["SUM", "AVG", "STDEV", "STDEVP", "PERCENTILECONT"]

  init(of text: String) {
    let tokens = QueryTokens(text).tokens
    let words = Set(tokens.map { $0.text.uppercased() })
    // Functions without arguments tell the time or throw dice; with nothing but a time zone they tell the time there.
    let hasBareCall = tokens.indices.dropLast(2).contains { index in
      tokens[index].tokenClass == .function && tokens[index + 1].text == "(" && tokens[index + 2].text == ")"
    }
    rows = hasBareCall || !words.isDisjoint(with: Self.openRows)
    writes = !words.isDisjoint(with: Self.openWrites)
    floats = !words.isDisjoint(with: Self.openFloats)
  }
}
