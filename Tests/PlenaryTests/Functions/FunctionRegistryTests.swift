import Testing

@testable import Plenary

@Suite("The registry of functions")
struct FunctionRegistryTests {
  private let registry = FunctionRegistry.shared

  @Test("finds functions by name and alias, whatever the case")
  func lookup() {
    #expect(registry.scalar(named: "toUpper")?.name == "toUpper")
    #expect(registry.scalar(named: "UPPER")?.name == "toUpper")
    #expect(registry.scalar(named: "duration.INSECONDS")?.name == "duration.inSeconds")
    #expect(registry.scalar(named: "foo") == nil)
    #expect(registry.aggregate(named: "Count")?.name == "count")
    #expect(registry.scalar(named: "count") == nil)
  }

  @Test(
    "suggests what was probably meant",
    arguments: [
      ("toUper", "toUpper"), ("colect", "collect"), ("legnth", "length"), ("duration.inmonth", "duration.inMonths"),
      ("frobnicate", nil),
    ])
  func suggestions(name: String, expected: String?) {
    #expect(registry.suggestion(for: name) == expected)
  }

  @Test("has each name once, and says how functions are called")
  func names() {
    let names = registry.names.map { $0.lowercased() }
    #expect(Set(names).count == names.count)
    #expect(registry.scalar(named: "substring")?.signature == "substring(original, start, [length])")
    #expect(registry.scalar(named: "coalesce")?.signature == "coalesce(value, ...)")
    #expect(registry.aggregate(named: "percentileCont")?.signature == "percentileCont(value, percentile)")
  }

  @Test("documents every function")
  func documentation() {
    for function in registry.all {
      #expect(!function.summary.isEmpty && !function.summary.hasSuffix("."), "\(function.name)")
      #expect(function.example.expression.lowercased().contains(function.name.lowercased()), "\(function.name)")
      // Optional parameters come last.
      let optional = function.parameters.map(\.isOptional)
      #expect(optional == optional.filter { !$0 } + optional.filter { $0 }, "\(function.name)")
    }
    for function in registry.aggregates {
      #expect(function.example.expression.contains(function.name + "("), "\(function.name)")
    }
  }

  @Test("functions that propagate null give null for null, and refuse or take any other value without a trap")
  func robustness() throws {
    let path = Value.path(PathValue(nodes: [NodeID(0)], relationships: []))
    let samples: [Value] = [
      v(1), v(-1), .integer(.min), v(1.5), v(Double.nan), v(Double.infinity), v("a"), v(""), v(true), v([]), v([v(1)]),
      v(["year": v(1)]), path, .node(NodeID(0)), .node(NodeID(.max - 1)), .relationship(RelationshipID(7_000_000)),
      try call("date", v("2015-07-21")), try call("duration", v("P1D")),
    ]
    for function in registry.all {
      let counts = function.argumentCounts
      for count in counts.least...(counts.most ?? 3) where count > 0 {
        if function.nulls == .propagates {
          let context = EvaluationContext(graph: Graph(), statementTime: 0)
          #expect(try function(Array(repeating: null, count: count)[...], in: context) == null, "\(function.name)")
        }
        for (index, first) in samples.enumerated() {
          for rest in samples {
            let arguments = (0..<count).map { $0 == 0 ? first : $0 == 1 ? rest : samples[index] }
            let context = EvaluationContext(graph: Graph(), statementTime: 0)
            do {
              let result = try function(arguments[...], in: context)
              #expect(function.result.isSuperset(of: result.valueType), "\(function.name) gave \(result.valueType)")
            } catch {
              #expect(error is QueryError, "\(function.name)")
            }
          }
        }
      }
    }
  }
}
