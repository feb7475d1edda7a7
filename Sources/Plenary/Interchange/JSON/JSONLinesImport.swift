/// Makes a graph of JSON lines, as `JSONLinesWriter` and Neo4j's `apoc.export.json` write them.
///
/// Lines are read by several threads and put together in order. A relationship may come before its nodes: it is kept
/// until all lines are read. Sendable because one thread at a time puts together.
final class JSONLinesImport: @unchecked Sendable {
  private let options: ImportOptions
  private let progress: ImportProgressCounter
  private var builder = GraphBuilder()
  private var nodes: [JSONIdentifier: NodeID] = [:]
  private var waiting: [(file: GraphFile, line: JSONLine)] = []
  private var indexes: [(file: GraphFile, line: JSONLine)] = []
  private var skipped = SkippedRows()

  init(_ options: ImportOptions, _ progress: ImportProgressCounter) {
    self.options = options
    self.progress = progress
  }

  /// What a chunk of a file holds.
  private struct Part: Sendable {
    var lines: [JSONLine] = []
    /// Lines that cannot be understood; unless they are skipped, the first of them, which nothing follows.
    var failures: [FileFailure] = []
  }

  /// Reads files, one after the other. O(bytes).
  ///
  /// - Throws: `fileUnreadable`, `invalidFile`, `graphTooLarge`.
  func read(_ files: [GraphFile]) throws(QueryError) -> (graph: Graph, skipped: SkippedRows) {
    var contents: [(file: GraphFile, content: FileContent)] = []
    for file in files {
      let file = try file.repeatable()
      contents.append((file, try file.open()))
    }
    progress.begin(total: contents.reduce(0) { $0 + $1.content.count })
    for (file, content) in contents { try read(file, content) }
    for (file, line) in waiting {
      if let failure = try add(line, in: file, isLast: true) { try note(failure, in: file) }
    }
    waiting = []
    nodes = [:]
    var whole = GraphBuilder()
    swap(&whole, &builder)
    var graph = try whole.build(threads: options.threadCount)
    for (file, line) in indexes {
      guard case .index(let name, let label, let key, let constraint) = line.content else { continue }
      do throws(QueryError) {
        let (label, key) = (try graph.makeLabelToken(label), try graph.makeKeyToken(key))
        // A constraint makes an index of its own name.
        if !(constraint.map { $0.hasSameCodePoints(as: name) } ?? false) {
          try graph.createIndex(name: name, label: label, key: key)
        }
        if let constraint { try graph.createConstraint(name: constraint, label: label, key: key) }
      } catch {
        try note(FileFailure(offset: line.offset, message: error.message), in: file)
      }
    }
    return (graph, skipped)
  }

  private func read(_ file: GraphFile, _ content: FileContent) throws(QueryError) {
    try ChunkedReading.read(
      content, from: 0, records: .lines, options, progress, wrap: { $0 },
      parse: { [options] chunk throws(QueryError) in JSONLinesImport.parse(chunk, options.badRows) },
      merge: { [self] part, _ throws(QueryError) in
        var failures = part.failures
        for line in part.lines {
          if let failure = try add(line, in: file, isLast: false) {
            if options.badRows == .stop { throw file.error(failure) }
            failures.append(failure)
          }
        }
        if options.badRows == .stop, let failure = failures.first { throw file.error(failure) }
        skipped.note(failures.sorted { $0.offset < $1.offset }, in: file)
      })
  }

  private static func parse(_ chunk: FileChunk, _ badRows: BadRows) -> Part {
    var part = Part()
    var start = 0
    // A byte order mark is skipped, as in CSV files.
    if chunk.range.lowerBound == 0, chunk.bytes.starts(with: FileContent.byteOrderMark) { start = 3 }
    while start < chunk.bytes.count {
      let end = ByteSearch.first(UInt8(ascii: "\n"), in: chunk.bytes, from: start) ?? chunk.bytes.count
      let bytes = UnsafeBufferPointer(rebasing: chunk.bytes[start..<end])
      let offset = chunk.range.lowerBound + start
      start = end + 1
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      do throws(FileFailure) {
        part.lines.append(try JSONLine(bytes, at: offset))
      } catch {
        part.failures.append(error)
        // Not thrown: an earlier line may be wrong beside the others, which shows when they are put together.
        if badRows == .stop { break }
      }
    }
    return part
  }

  /// Adds what a line says, or keeps it for later; tells what is wrong with it.
  private func add(_ line: JSONLine, in file: GraphFile, isLast: Bool) throws(QueryError) -> FileFailure? {
    switch line.content {
    case .node(let id, let names):
      if nodes[id] != nil {
        return FileFailure(offset: line.offset, message: "found id \"\(id.text)\" again, expected distinct ids")
      }
      var labels: [LabelToken] = []
      for name in names {
        let label = try builder.makeLabelToken(name)
        if !labels.contains(label) { labels.append(label) }
      }
      nodes[id] = try builder.addNode(labels: labels, properties: tokens(line.properties))
    case .relationship(let type, let from, let to):
      guard let source = nodes[from], let target = nodes[to] else {
        guard isLast else {
          waiting.append((file, line))
          return nil
        }
        let (missing, end) = nodes[from] == nil ? (from, "start") : (to, "end")
        return FileFailure(
          offset: line.offset, message: "found \(end) \"\(missing.text)\", expected the id of a node")
      }
      try builder.addRelationship(
        type: builder.makeTypeToken(type), from: source, to: target, properties: tokens(line.properties))
    case .index: indexes.append((file, line))
    }
    return nil
  }

  private func tokens(_ properties: [(key: String, value: Value)]) throws(QueryError) -> [(KeyToken, Value)] {
    var tokens: [(KeyToken, Value)] = []
    for (key, value) in properties { tokens.append((try builder.makeKeyToken(key), value)) }
    return tokens
  }

  private func note(_ failure: FileFailure, in file: GraphFile) throws(QueryError) {
    guard options.badRows == .skip else { throw file.error(failure) }
    skipped.note([failure], in: file)
  }
}
