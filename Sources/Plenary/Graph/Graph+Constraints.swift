import PlenarySyntax

/// Says what a uniqueness constraint asks for.
public struct ConstraintDescription: Hashable, Sendable {
  /// The constraint's own name, unique among those of the graph's constraints and indexes.
  public let name: String
  /// Of the nodes with this label,
  public let label: String
  /// no two have equal values of this property.
  public let key: String
  /// The index that finds the nodes.
  public let index: String
}

extension Graph {
  /// The uniqueness constraints of the graph, in order of the making of their indexes.
  public var constraints: [ConstraintDescription] {
    state.indexes.compactMap { index in
      index.constraint.map {
        ConstraintDescription(
          name: $0, label: labelName(index.label), key: keyName(index.key), index: index.name)
      }
    }
  }

  /// Asks that no two nodes of a label have equal values of a property, from now on. O(nodes of the label).
  ///
  /// An index on the two serves it if there is one; else one of the same name is made.
  ///
  /// - Throws: `uniquenessViolation` if two nodes have; `indexConflict` if the name is taken, or there is such a
  ///   constraint.
  mutating func createConstraint(name: String, label: LabelToken, key: KeyToken) throws(QueryError) {
    try checkIsFree(name)
    let existing = state.indexes.firstIndex { $0.label == label && $0.key == key }
    if let existing, let constraint = state.indexes[existing].constraint {
      throw QueryError(
        .indexConflict, "`\(constraint)` is a constraint on :\(labelName(label))(\(keyName(key))) already")
    }
    if existing == nil { try createIndex(name: name, label: label, key: key) }
    let position = existing ?? state.indexes.count - 1
    if !state.indexes[position].isUnique, let violation = state.violation(ofIndexAt: position) {
      let value = description(of: violation)
      throw QueryError(
        .uniquenessViolation,
        "nodes \(violation.earlier) and \(violation.later) with the label `\(labelName(label))` both have \(value) "
          + "as `\(keyName(key))`, expected each value once",
        hint: "`MATCH \(pattern(for: violation)) RETURN n` shows them")
    }
    state.indexes[position].isUnique = true
    state.indexes[position].constraint = name
    state.indexes[position].markChecked()
  }

  /// Takes a constraint away, with its index if that was made for it.
  ///
  /// - Throws: `indexConflict` if there is none of this name.
  mutating func dropConstraint(name: String) throws(QueryError) {
    let position = state.indexes.firstIndex { $0.constraint?.hasSameCodePoints(as: name) ?? false }
    guard let position else { throw QueryError(.indexConflict, "there is no constraint named `\(name)`") }
    if state.indexes[position].name.hasSameCodePoints(as: name) {
      state.indexes.remove(at: position)
    } else {
      state.indexes[position].constraint = nil
    }
  }

  /// Whether a name is taken by an index or a constraint.
  func hasIndexOrConstraint(named name: String) -> Bool {
    state.indexes.contains {
      $0.name.hasSameCodePoints(as: name) || ($0.constraint?.hasSameCodePoints(as: name) ?? false)
    }
  }

  /// - Throws: `indexConflict` if a name is taken.
  func checkIsFree(_ name: String) throws(QueryError) {
    guard hasIndexOrConstraint(named: name) else { return }
    let isConstraint = constraints.contains { $0.name.hasSameCodePoints(as: name) }
    throw QueryError(.indexConflict, "\(isConstraint ? "a constraint" : "an index") named `\(name)` exists already")
  }

  /// Checks what was written since the last check against the constraints; to be called after each clause that writes.
  ///
  /// - Parameter range: the part of the text that has written to a label and key, and whether it makes nodes.
  /// - Throws: `uniquenessViolation`.
  mutating func checkConstraints(
    _ range: (_ label: String, _ key: String) -> (range: SourceRange?, creates: Bool)
  ) throws(QueryError) {
    guard state.hasUncheckedValues, let violation = state.checkUniqueness() else { return }
    let index = state.indexes[violation.index]
    let (label, key) = (labelName(index.label), keyName(index.key))
    let (place, creates) = range(label, key)
    let nodes = [violation.earlier, violation.later].sorted()
    var error = QueryError(
      .uniquenessViolation,
      "nodes \(nodes[0]) and \(nodes[1]) with the label `\(label)` would both have "
        + "\(description(of: violation)) as `\(key)`, expected each value once (constraint `\(index.constraint ?? "")`)",
      at: place)
    error.hint =
      creates
      ? "`MERGE \(pattern(for: violation))` takes the node that is there"
      : "`MATCH \(pattern(for: violation)) RETURN n` shows the node that has it"
    throw error
  }

  /// The value that two nodes have, not longer than a line.
  private func description(of violation: UniquenessViolation) -> String {
    let text = description(of: value(of: violation))
    return text.count > 60 ? text.prefix(57) + "..." : text
  }

  private func value(of violation: UniquenessViolation) -> Value {
    property(state.indexes[violation.index].key, of: NodeID(violation.later))
  }

  /// `(n:Label {key: value})`; without the value when that has no short literal.
  private func pattern(for violation: UniquenessViolation) -> String {
    let index = state.indexes[violation.index]
    let label = NameText.of(labelName(index.label))
    let key = NameText.of(keyName(index.key))
    switch value(of: violation) {
    case .string(let text) where text.utf8.count > 40: return "(n:\(label) {\(key): ...})"
    case .boolean, .integer, .float, .string: return "(n:\(label) {\(key): \(description(of: violation))})"
    default: return "(n:\(label) {\(key): ...})"
    }
  }
}
