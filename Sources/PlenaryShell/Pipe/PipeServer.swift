import Plenary
import PlenarySyntax

/// `plenary pipe`: the engine for another process, one JSON object a line in and out.
///
/// | request | answer |
/// |---|---|
/// | `{"query":"RETURN $x AS x","params":{"x":1}}` | `{"columns":["x"],"rows":[[1]],"elapsed_us":85}` |
/// | | `{"error":{"code":"42002","name":"undefined-variable",...}}` |
///
/// Answers come in the order of requests. `elapsed_us` is whole microseconds, at least 1. Members of an answer beside
/// these appear when there is something to tell: `warnings`, `counters`, and `id`, which is the request's own, whatever
/// it is. `timeout_ms`, `row_limit` and `memory_limit` (bytes) in a request limit that query. Values are written as
/// `JSONText` says.
package struct PipeServer {
  /// The graph.
  package var graph: String
  /// Whether writing is refused.
  package var isReadOnly = false
  /// How much memory each query may keep.
  package var memoryLimit = MemoryLimit.automatic
  /// The most threads that loading the graph and a query may use; `nil` is as many as there are processors.
  package var threadCount: Int?

  /// A server for a graph: `accsm`, `empty`, or a path.
  package init(graph: String) { self.graph = graph }

  /// Answers requests on standard input until it ends.
  package func run() -> ExitStatus {
    System.ignoreBrokenPipes()
    let work: @Sendable () -> ExitStatus = { [self] in
      serve(
        input: LineReader(descriptor: System.standardInput), output: TextOutput(descriptor: System.standardOutput),
        errors: TextOutput(descriptor: System.standardError))
    }
    // One thread of known depth for everything; Ctrl-C ends the process as usual.
    return (try? SignalRelay()?.run(onInterrupt: {}, work)) ?? work()
  }

  func serve(input: LineReader, output: TextOutput, errors: TextOutput) -> ExitStatus {
    let database: Database
    do {
      database = try Database.open(graph, threads: threadCount)
      System.keepFreedMemory()
    } catch {
      errors.write(DiagnosticReport(style: .plain).text(of: error, in: SourceText(name: graph, text: error.text)))
      errors.flush()
      return .unavailable
    }
    while let line = input.next() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      output.write(answer(line, database, output))
      output.write("\n")
      output.flush()
      if output.isClosed { break }
    }
    return .success
  }

  // MARK: One request

  /// Answers a request.
  ///
  /// - Parameter output: where the beginning of a long answer goes, so that it is read while the rest is being written.
  /// - Returns: the rest of the answer, or all of it.
  private func answer(_ line: ArraySlice<UInt8>, _ database: Database, _ output: TextOutput) -> UTF8Text {
    let request: JSONValue
    do {
      request = try JSONReader.read(line)
    } catch {
      return invalid("request is no JSON: \(error)", id: nil)
    }
    let id = request["id"]
    guard case .object = request else { return invalid("found no object, expected {\"query\":\"...\"}", id: nil) }
    guard case .string(let query)? = request["query"] else {
      return invalid("found no member \"query\" with a string", id: id)
    }
    var options = QueryOptions()
    options.isReadOnly = isReadOnly
    options.threadCount = threadCount
    switch request["timeout_ms"] {
    case nil, .null?: break
    case .integer(let milliseconds)? where milliseconds >= 0: options.timeout = .milliseconds(milliseconds)
    default: return invalid("member \"timeout_ms\" is no whole number", id: id)
    }
    switch request["row_limit"] {
    case nil, .null?: break
    case .integer(let rows)? where rows >= 0: options.rowLimit = Int(clamping: rows)
    default: return invalid("member \"row_limit\" is no whole number", id: id)
    }
    switch request["memory_limit"] {
    case nil, .null?: options.memoryLimit = memoryLimit.bytes
    case .integer(let bytes)? where bytes >= 0: options.memoryLimit = Int(clamping: bytes)
    default: return invalid("member \"memory_limit\" is no whole number", id: id)
    }
    var parameters = MapValue()
    switch request["params"] {
    case nil, .null?: break
    case .object(let members)?:
      for member in members { parameters[member.name] = Value(member.value) }
    default: return invalid("member \"params\" is no object", id: id)
    }
    do {
      return answer(try database.query(query, parameters, options: options), to: query, id: id, output)
    } catch {
      return answer(error, to: query, id: id)
    }
  }

  private func answer(_ result: QueryResult, to query: String, id: JSONValue?, _ output: TextOutput) -> UTF8Text {
    let json = JSONText(graph: result.graph)
    var text = beginning(id)
    text += #""columns":["#
    text += result.columns.map(JSONText.quoted).joined(separator: ",")
    text += #"],"rows":["#
    var isFirst = true
    result.forEachRow { cells in
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      text.append(UInt8(ascii: "["))
      for index in cells.indices {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        json.write(cells[index], to: &text)
      }
      text.append(UInt8(ascii: "]"))
      if text.bytes.count >= 1 << 16 {
        output.write(text)
        text.removeAll()
      }
    }
    text += "]"
    if let counters = members(of: result.summary.counters) { text += #","counters":{"# + counters + "}" }
    if !result.summary.warnings.isEmpty {
      let warnings = result.summary.warnings.map { "{" + members(of: $0, in: query) + "}" }
      text += #","warnings":["# + warnings.joined(separator: ",") + "]"
    }
    let elapsed = result.summary.elapsed / .microseconds(1)
    // Nothing takes no time: a reader may divide by it, or take 0 for none given.
    text += #","elapsed_us":"# + String(max(1, Int64(elapsed))) + "}"
    return text
  }

  private func answer(_ error: QueryError, to query: String, id: JSONValue?) -> UTF8Text {
    let diagnostic = Diagnostic(
      error.code, error.message, at: error.range ?? SourceRange(at: 0), hint: error.hint)
    var text = beginning(id)
    text += #""error":{"# + members(of: diagnostic, in: query, hasRange: error.range != nil)
    text += #","phase":"# + JSONText.quoted(error.phase.rawValue)
    if !error.others.isEmpty {
      text += #","others":["# + error.others.map { "{" + members(of: $0, in: query) + "}" }.joined(separator: ",") + "]"
    }
    text += "}}"
    return text
  }

  private func invalid(_ message: String, id: JSONValue?) -> UTF8Text {
    var text = beginning(id)
    text += #""error":{"code":"22000","name":"invalid-request","message":"# + JSONText.quoted(message) + "}}"
    return text
  }

  private func beginning(_ id: JSONValue?) -> UTF8Text {
    var text = UTF8Text()
    text += "{"
    guard let id else { return text }
    text += #""id":"# + JSONText(graph: Graph()).text(of: Value(id)) + ","
    return text
  }

  private func members(of diagnostic: Diagnostic, in query: String, hasRange: Bool = true) -> String {
    let code = diagnostic.code
    var text = #""code":"# + JSONText.quoted(code.gqlStatus) + #","name":"# + JSONText.quoted(code.slug)
    if !code.category.isEmpty { text += #","type":"# + JSONText.quoted(code.category) }
    if !code.detail.isEmpty { text += #","detail":"# + JSONText.quoted(code.detail) }
    text += #","message":"# + JSONText.quoted(diagnostic.message)
    if let hint = diagnostic.hint { text += #","hint":"# + JSONText.quoted(hint) }
    if hasRange {
      let position = TextPosition(ofOffset: diagnostic.range.start, in: query)
      text += #","line":\#(position.line),"column":\#(position.column)"#
      text += #","offset":\#(diagnostic.range.start),"length":\#(diagnostic.range.end - diagnostic.range.start)"#
    }
    return text
  }

  private func members(of counters: WriteCounters) -> String? {
    guard !counters.isEmpty else { return nil }
    let all = [
      ("nodes_created", counters.nodesCreated), ("nodes_deleted", counters.nodesDeleted),
      ("relationships_created", counters.relationshipsCreated),
      ("relationships_deleted", counters.relationshipsDeleted), ("properties_set", counters.propertiesSet),
      ("labels_added", counters.labelsAdded), ("labels_removed", counters.labelsRemoved),
      ("indexes_changed", counters.indexesChanged), ("constraints_changed", counters.constraintsChanged),
    ]
    return all.filter { $0.1 > 0 }.map { #""\#($0.0)":\#($0.1)"# }.joined(separator: ",")
  }
}

extension Value {
  /// The value of the language that JSON names. JSON has no temporal values: those are strings, and `date($x)` makes
  /// one of them.
  init(_ json: JSONValue) {
    switch json {
    case .null: self = .null
    case .boolean(let truth): self = .boolean(truth)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .float(number)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(elements.map { Value($0) })
    case .object(let members):
      self = .map(MapValue(members.lazy.map { (key: $0.name, value: Value($0.value)) }))
    }
  }
}
