// When a found value is the expected one.

extension ScenarioValue {
  /// Whether `found` is what this expected value describes.
  ///
  /// Types must agree, `1` is not `1.0`; floats must be equal, where NaN is equal to NaN and `-0.0` to `0.0`; a string
  /// also describes a temporal value of the same text. With `ignoringListOrder` lists are multisets, at every depth.
  package func matches(_ found: ScenarioValue, ignoringListOrder: Bool = false) -> Bool {
    switch (self, found) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)), (.string(let a), .temporal(let b)): a.isSameText(as: b)
    case (.list(let a), .list(let b)):
      ignoringListOrder
        ? matchMultisets(a, b) { $0.matches($1, ignoringListOrder: true) }.isExact
        : a.count == b.count && zip(a, b).allSatisfy { $0.matches($1) }
    case (.map(let a), .map(let b)): a.matches(b, ignoringListOrder)
    case (.node(let a), .node(let b)): a.matches(b, ignoringListOrder)
    case (.relationship(let a), .relationship(let b)): a.matches(b, ignoringListOrder)
    case (.path(let a), .path(let b)): a.matches(b, ignoringListOrder)
    default: false
    }
  }
}

extension ScenarioEntries {
  fileprivate func matches(_ found: ScenarioEntries, _ ignoringListOrder: Bool) -> Bool {
    pairs.count == found.pairs.count
      && zip(pairs, found.pairs).allSatisfy {
        $0.key.isSameText(as: $1.key) && $0.value.matches($1.value, ignoringListOrder: ignoringListOrder)
      }
  }
}

extension ScenarioNode {
  fileprivate func matches(_ found: ScenarioNode, _ ignoringListOrder: Bool) -> Bool {
    labels.elementsEqual(found.labels) { $0.isSameText(as: $1) }
      && properties.matches(found.properties, ignoringListOrder)
  }
}

extension ScenarioRelationship {
  fileprivate func matches(_ found: ScenarioRelationship, _ ignoringListOrder: Bool) -> Bool {
    type.isSameText(as: found.type) && properties.matches(found.properties, ignoringListOrder)
  }
}

extension ScenarioPath {
  fileprivate func matches(_ found: ScenarioPath, _ ignoringListOrder: Bool) -> Bool {
    start.matches(found.start, ignoringListOrder)
      && steps.elementsEqual(found.steps) { expected, found in
        (expected.direction == found.direction || found.direction == .loop)
          && expected.relationship.matches(found.relationship, ignoringListOrder)
          && expected.node.matches(found.node, ignoringListOrder)
      }
  }
}

/// What is left when every expected element has taken a found element that it matches.
struct MultisetDifference<Expected, Found> {
  var missing: [Expected]
  var unexpected: [Found]

  var isExact: Bool { missing.isEmpty && unexpected.isEmpty }
}

/// Pairs expected with found elements, each used once. Takes time quadratic in the number of elements.
func matchMultisets<Expected, Found>(
  _ expected: [Expected], _ found: [Found], by matches: (Expected, Found) -> Bool
) -> MultisetDifference<Expected, Found> {
  var remaining = found
  let missing = expected.filter { element in
    guard let index = remaining.firstIndex(where: { matches(element, $0) }) else { return true }
    remaining.remove(at: index)
    return false
  }
  return MultisetDifference(missing: missing, unexpected: remaining)
}
