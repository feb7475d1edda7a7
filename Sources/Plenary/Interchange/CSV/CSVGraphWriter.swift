/// Writes a graph as CSV files that `CSVGraphReader` and `neo4j-admin database import` read.
///
/// There is a file for each combination of labels and for each relationship type; where a property has values of
/// several types among them, a further file for each type. Reading the files again makes an equal graph, but for
/// the numbers of its nodes and relationships.
///
/// What plain headers cannot say is written in one further column type that only this reader knows: `any[]`, for lists
/// of integers and floats, and lists of strings that contain the list delimiter.
public struct CSVGraphWriter: Sendable {
  /// The graph to write.
  public let graph: Graph
  /// The marks of the files.
  public var format: CSVFormat

  /// Writes a graph.
  public init(_ graph: Graph, format: CSVFormat = CSVFormat()) {
    self.graph = graph
    self.format = format
  }

  /// Writes the files into a directory, which is made if it is not there. O(graph).
  ///
  /// - Returns: the names of the files.
  /// - Throws: `fileUnreadable`, also if the directory holds .csv files already, for they would be read as parts of the
  ///   graph; `invalidArgumentValue` for a name that no header can hold. What was written is then removed.
  @discardableResult
  public func write(toDirectory path: String) throws(QueryError) -> [String] {
    try FileSystem.makeDirectory(path)
    if let existing = try FileSystem.names(inDirectory: path).first(where: { $0.lowercased().hasSuffix(".csv") }) {
      throw QueryError(
        .fileUnreadable, "found \"\(existing)\" in the directory \"\(path)\", expected a directory without .csv files")
    }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    let tables = try tables()
    for (index, table) in tables.enumerated() {
      do throws(QueryError) {
        try FileSystem.write(to: prefix + table.name) { chunk in table.write(&chunk) }
      } catch {
        for written in tables[...index] { FileSystem.remove(prefix + written.name) }
        throw error
      }
    }
    return tables.map(\.name)
  }

  /// The files in memory. O(graph).
  ///
  /// - Throws: `invalidArgumentValue` for a name that no header can hold.
  public func files() throws(QueryError) -> [(name: String, bytes: [UInt8])] {
    try tables().map { table in
      var bytes: [UInt8] = []
      while table.write(&bytes) {}
      return (table.name, bytes)
    }
  }

  // MARK: Elements into tables

  private func tables() throws(QueryError) -> [CSVTableWriter] {
    var nodes = TableSet(kind: .nodes, graph: graph, format: format)
    var scan = Graph.NodeScan(graph, label: nil)
    while let batch = scan.next(2048) {
      for node in batch {
        let id = NodeID(node)
        try nodes.add(node, group: graph.labels(of: id).map { Int($0.rawValue) }, graph.properties(of: id))
      }
    }
    var relationships = TableSet(kind: .relationships, graph: graph, format: format)
    for number in 0..<UInt32(graph.relationshipCapacity) {
      let id = RelationshipID(number)
      guard graph.contains(id) else { continue }
      try relationships.add(number, group: [Int(graph.type(of: id).rawValue)], graph.properties(of: id))
    }
    var names: Set<String> = []
    let tables = try nodes.finish(&names) + relationships.finish(&names)
    // A graph without nodes is a file without rows: a directory without files would be no graph.
    return tables.isEmpty ? [CSVTableWriter.empty(graph, format)] : tables
  }
}

/// The tables of all nodes or all relationships while elements are dealt out to them.
private struct TableSet {
  private struct Table {
    /// By key; `nil` where no element so far has a value.
    var kinds: [CSVCellKind?] = []
    var elements: [UInt32] = []

    /// Adds an element; `false`, with nothing done, if one of its values is of a type that does not go with the others.
    mutating func add(_ element: UInt32, _ newKinds: [(key: Int, kind: CSVCellKind)]) -> Bool {
      for (key, kind) in newKinds where key < kinds.count {
        if let known = kinds[key], known != kind, known.merged(with: kind) == nil { return false }
      }
      for (key, kind) in newKinds {
        while kinds.count <= key { kinds.append(nil) }
        kinds[key] = kinds[key]?.merged(with: kind) ?? kind
      }
      elements.append(element)
      return true
    }
  }

  let kind: CSVTableWriter.Kind
  let graph: Graph
  let format: CSVFormat
  /// The tables of each group, in the order the groups came.
  private var groups: [(tokens: [Int], tables: [Table])] = []
  private var places: [[Int]: Int] = [:]
  /// Where the group of the last element is: most often the next one's, too.
  private var current = 0

  init(kind: CSVTableWriter.Kind, graph: Graph, format: CSVFormat) {
    self.kind = kind
    self.graph = graph
    self.format = format
  }

  /// Adds an element to the first table of its group whose columns its values fit.
  mutating func add(
    _ element: UInt32, group: [Int], _ properties: [(key: KeyToken, value: Value)]
  ) throws(QueryError) {
    var kinds: [(key: Int, kind: CSVCellKind)] = []
    kinds.reserveCapacity(properties.count)
    for (key, value) in properties {
      guard let kind = CSVCellKind(value, format: format) else {
        throw QueryError(
          .invalidArgumentValue,
          "found \(value.valueType.phrase) in property `\(graph.keyName(key))`, expected a value "
            + "that a CSV column can hold")
      }
      kinds.append((Int(key.rawValue), kind))
    }
    if !groups.indices.contains(current) || groups[current].tokens != group { current = place(of: group) }
    for index in groups[current].tables.indices where groups[current].tables[index].add(element, kinds) { return }
    var table = Table()
    _ = table.add(element, kinds)
    groups[current].tables.append(table)
  }

  private mutating func place(of group: [Int]) -> Int {
    if let place = places[group] { return place }
    places[group] = groups.count
    groups.append((group, []))
    return groups.count - 1
  }

  func finish(_ names: inout Set<String>) throws(QueryError) -> [CSVTableWriter] {
    var writers: [CSVTableWriter] = []
    for (group, tables) in groups {
      let tokens = group.map {
        kind == .nodes
          ? graph.labelName(LabelToken(rawValue: UInt16($0))) : graph.typeName(TypeToken(rawValue: UInt16($0)))
      }
      for token in tokens where token.isEmpty || kind == .nodes && token.utf8.contains(format.listDelimiter) {
        throw QueryError(
          .invalidArgumentValue,
          "found \(kind == .nodes ? "label" : "type") `\(token)`, expected a name that is not empty and without the "
            + "list delimiter \"\(Unicode.Scalar(format.listDelimiter))\"",
          hint: "choose another list delimiter")
      }
      for table in tables {
        let columns = table.kinds.enumerated().compactMap { key, kind in kind.map { (key: KeyToken(key), kind: $0) } }
        for (key, _) in columns where graph.keyName(key).isEmpty {
          throw QueryError(.invalidArgumentValue, "found a property key that is empty, expected a name for its column")
        }
        let name = fileName(tokens, &names)
        writers.append(
          CSVTableWriter(
            name: name, kind: kind, graph: graph, format: format, tokens: tokens,
            columns: columns, elements: table.elements))
      }
    }
    return writers
  }

  /// A name that is good on every file system and not given yet, whatever the case of its letters.
  private func fileName(_ tokens: [String], _ names: inout Set<String>) -> String {
    var stem = kind == .nodes ? "nodes" : "rels"
    for token in tokens {
      stem += "_"
      for scalar in token.unicodeScalars.prefix(60) {
        let isSafe =
          scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
        stem.unicodeScalars.append(isSafe ? scalar : "_")
      }
    }
    // File names end at 255 bytes.
    while stem.utf8.count > 200 { stem.unicodeScalars.removeLast() }
    var name = stem
    var number = 1
    while !names.insert(name.lowercased()).inserted {
      number += 1
      name = "\(stem)_\(number)"
    }
    return name + ".csv"
  }
}
