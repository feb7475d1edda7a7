/// The names of a graph and the small numbers that stand for them: labels, relationship types, property keys.
///
/// Tokens are given out in order and never taken back, so a token stays good in every later snapshot.
struct Catalog: Sendable {
  private(set) var labels = NameTable(limit: 1 << 16)
  private(set) var types = NameTable(limit: 1 << 16)
  private(set) var keys = NameTable(limit: 1 << 24)

  mutating func makeLabel(_ name: String) throws(QueryError) -> LabelToken {
    LabelToken(rawValue: UInt16(try labels.token(making: name, kind: "labels")))
  }

  mutating func makeType(_ name: String) throws(QueryError) -> TypeToken {
    TypeToken(rawValue: UInt16(try types.token(making: name, kind: "relationship types")))
  }

  mutating func makeKey(_ name: String) throws(QueryError) -> KeyToken {
    KeyToken(rawValue: UInt32(try keys.token(making: name, kind: "property keys")))
  }
}

/// Names in order of their tokens, and the way back.
struct NameTable: Sendable {
  private(set) var names: [String] = []
  private var tokens: [ExactText: Int] = [:]
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func token(_ name: String) -> Int? {
    // Few names are compared sooner than one is hashed.
    names.count <= NameTable.few ? names.firstIndex { $0.hasSameCodePoints(as: name) } : tokens[ExactText(name)]
  }

  private static let few = 8

  mutating func token(making name: String, kind: String) throws(QueryError) -> Int {
    if let token = token(name) { return token }
    guard names.count < limit else {
      throw QueryError(.graphTooLarge, "the graph has \(limit) \(kind) already, and no more are possible")
    }
    names.append(name)
    tokens[ExactText(name)] = names.count - 1
    return names.count - 1
  }

  /// The name of a token; empty for one that this graph never gave out.
  func name(_ token: Int) -> String { token < names.count ? names[token] : "" }
}
