import PlenarySyntax

extension QueryResult {
  /// Decodes every row into a `Decodable` type.
  ///
  /// The columns are the keys of a keyed container. A result of one column can also be decoded into scalars. Nodes,
  /// relationships and maps nest as keyed containers of their properties, lists as unkeyed ones; null is `nil`.
  ///
  /// ```swift
  /// struct Chair: Decodable {
  ///   var meeting: String
  ///   var state: String
  ///   var since: Temporal.Date?
  /// }
  /// let chairs = try database.query(
  ///   """
  ///   MATCH (m:Meeting)-[c:CHAIRED_BY]->(s:State)
  ///   RETURN m.name AS meeting, s.name AS state, c.since AS since
  ///   """
  /// ).decode(Chair.self)
  /// ```
  ///
  /// - Throws: `decoding` with the row, the way to the value, what was found and what was expected.
  public func decode<Target: Decodable>(_ type: Target.Type = Target.self) throws(QueryError) -> [Target] {
    var targets: [Target] = []
    targets.reserveCapacity(count)
    for row in self { targets.append(try row.decode(type)) }
    return targets
  }
}

extension Row {
  /// Decodes the row into a `Decodable` type; see `QueryResult.decode`.
  public func decode<Target: Decodable>(_ type: Target.Type = Target.self) throws(QueryError) -> Target {
    do {
      return try ValueDecoder(source: .row(self), graph: graph, codingPath: []).decodeWhole(type)
    } catch {
      throw decodingFailure(error)
    }
  }

  private func decodingFailure(_ error: any Error) -> QueryError {
    guard let error = error as? DecodingError else {
      // What the initialiser of a decoded type throws itself.
      return (error as? QueryError) ?? QueryError(.decoding, "row \(index): \(error)")
    }
    switch error {
    case .keyNotFound(let key, let context):
      let candidates = context.codingPath.isEmpty ? columns : []
      return QueryError(
        .decoding, place(context.codingPath) + context.debugDescription,
        hint: Suggestion.nearest(to: key.stringValue, among: candidates).map { "did you mean \"\($0)\"?" })
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return QueryError(.decoding, place(context.codingPath) + context.debugDescription)
    @unknown default:
      return QueryError(.decoding, "row \(index): \(error)")
    }
  }

  /// `row 3, state.name: `.
  private func place(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue { text += "[\(index)]" } else { text += (text.isEmpty ? "" : ".") + key.stringValue }
    }
    return "row \(index)" + (text.isEmpty ? ": " : ", \(text): ")
  }
}
