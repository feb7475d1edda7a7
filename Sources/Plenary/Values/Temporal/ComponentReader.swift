import PlenarySyntax

extension Temporal {
  /// Takes components out of a map and remembers which, so that what is left over is an error.
  struct ComponentReader {
    private var remaining: Components
    let kind: Kind

    /// Takes components; those that are null count as left out.
    ///
    /// Throws when this kind has no component of some name, whatever its value.
    init(_ components: Components, for kind: Kind) throws(TemporalError) {
      self.kind = kind
      let known = kind.componentNames
      try Self.check(components, against: known, of: "a \(kind.rawValue)")
      remaining = components.filter { $0.value != .null }
    }

    /// Throws when a name is not among those that are known; `whole` is what they make, for the message.
    static func check(
      _ components: Components, against known: [String], of whole: String
    ) throws(TemporalError) {
      // The smallest name, so that the message does not depend on the order of a dictionary.
      guard let unknown = components.keys.filter({ !known.contains($0) }).min() else { return }
      throw TemporalError(
        .invalidComponent, "\(whole) has no component '\(unknown)', expected one of \(known.joined(separator: ", "))",
        hint: Suggestion.nearest(to: unknown, among: known).map { "did you mean \($0)?" })
    }

    /// How many components nothing took yet.
    var count: Int { remaining.count }

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
      guard let name = remaining.keys.min() else { return }
      throw TemporalError(
        .invalidComponent, "component '\(name)' does not go with the other components of a \(kind.rawValue)")
    }
  }
}

extension Temporal.Kind {
  /// The names of the components that make a value of this kind.
  ///
  /// Every kind has a `timezone`: alone, it tells which place's current value is meant.
  var componentNames: [String] {
    let date = Temporal.DateBuilder.names
    let time = Temporal.TimeBuilder.names
    return switch self {
    case .date: date + ["date", "timezone"]
    case .localTime, .time: time + ["time", "timezone"]
    case .localDateTime: date + time + ["date", "time", "datetime", "timezone"]
    case .dateTime: date + time + ["date", "time", "datetime", "timezone", "epochSeconds", "epochMillis"]
    }
  }
}
