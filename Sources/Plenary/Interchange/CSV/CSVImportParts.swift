/// The labels that the cells of a `:LABEL` column name, each kind of cell worked out once.
struct LabelCells {
  let listDelimiter: UInt8
  /// The labels of every node, for a file without such a column.
  var common: [LabelToken] = []
  var seen: Set<LabelToken> = []
  private var known: [[UInt8]: [LabelToken]] = [:]

  init(listDelimiter: UInt8) { self.listDelimiter = listDelimiter }

  mutating func tokens(_ cell: [UInt8], in builder: inout GraphBuilder) throws(QueryError) -> [LabelToken] {
    if let tokens = known[cell] { return tokens }
    var tokens: [LabelToken] = []
    for name in cell.split(separator: listDelimiter) {
      let token = try builder.makeLabelToken(String(decoding: name, as: UTF8.self))
      if !tokens.contains(token) { tokens.append(token) }
    }
    known[cell] = tokens
    seen.formUnion(tokens)
    return tokens
  }
}

/// Finds the properties that tell the nodes of a label apart: ids of one id space that nothing else is mixed with.
struct UniqueKeys {
  private struct Pair: Hashable {
    let label: LabelToken
    let key: KeyToken
  }
  private var order: [Pair] = []
  /// The id space that a pair's values come from; `nil` once they come from anything else too.
  private var spaces: [Pair: String?] = [:]

  mutating func note(_ label: LabelToken, _ key: KeyToken, _ space: String?) {
    let pair = Pair(label: label, key: key)
    guard let earlier = spaces[pair] else {
      order.append(pair)
      spaces[pair] = .some(space)
      return
    }
    if earlier != space { spaces[pair] = .some(nil) }
  }

  /// In the order of their tokens.
  var pairs: [(label: LabelToken, key: KeyToken)] {
    order.filter { spaces[$0] != .some(nil) }
      .sorted { ($0.label.rawValue, $0.key.rawValue) < ($1.label.rawValue, $1.key.rawValue) }
      .map { ($0.label, $0.key) }
  }
}

/// The ids that nodes of a space have so far.
struct SeenIdentifiers {
  private var integers: Set<Int64> = []
  private var texts: Set<[UInt8]> = []

  /// Adds the ids of a chunk; tells of those that were there.
  mutating func add(_ chunk: CSVNodeChunk) -> [FileFailure] {
    var duplicates: [FileFailure] = []
    let space = chunk.file.space.isEmpty ? "" : " in id space \"\(chunk.file.space)\""
    var start = 0
    for row in 0..<chunk.count {
      let isNew: Bool
      let text: String
      if chunk.file.areIntegers {
        isNew = integers.insert(chunk.integers[row]).inserted
        text = isNew ? "" : String(chunk.integers[row])
      } else {
        let bytes = Array(chunk.text[start..<chunk.textEnds[row]])
        start = chunk.textEnds[row]
        isNew = texts.insert(bytes).inserted
        text = isNew ? "" : String(decoding: bytes, as: UTF8.self)
      }
      if !isNew {
        duplicates.append(
          FileFailure(
            offset: chunk.places[row], message: "found id \"\(text)\" again\(space), expected distinct ids"))
      }
    }
    return duplicates
  }
}

/// Rows that were left out.
struct SkippedRows {
  /// The places of so many are told.
  static let exampleLimit = 20

  private(set) var count = 0
  private var examples: [(file: GraphFile, failure: FileFailure)] = []

  mutating func note(_ failures: [FileFailure], in file: GraphFile) {
    count += failures.count
    for failure in failures.prefix(SkippedRows.exampleLimit - examples.count) { examples.append((file, failure)) }
  }

  /// The first of them: file, line, column and what is wrong.
  var messages: [String] { examples.map { $0.file.error($0.failure).message } }
}
