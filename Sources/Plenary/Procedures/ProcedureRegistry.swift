/// The procedures that queries can call, by name regardless of case.
struct ProcedureRegistry: Sendable {
  private var procedures: [String: Procedure] = [:]

  /// Sorted by name.
  var all: [Procedure] { procedures.values.sorted { $0.name < $1.name } }
  var names: [String] { all.map(\.name) }

  subscript(name: String) -> Procedure? { procedures[name.lowercased()] }

  /// Another number after every change: a plan holds the procedures it calls.
  private(set) var version = 0

  mutating func add(_ procedure: Procedure) {
    procedures[procedure.name.lowercased()] = procedure
    version += 1
  }

  /// The procedures that come with the engine.
  static let builtIn: ProcedureRegistry = {
    var registry = ProcedureRegistry()
    for procedure in schemaProcedures { registry.add(procedure) }
    let listed = registry.all + [listing([])]
    registry.add(listing(listed))
    return registry
  }()

  private static let schemaProcedures: [Procedure] = [
    Procedure(
      name: "db.labels", results: [.init("label", .string)], summary: "the labels that nodes of the graph have"
    ) { _, graph in graph.labels.map { [.string($0)] } },
    Procedure(
      name: "db.relationshipTypes", results: [.init("relationshipType", .string)],
      summary: "the types that relationships of the graph have"
    ) { _, graph in graph.relationshipTypes.map { [.string($0)] } },
    Procedure(
      name: "db.propertyKeys", results: [.init("propertyKey", .string)],
      summary: "the property keys that something in the graph has"
    ) { _, graph in graph.propertyKeys.map { [.string($0)] } },
    Procedure(
      name: "dbms.functions",
      results: [.init("name", .string), .init("signature", .string), .init("description", .string)],
      summary: "the functions of the language"
    ) { _, _ in
      let scalars = FunctionRegistry.shared.all.map { ($0.name, $0.signature, $0.summary) }
      let aggregates = FunctionRegistry.shared.aggregates.map { ($0.name, $0.signature, $0.summary) }
      return (scalars + aggregates).sorted { $0.0 < $1.0 }.map { [.string($0), .string($1), .string($2)] }
    },
  ]

  private static func listing(_ procedures: [Procedure]) -> Procedure {
    Procedure(
      name: "db.procedures",
      results: [.init("name", .string), .init("signature", .string), .init("description", .string)],
      summary: "the procedures that come with the engine"
    ) { _, _ in
      procedures.sorted { $0.name < $1.name }.map {
        [.string($0.name), .string($0.signature), .string($0.summary)]
      }
    }
  }
}

extension Procedure {
  /// `db.labels() :: (label: String)`.
  public var signature: String {
    func list(_ fields: [Field]) -> String { fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") }
    return "\(name)(\(list(parameters))) :: (\(list(results)))"
  }
}
