@testable import Plenary
@testable import PlenarySyntax

/// Makes a query and a graph that show a difference as small as they can be while they still show it.
struct QueryShrinker {
  /// Whether a graph and a query show the difference.
  var fails: (RandomGraph, String) -> Bool
  private var attempts = 0

  init(fails: @escaping (RandomGraph, String) -> Bool) { self.fails = fails }

  mutating func shrink(_ graph: RandomGraph, _ query: String) -> (graph: RandomGraph, query: String) {
    var (graph, query) = (graph, query)
    var isSmaller = true
    while isSmaller, attempts < 3000 {
      isSmaller = false
      for candidate in Self.smaller(query) where attempts < 3000 {
        attempts += 1
        if fails(graph, candidate) {
          query = candidate
          isSmaller = true
          break
        }
      }
      for candidate in graph.smaller where attempts < 3000 {
        attempts += 1
        if fails(candidate, query) {
          graph = candidate
          isSmaller = true
          break
        }
      }
    }
    return (graph, query)
  }

  /// Texts that lack something of the query, those that lack most first; some are no queries at all.
  static func smaller(_ text: String) -> [String] {
    let tree = Parser.parse(text)
    guard !tree.hasErrors else { return [] }
    var edits: [(range: Range<Int>, text: String)] = []
    func bytes(_ range: SourceRange) -> Range<Int> { Int(range.start)..<Int(range.end) }
    // Each item of a list goes with the comma before it or after it.
    func dropping(_ ranges: [SourceRange]) {
      for (index, range) in ranges.enumerated() where ranges.count > 1 {
        let end = index + 1 < ranges.count ? ranges[index + 1].start : range.end
        let start = index + 1 < ranges.count ? range.start : ranges[index - 1].end
        edits.append((Int(start)..<Int(end), ""))
      }
    }
    for query in tree.queries {
      for part in query.parts {
        if query.parts.count > 1 { edits.append((bytes(query.range), tree.text(in: part.range))) }
        for clause in part.clauses {
          edits.append((bytes(clause.range), ""))
          switch clause.kind {
          case .match(let match): dropping(match.patterns.map(\.range))
          case .with(let projection), .returning(let projection): dropping(projection.items.map(\.range))
          case .create(let patterns): dropping(patterns.map(\.range))
          case .set(let items): dropping(items.map(\.range))
          default: break
          }
        }
      }
    }
    for pattern in tree.patterns {
      let ranges = pattern.elements.map { element in
        switch element {
        case .node(let node): node.range
        case .relationship(let relationship): relationship.range
        }
      }
      if ranges.count > 2 {
        edits.append((Int(ranges[0].start)..<Int(ranges[2].start), ""))
        edits.append((Int(ranges[ranges.count - 3].end)..<Int(ranges[ranges.count - 1].end), ""))
      }
      for element in pattern.elements {
        switch element {
        case .node(let node): if let name = node.variable { edits.append((bytes(node.range), "(\(name.text))")) }
        case .relationship(let relationship):
          if let length = relationship.length { edits.append((bytes(length.range), "")) }
          if let types = relationship.types {
            edits.append((Int(tree[types].range.start) - 1..<Int(tree[types].range.end), ""))
          }
        }
      }
    }
    let sortKeys = Set(tree.sortItems.map { $0.expression.index })
    for (index, expression) in tree.expressions.enumerated() where !sortKeys.contains(Int32(index)) {
      for child in tree.children(of: ExpressionID(index: Int32(index))) {
        edits.append((bytes(expression.range), tree.text(in: tree[child].range)))
      }
      for simple in ["null", "true", "1", "'a'", "[]"] { edits.append((bytes(expression.range), simple)) }
    }
    let source = Array(text.utf8)
    let edited = edits.map { edit in
      String(
        decoding: source[..<edit.range.lowerBound] + Array(edit.text.utf8) + source[edit.range.upperBound...],
        as: UTF8.self)
    }
    let words = ["WHERE true", "DISTINCT ", "OPTIONAL "].filter { text.contains($0) }.map {
      text.replacing($0, with: "")
    }
    return (words + edited).filter { $0.utf8.count < text.utf8.count }.sorted { $0.utf8.count < $1.utf8.count }
  }
}

extension SyntaxTree {
  /// The path patterns of all clauses and expressions.
  fileprivate var patterns: [PathPattern] {
    let inClauses = queries.flatMap(\.parts).flatMap(\.clauses).flatMap { clause -> [PathPattern] in
      switch clause.kind {
      case .match(let match): match.patterns
      case .create(let patterns): patterns
      case .merge(let merge): [merge.pattern]
      default: []
      }
    }
    return inClauses
      + expressions.compactMap { expression in
        switch expression.kind {
        case .pattern(let pattern), .patternComprehension(let pattern, _, _): pattern
        default: nil
        }
      }
  }

  fileprivate var sortItems: [SortItem] {
    queries.flatMap(\.parts).flatMap(\.clauses).flatMap { clause -> [SortItem] in
      switch clause.kind {
      case .with(let projection), .returning(let projection): projection.order
      default: []
      }
    }
  }
}
