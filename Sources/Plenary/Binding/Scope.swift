import OrderedCollections

/// The variables that can be named at a point of a query, in the order they were introduced.
struct Scope: Sendable {
  private var entries: OrderedDictionary<ExactText, VariableID> = [:]

  /// The variable of a name.
  subscript(name: String) -> VariableID? { entries[ExactText(name)] }

  /// The names, in the order they were introduced.
  var names: [String] { entries.keys.map(\.text) }

  /// The variables with their names, in the order of code points.
  var variablesByName: [(name: String, variable: VariableID)] {
    entries.map { (name: $0.key.text, variable: $0.value) }.sorted { $0.name.codePointOrder($1.name) < 0 }
  }

  /// Adds a variable, or gives its name a new meaning.
  mutating func define(_ name: String, _ variable: VariableID) {
    entries[ExactText(name)] = variable
  }

  /// The scope inside this one with the names of another on top.
  func overlaid(by other: Scope) -> Scope {
    var result = self
    for (name, variable) in other.entries { result.entries[name] = variable }
    return result
  }
}
