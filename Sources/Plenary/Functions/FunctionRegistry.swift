import PlenarySyntax

/// The functions of the language by name; the source of the reference, of `:help` and of completion too.
///
/// ```swift
/// FunctionRegistry.shared.scalar(named: "TOUPPER")?.signature   // "toUpper(original)"
/// FunctionRegistry.shared.suggestion(for: "toUper")      // "toUpper"
/// ```
struct FunctionRegistry: Sendable {
  /// All functions there are.
  static let shared = FunctionRegistry(scalars: groups.flatMap(\.functions), aggregates: aggregateFunctions)

  /// The scalar functions by subject, as the reference orders them.
  static let groups: [(subject: String, functions: [ScalarFunction])] = [
    ("Strings", stringFunctions), ("Conversions", conversionFunctions), ("Lists", listFunctions),
    ("Numbers", numericFunctions), ("Logarithms", logarithmicFunctions), ("Trigonometry", trigonometricFunctions),
    ("Nodes, relationships and paths", graphFunctions), ("Values", valueFunctions), ("Time", temporalFunctions),
  ]

  /// The scalar functions, sorted by name.
  let all: [ScalarFunction]
  /// The aggregating functions, sorted by name.
  let aggregates: [AggregateFunction]
  private let scalarPlaces: [String: Int]
  private let aggregatePlaces: [String: Int]

  init(scalars: [ScalarFunction], aggregates: [AggregateFunction]) {
    all = scalars.map { $0.checkingArgumentTypes() }.sorted { $0.name.lowercased() < $1.name.lowercased() }
    self.aggregates = aggregates.sorted { $0.name.lowercased() < $1.name.lowercased() }
    var places: [String: Int] = [:]
    for (place, function) in all.enumerated() {
      for name in [function.name] + function.aliases {
        places[name.lowercased()] = place
      }
    }
    scalarPlaces = places
    aggregatePlaces = Dictionary(
      uniqueKeysWithValues: self.aggregates.enumerated().map { ($1.name.lowercased(), $0) })
  }

  /// The scalar function of a name or alias, whatever the case.
  func scalar(named name: String) -> ScalarFunction? {
    scalarPlaces[name.lowercased()].map { all[$0] }
  }

  /// The aggregating function of a name, whatever the case.
  func aggregate(named name: String) -> AggregateFunction? {
    aggregatePlaces[name.lowercased()].map { aggregates[$0] }
  }

  /// Every name a function is found by, sorted: what completion offers.
  var names: [String] {
    (all.flatMap { [$0.name] + $0.aliases } + aggregates.map(\.name)).sorted { $0.lowercased() < $1.lowercased() }
  }

  /// The nearest name to one that does not exist; `nil` when none is near.
  func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: names)
  }
}
