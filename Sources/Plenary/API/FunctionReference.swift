/// What the reference, `:help` and completion say about a function of the language.
public struct FunctionReference: Hashable, Sendable {
  /// The name, for example `toUpper`.
  public let name: String
  /// Other names it is found by.
  public let aliases: [String]
  /// The name with its parameters, for example `toUpper(original)`.
  public let signature: String
  /// What it does, in one sentence.
  public let summary: String
  /// An expression that uses it.
  public let example: String
  /// The value of that expression, as printed.
  public let exampleValue: String
  /// Whether it makes one value of many rows.
  public let isAggregate: Bool

  /// Every function, sorted by name.
  ///
  /// ```swift
  /// for function in FunctionReference.all where function.isAggregate { print(function.signature) }
  /// ```
  public static let all: [FunctionReference] = {
    let registry = FunctionRegistry.shared
    let scalars = registry.all.map { function in
      FunctionReference(
        name: function.name, aliases: function.aliases, signature: function.signature, summary: function.summary,
        example: function.example.expression, exampleValue: function.example.value, isAggregate: false)
    }
    let aggregates = registry.aggregates.map { function in
      FunctionReference(
        name: function.name, aliases: [],
        signature: function.name + "(" + function.parameters.map(\.name).joined(separator: ", ") + ")",
        summary: function.summary, example: function.example.expression, exampleValue: function.example.value,
        isAggregate: true)
    }
    return (scalars + aggregates).sorted { $0.name.lowercased() < $1.name.lowercased() }
  }()
}
