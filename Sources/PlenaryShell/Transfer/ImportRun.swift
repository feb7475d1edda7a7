import Plenary
import PlenarySyntax

/// `plenary import`: makes a saved graph of files.
package struct ImportRun {
  /// Directories and files.
  package var sources: [String]
  /// Where the graph is to be.
  package var target: String
  /// Whether a graph that is there is replaced.
  package var isReplacing = false
  /// The marks of CSV files.
  package var csvFormat = CSVFormat()
  /// The most threads; `nil` for as many as there are processors.
  package var threads: Int?
  /// Whether rows that are wrong are left out.
  package var skipsBadRows = false
  /// Whether only errors are told.
  package var isQuiet = false
  /// Where colours are wanted.
  package var color = Style.Choice.auto

  /// An import of files into a graph.
  package init(sources: [String], target: String) {
    self.sources = sources
    self.target = target
  }

  /// Imports: 0 when the graph is there, 4 when it is but rows were left out, 3 when it is not.
  package func run() -> ExitStatus { TextOutput.withStandardStreams(run) }

  func run(output: TextOutput, errors: TextOutput) -> ExitStatus {
    let clock = ContinuousClock.now
    do throws(QueryError) {
      var reading = GraphImport(sources)
      reading.csvFormat = csvFormat
      reading.threads = threads
      reading.skipsBadRows = skipsBadRows
      let bar = ProgressBar(errors: errors, isWanted: !isQuiet)
      reading.onProgress = bar?.show
      // Found out before the work, not after it.
      try reading.checkTarget(target, replacing: isReplacing)
      let imported: GraphImport.Outcome
      do throws(QueryError) {
        imported = try reading.read()
      } catch {
        bar?.erase()
        throw error
      }
      bar?.erase()
      try imported.graph.save(to: target, replacing: isReplacing)
      let report = imported.report
      if !isQuiet {
        output.writeLine(
          "imported \(Summary.counted(report.nodeCount, "node")) and "
            + "\(Summary.counted(report.relationshipCount, "relationship")) from "
            + "\(Summary.counted(report.fileCount, "file")) into \(target) "
            + "in \(Summary.time(ContinuousClock.now - clock))")
        output.flush()
      }
      guard report.skippedRowCount > 0 else { return .success }
      tell(report, errors)
      return .incomplete
    } catch {
      return .failed(error, color, errors)
    }
  }

  private func tell(_ report: GraphImport.Report, _ errors: TextOutput) {
    let style = Style.of(errors, choice: color, variable: System.variable)
    for row in report.skippedRows { errors.writeLine("\(style.warning("left out")): \(row)") }
    let rest = report.skippedRowCount - report.skippedRows.count
    if rest > 0 { errors.writeLine("and \(Summary.counted(rest, "more row"))") }
    errors.writeLine("\(Summary.counted(report.skippedRowCount, "row")) left out")
  }
}
