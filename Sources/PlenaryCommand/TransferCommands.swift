import ArgumentParser
import Plenary
import PlenaryShell

/// The marks of CSV files.
struct CSVOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What parts the cells of CSV files; tab for a tab.", valueName: "character"))
  var delimiter: ByteArgument = ByteArgument(byte: CSVFormat().delimiter)

  @Option(
    name: .customLong("list-delimiter"),
    help: ArgumentHelp("What parts the elements of lists and the labels in a cell.", valueName: "character"))
  var listDelimiter: ByteArgument = ByteArgument(byte: CSVFormat().listDelimiter)

  @Option(help: ArgumentHelp("What encloses cells that hold delimiters or line ends.", valueName: "character"))
  var quote: ByteArgument = ByteArgument(byte: CSVFormat().quote)

  func validate() throws {
    let marks = [delimiter, listDelimiter, quote].map(\.byte)
    guard Set(marks).count == marks.count else {
      throw ValidationError("--delimiter, --list-delimiter and --quote must differ")
    }
  }

  var format: CSVFormat {
    var format = CSVFormat()
    (format.delimiter, format.listDelimiter, format.quote) = (delimiter.byte, listDelimiter.byte, quote.byte)
    return format
  }
}

/// One ASCII character that can be a mark in a CSV file.
struct ByteArgument: ExpressibleByArgument {
  let byte: UInt8

  init(byte: UInt8) { self.byte = byte }

  init?(argument: String) {
    if argument == "tab" || argument == "\\t" {
      byte = UInt8(ascii: "\t")
      return
    }
    let bytes = Array(argument.utf8)
    let isLetterOrDigit = bytes.first.map { Character(Unicode.Scalar($0)).isLetter || (0x30...0x39).contains($0) }
    guard bytes.count == 1, bytes[0] < 0x80, bytes[0] >= 0x20 || bytes[0] == 0x09, isLetterOrDigit == false else {
      return nil
    }
    byte = bytes[0]
  }

  var defaultValueDescription: String { String(Unicode.Scalar(byte)) }
}

/// `plenary import SOURCE... -o GRAPH`.
struct ImportCommand: Runnable {
  static let configuration = CommandConfiguration(
    commandName: "plenary import",
    abstract: "Make a saved graph of files, which opens many times faster than they are read.",
    usage: "plenary import SOURCE ... -o GRAPH",
    discussion: """
      A SOURCE is a file or a directory: CSV files with the headers of neo4j-admin import, JSON lines as \
      apoc.export.json writes them, or Cypher scripts. \
      GRAPH is the directory to make; `plenary GRAPH` opens it. All of the files are read or nothing is written, and an \
      error names file, line and column.

      With --skip-bad-rows, rows that are not as they should be are left out and told of: the number of them, and \
      where the first 20 are.

      Exit status: 0 when the graph is there, 4 when it is but rows were left out, 2 for wrong usage, 3 when a file \
      could not be read or the graph not be written.
      """)

  @Argument(help: "Directories and files.")
  var sources: [String]

  @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The graph.", valueName: "graph"))
  var target: String

  @Flag(name: .customLong("force"), help: "Replace a saved graph that is there.")
  var isReplacing = false

  @Flag(name: .customLong("skip-bad-rows"), help: "Leave rows out that are wrong, and tell of them.")
  var skipsBadRows = false

  @OptionGroup
  var csv: CSVOptions

  @OptionGroup
  var workers: ThreadsOption

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Tell nothing but errors.")
  var isQuiet = false

  @OptionGroup
  var messages: ColorOption

  func validate() throws {
    if sources.isEmpty { throw ValidationError("Missing expected argument '<sources> ...'") }
  }

  func status() -> ExitStatus {
    var run = ImportRun(sources: sources, target: target)
    run.isReplacing = isReplacing
    run.csvFormat = csv.format
    run.threads = workers.threads
    run.skipsBadRows = skipsBadRows
    run.isQuiet = isQuiet
    run.color = messages.color
    return run.run()
  }
}

extension GraphExport.Format: ExpressibleByArgument {}

/// `plenary export GRAPH -o DIRECTORY`.
struct ExportCommand: Runnable {
  static let configuration = CommandConfiguration(
    commandName: "plenary export",
    abstract: "Write a graph as files of other programs; `plenary import` reads them again.",
    usage: "plenary export GRAPH -o DIRECTORY [--format FORMAT]",
    discussion: """
      GRAPH is accsm, or the path of a graph of any kind. The directory has all of the files or is not made.

      Exit status: 0 when the files are there, 2 for wrong usage, 3 when the graph could not be read or the files not be \
      written.
      """)

  @Argument(help: "accsm, or the path of a graph.")
  var graph: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The directory to make.", valueName: "directory"))
  var target: String

  @Option(help: "csv, jsonl or cypher.")
  var format = GraphExport.Format.csv

  @Flag(name: .customLong("force"), help: "Replace a directory that holds only files of this format.")
  var isReplacing = false

  @OptionGroup
  var csv: CSVOptions

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Tell nothing but errors.")
  var isQuiet = false

  @OptionGroup
  var messages: ColorOption

  func status() -> ExitStatus {
    var run = ExportRun(graph: graph, target: target, format: format)
    run.isReplacing = isReplacing
    run.csvFormat = csv.format
    run.isQuiet = isQuiet
    run.color = messages.color
    return run.run()
  }
}
