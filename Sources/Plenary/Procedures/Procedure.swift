/// A procedure that queries reach by `CALL name(...) YIELD ...`.
///
/// Hosts register their own with `Database.register`; the built-in ones (`db.labels` and its like) are made the same
/// way.
///
/// ```swift
/// database.register(
///   Procedure(
///     name: "host.square", parameters: [.init("number", .integer)], results: [.init("square", .integer)]
///   ) { arguments, _ in
///     guard case .integer(let number) = arguments[0] else { return [] }
///     return [[.integer(number * number)]]
///   })
/// ```
public struct Procedure: Sendable {
  /// A parameter or a result column.
  public struct Field: Sendable {
    /// The name.
    public var name: String
    /// The types accepted or made.
    public var type: ValueType

    /// Makes a field.
    public init(_ name: String, _ type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  /// The name with its namespace, such as `db.labels`.
  public var name: String
  /// What it takes.
  public var parameters: [Field]
  /// The columns it makes.
  public var results: [Field]
  /// What it does, in one sentence.
  public var summary: String
  /// Makes the rows for one set of arguments; each row has one value for each result column.
  public var rows: @Sendable (_ arguments: [Value], _ graph: Graph) throws -> [[Value]]

  /// Makes a procedure.
  public init(
    name: String, parameters: [Field] = [], results: [Field] = [], summary: String = "",
    rows: @escaping @Sendable (_ arguments: [Value], _ graph: Graph) throws -> [[Value]]
  ) {
    self.name = name
    self.parameters = parameters
    self.results = results
    self.summary = summary
    self.rows = rows
  }
}
