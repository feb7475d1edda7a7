extension Temporal {
  /// Takes components out of a map and remembers which, so that what is left over is an error.
  struct ComponentReader {
    private var remaining: Components
    let kind: Kind

    init(_ components: Components, for kind: Kind) {
      remaining = components
      self.kind = kind
    }

    func has(_ name: String) -> Bool { remaining[name] != nil }

    func hasAny(_ names: some Sequence<String>) -> Bool { names.contains { remaining[$0] != nil } }

    mutating func integer(_ name: String) throws(TemporalError) -> Int64? {
      guard let component = remaining.removeValue(forKey: name) else { return nil }
      guard case .integer(let value) = component else {
        throw TemporalError(.invalidComponent, "'\(name)' is \(component.typeName), expected an integer")
      }
      return value
    }

    mutating func instant(_ name: String, needing needed: [String]) throws(TemporalError) -> Instant? {
      guard let component = remaining.removeValue(forKey: name) else { return nil }
      let isFitting: (Instant) -> Bool = { instant in
        needed.allSatisfy { $0 == "date" ? instant.kind.hasDate : instant.kind.hasTime }
      }
      guard case .instant(let value) = component, isFitting(value) else {
        throw TemporalError(
          .invalidComponent,
          "'\(name)' is \(component.typeName), expected a temporal value with a \(needed.joined(separator: " and a "))")
      }
      return value
    }

    mutating func zone(_ name: String) throws(TemporalError) -> Zone? {
      guard let component = remaining.removeValue(forKey: name) else { return nil }
      guard case .string(let text) = component else {
        throw TemporalError(.invalidComponent, "'\(name)' is \(component.typeName), expected a string")
      }
      return try Zone(parsing: text)
    }

    /// Throws when components are left that nothing took.
    func finish() throws(TemporalError) {
      // The smallest name, so that the message does not depend on the order of a dictionary.
      guard let name = remaining.keys.min() else { return }
      let known = Self.known.contains(name)
      throw TemporalError(
        .invalidComponent,
        known
          ? "component '\(name)' does not go with the other components of a \(kind.rawValue)"
          : "unknown component '\(name)', expected the components of a \(kind.rawValue)")
    }

    private static let known: Set<String> = Set(
      DateBuilder.names + TimeBuilder.names + ["date", "time", "datetime", "timezone", "epochSeconds", "epochMillis"])
  }
}
