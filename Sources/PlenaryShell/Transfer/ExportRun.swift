import Plenary
import PlenarySyntax

/// `plenary export`: writes a graph as files of other programs.
package struct ExportRun {
  /// The graph: `accsm`, or a path.
  package var graph: String
  /// Where the files are to be.
  package var target: String
  /// What the files hold.
  package var format: GraphExport.Format
  /// Whether files that are there are replaced.
  package var isReplacing = false
  /// The marks of CSV files.
  package var csvFormat = CSVFormat()
  /// Whether only errors are told.
  package var isQuiet = false
  /// Where colours are wanted.
  package var color = Style.Choice.auto

  /// An export of a graph into a directory.
  package init(graph: String, target: String, format: GraphExport.Format) {
    self.graph = graph
    self.target = target
    self.format = format
  }

  /// Exports: 0 when the files are there, 3 when they are not.
  package func run() -> ExitStatus { TextOutput.withStandardStreams(run) }

  func run(output: TextOutput, errors: TextOutput) -> ExitStatus {
    let clock = ContinuousClock.now
    do throws(QueryError) {
      let graph = try Database.open(graph).snapshot
      var writing = GraphExport(graph, as: format)
      writing.csvFormat = csvFormat
      let names = try writing.write(toDirectory: target, replacing: isReplacing)
      guard !isQuiet else { return .success }
      output.writeLine(
        "exported \(Summary.counted(graph.nodeCount, "node")) and "
          + "\(Summary.counted(graph.relationshipCount, "relationship")) to "
          + "\(Summary.counted(names.count, "file")) in \(target) in \(Summary.time(ContinuousClock.now - clock))")
      return .success
    } catch {
      return .failed(error, color, errors)
    }
  }
}

extension ExitStatus {
  /// Tells why a graph was not moved.
  static func failed(_ error: QueryError, _ color: Style.Choice, _ errors: TextOutput) -> ExitStatus {
    let report = DiagnosticReport(
      style: Style.of(errors, choice: color, variable: System.variable), columns: errors.columns ?? 100)
    // The message has file, line and column already.
    errors.write(report.text(of: error, in: SourceText(name: nil, text: error.text)))
    return .unavailable
  }
}
