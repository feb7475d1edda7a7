import OrderedCollections

/// The variables that can be named at a point of a query, in the order they were introduced.
struct Scope: Sendable {
  private(set) var names: OrderedDictionary<String, VariableID> = [:]

  /// The variable of a name.
  subscript(name: String) -> VariableID? { names[name] }

  /// Adds a variable, or gives its name a new meaning.
  mutating func define(_ name: String, _ variable: VariableID) {
    names[name] = variable
  }

  /// The scope inside this one with the names of another on top.
  func overlaid(by other: Scope) -> Scope {
    var result = self
    for (name, variable) in other.names { result.names[name] = variable }
    return result
  }
}
