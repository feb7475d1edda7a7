/// Writes one file of nodes or relationships, some rows at a time.
final class CSVTableWriter {
  enum Kind {
    case nodes
    case relationships
  }

  let name: String
  private let kind: Kind
  private let graph: Graph
  private let format: CSVFormat
  /// The labels, or the one type.
  private let tokens: [String]
  private let columns: [(key: KeyToken, kind: CSVCellKind)]
  private let elements: [UInt32]
  private var written = 0
  private var hasHeader = false

  init(
    name: String, kind: Kind, graph: Graph, format: CSVFormat, tokens: [String],
    columns: [(key: KeyToken, kind: CSVCellKind)], elements: [UInt32]
  ) {
    self.name = name
    self.kind = kind
    self.graph = graph
    self.format = format
    self.tokens = tokens
    self.columns = columns
    self.elements = elements
  }

  /// A file of nodes without any.
  static func empty(_ graph: Graph, _ format: CSVFormat) -> CSVTableWriter {
    CSVTableWriter(
      name: "nodes.csv", kind: .nodes, graph: graph, format: format, tokens: [], columns: [], elements: [])
  }

  /// Appends the header or the next rows; `false` when there was nothing left.
  func write(_ bytes: inout [UInt8]) -> Bool {
    if !hasHeader {
      hasHeader = true
      writeHeader(&bytes)
      return true
    }
    guard written < elements.count else { return false }
    let end = min(written + 4096, elements.count)
    let list = String(Unicode.Scalar(format.listDelimiter))
    let tokenCell = tokens.joined(separator: list)
    for element in elements[written..<end] {
      switch kind {
      case .nodes:
        bytes.append(contentsOf: String(element).utf8)
      case .relationships:
        let id = RelationshipID(element)
        bytes.append(contentsOf: String(graph.source(of: id).rawValue).utf8)
        bytes.append(format.delimiter)
        bytes.append(contentsOf: String(graph.target(of: id).rawValue).utf8)
      }
      bytes.append(format.delimiter)
      if !tokenCell.isEmpty { append(tokenCell, &bytes) }
      for (key, kind) in columns {
        bytes.append(format.delimiter)
        let value =
          self.kind == .nodes
          ? graph.property(key, of: NodeID(element)) : graph.property(key, of: RelationshipID(element))
        if !value.isNull { append(kind.text(of: value, format: format), &bytes) }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    written = end
    return true
  }

  private func writeHeader(_ bytes: inout [UInt8]) {
    let roles = kind == .nodes ? [":ID", ":LABEL"] : [":START_ID", ":END_ID", ":TYPE"]
    let cells = roles + columns.map { "\(graph.keyName($0.key)):\($0.kind.headerType)" }
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(format.delimiter) }
      append(cell, &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends a cell, in quotes where it needs them: an empty text without them would be no value.
  private func append(_ text: String, _ bytes: inout [UInt8]) {
    let needsQuotes =
      text.isEmpty
      || text.utf8.contains {
        $0 == format.delimiter || $0 == format.quote || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
      }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(format.quote)
    for byte in text.utf8 {
      if byte == format.quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(format.quote)
  }
}
