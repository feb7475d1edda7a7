import Benchmark
import PlenarySyntax

/// Text to syntax tree, lexing included.
func measureParsing() {
  Benchmark("parsing: 420 statements") { benchmark in
    let text = Statements.text
    let diagnostics = Parser.parse(text).diagnostics
    guard diagnostics.isEmpty else { return benchmark.error("the text is not right: \(diagnostics[0])") }
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(Parser.parse(text)) }
    benchmark.stopMeasurement()
  }

  // Every bracket waits for its partner: parsing must stay linear.
  Benchmark("parsing: list of 10 000 lists") { benchmark in
    let text = "RETURN [" + Array(repeating: "[1, 'two', 3.0]", count: 10_000).joined(separator: ", ") + "]"
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(Parser.parse(text)) }
    benchmark.stopMeasurement()
  }
}
