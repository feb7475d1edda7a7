// Values as text, in the notation of the scenarios.

extension ScenarioValue: CustomStringConvertible {
  /// The value as a scenario would write it.
  package var description: String { text(temporalPrefix: "") }

  /// A text that only the same value of the same type has; a temporal value differs from a string of its text.
  var identity: String { text(temporalPrefix: "temporal ").codePoints }

  fileprivate func text(temporalPrefix prefix: String) -> String {
    switch self {
    case .null: "null"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .float(let value): value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "Inf") : String(value)
    case .string(let value): quoted(value)
    case .temporal(let value): prefix + quoted(value)
    case .list(let values): "[" + values.map { $0.text(temporalPrefix: prefix) }.joined(separator: ", ") + "]"
    case .map(let entries): "{" + entries.text(temporalPrefix: prefix) + "}"
    case .node(let node): node.text(temporalPrefix: prefix)
    case .relationship(let relationship): relationship.text(temporalPrefix: prefix)
    case .path(let path): path.text(temporalPrefix: prefix)
    }
  }

  private func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "'"
  }
}

extension ScenarioEntries {
  fileprivate func text(temporalPrefix prefix: String) -> String {
    pairs.map { "\($0.key): \($0.value.text(temporalPrefix: prefix))" }.joined(separator: ", ")
  }

  /// ` {key: value}`, or nothing when there are none.
  fileprivate func suffix(temporalPrefix prefix: String, separator: String) -> String {
    pairs.isEmpty ? "" : separator + "{" + text(temporalPrefix: prefix) + "}"
  }
}

extension ScenarioNode {
  fileprivate func text(temporalPrefix prefix: String) -> String {
    "(" + labels.map { ":" + $0 }.joined()
      + properties.suffix(temporalPrefix: prefix, separator: labels.isEmpty ? "" : " ") + ")"
  }
}

extension ScenarioRelationship {
  fileprivate func text(temporalPrefix prefix: String) -> String {
    "[:" + type + properties.suffix(temporalPrefix: prefix, separator: " ") + "]"
  }
}

extension ScenarioPath {
  fileprivate func text(temporalPrefix prefix: String) -> String {
    steps.reduce("<" + start.text(temporalPrefix: prefix)) { text, step in
      text + (step.direction == .backward ? "<-" : "-")
        + step.relationship.text(temporalPrefix: prefix)
        + (step.direction == .backward ? "-" : "->")
        + step.node.text(temporalPrefix: prefix)
    } + ">"
  }
}

extension String {
  /// The text with everything beyond ASCII escaped, so that Swift's `==` compares code points.
  var codePoints: String { unicodeScalars.map { $0.escaped(asASCII: true) }.joined() }
}
