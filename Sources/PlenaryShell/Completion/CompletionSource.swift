import Plenary
import PlenarySyntax

/// What Tab offers: what the grammar allows at the cursor, filled in with the names of the graph.
struct CompletionSource {
  private let session: Session

  init(session: Session) { self.session = session }

  /// The completions of a text with the cursor at a UTF-8 offset.
  func complete(_ text: String, at cursor: Int) -> LineEditor.Completions {
    let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
    let trimmed = before.drop { $0.isWhitespace }
    if trimmed.first == ":" { return completeCommand(String(trimmed)) }

    let expectation = Completion.at(cursor, in: text)
    guard !expectation.isInQuotesOrComment else { return LineEditor.Completions(wordLength: 0, candidates: []) }
    let word = expectation.prefixText
    var candidates = expectation.names.flatMap { names($0, expectation) }
    if !word.hasPrefix("`"), !word.hasPrefix("$") {
      candidates += expectation.keywords.map { Self.inCase(of: word, $0) + " " }
    }
    return matching(candidates, word)
  }

  // MARK: Names

  private func names(_ expected: ExpectedName, _ expectation: Completion) -> [String] {
    let graph = session.database.snapshot
    switch expected {
    case .variable: return expectation.variables.map { NameText.of($0.name, allowsReserved: false) }
    case .label: return graph.labels.map { NameText.of($0) }
    case .relationshipType: return graph.relationshipTypes.map { NameText.of($0) }
    case .propertyKey(let variable): return propertyKeys(of: variable, expectation).map { NameText.of($0) }
    case .function: return ReferenceHelp.functionNames.map { $0 + "(" }
    case .parameter: return session.parameters.keys.sorted().map { "$" + NameText.of($0) }
    case .procedure: return session.database.procedureList.map { $0.name + "(" }
    case .procedureColumn(let name):
      return session.database.procedureList.first { $0.name == name }?.results.map(\.name) ?? []
    case .newVariable, .mapKey, .nodePattern, .relationshipPattern: return []
    }
  }

  // The keys that nodes of the variable's labels have; all keys when its labels are unknown or have none.
  private func propertyKeys(of variable: String?, _ expectation: Completion) -> [String] {
    let graph = session.database.snapshot
    guard let variable, let known = expectation.variables.first(where: { $0.name == variable }) else {
      return graph.propertyKeys
    }
    var keys: Set<String> = []
    switch known.kind {
    case .node(let labels) where !labels.isEmpty:
      for label in labels { keys.formUnion(schema.keys(ofLabel: label, in: session)) }
    case .relationship(let types) where !types.isEmpty:
      for type in types { keys.formUnion(schema.keys(ofType: type, in: session)) }
    default: break
    }
    return keys.isEmpty ? graph.propertyKeys : keys.sorted()
  }

  private let schema = SchemaKeys()

  // MARK: Commands

  private func completeCommand(_ text: String) -> LineEditor.Completions {
    guard let space = text.firstIndex(where: \.isWhitespace) else {
      return matching(MetaCommand.all.map { $0.name + ($0.arguments.isEmpty ? "" : " ") }, text)
    }
    let argument = text[space...].drop { $0.isWhitespace }
    let word = String(argument)
    switch MetaCommand.named(String(text[..<space]))?.completion {
    case .words(let words): return matching(words, word)
    case .topics: return matching(Help.topics, word)
    case .parameters: return matching(session.parameters.keys.sorted(), word)
    case .files: return matching(FileNames.completions(of: word), word)
    case .nothing, nil: return LineEditor.Completions(wordLength: 0, candidates: [])
    }
  }

  // MARK: Matching

  private func matching(_ candidates: [String], _ word: String) -> LineEditor.Completions {
    let typed = word.lowercased()
    var seen: Set<String> = []
    let fitting = candidates.filter { candidate in
      let plain = candidate.hasPrefix("`") && !word.hasPrefix("`") ? String(candidate.dropFirst()) : candidate
      return plain.lowercased().hasPrefix(typed) && seen.insert(candidate).inserted
    }
    return LineEditor.Completions(
      wordLength: word.unicodeScalars.count, candidates: fitting.sorted { $0.lowercased() < $1.lowercased() })
  }

  // Keywords follow the case in which the user types.
  private static func inCase(of typed: String, _ keyword: String) -> String {
    let isLower = typed.unicodeScalars.contains { $0.properties.isLowercase }
    return isLower && !typed.unicodeScalars.contains { $0.properties.isUppercase } ? keyword.lowercased() : keyword
  }
}

/// The property keys of labels and types, asked once a label for as long as the graph stays the same.
private final class SchemaKeys {
  private var keys: [String: Set<String>] = [:]
  private var size = (-1, -1)

  func keys(ofLabel label: String, in session: Session) -> Set<String> {
    find("MATCH (n:\(NameText.of(label))) UNWIND keys(n) AS key RETURN DISTINCT key", in: session)
  }

  func keys(ofType type: String, in session: Session) -> Set<String> {
    find("MATCH ()-[r:\(NameText.of(type))]->() UNWIND keys(r) AS key RETURN DISTINCT key", in: session)
  }

  private func find(_ query: String, in session: Session) -> Set<String> {
    let graph = session.database.snapshot
    if size != (graph.nodeCount, graph.relationshipCount) {
      keys = [:]
      size = (graph.nodeCount, graph.relationshipCount)
    }
    if let known = keys[query] { return known }
    var found: Set<String> = []
    var options = QueryOptions()
    // Nobody waits for a completion: better none than a late one.
    options.timeout = .milliseconds(200)
    options.isReadOnly = true
    if let result = try? session.database.query(query, [:], options: options) {
      for row in result { if case .string(let key) = row.value(0) { found.insert(key) } }
    }
    keys[query] = found
    return found
  }
}
