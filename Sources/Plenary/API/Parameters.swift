// The same calls for parameters in a Swift dictionary, which dictionary literals are too. A dictionary cannot hold two
// names that differ only in how an accent is composed; a `MapValue` can.

extension Database {
  /// Runs one statement; see `query(_:_:options:)` with a `MapValue`.
  public func query(
    _ text: String, _ parameters: [String: Value], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    try query(text, MapValue(parameters), options: options)
  }

  /// Runs the statements of a script; see `run(script:_:options:)` with a `MapValue`.
  @discardableResult
  public func run(
    script: String, _ parameters: [String: Value], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> [QueryResult] {
    try run(script: script, MapValue(parameters), options: options)
  }
}

extension Transaction {
  /// Runs one statement; see `query(_:_:options:)` with a `MapValue`.
  @discardableResult
  public mutating func query(
    _ text: String, _ parameters: [String: Value], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    try query(text, MapValue(parameters), options: options)
  }
}

extension Graph {
  /// Runs a statement that reads this snapshot; see `query(_:_:options:)` with a `MapValue`.
  public func query(
    _ text: String, _ parameters: [String: Value], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    try query(text, MapValue(parameters), options: options)
  }

  /// Runs a statement on this graph; see `execute(_:_:options:)` with a `MapValue`.
  @discardableResult
  public mutating func execute(
    _ text: String, _ parameters: [String: Value], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    try execute(text, MapValue(parameters), options: options)
  }
}
