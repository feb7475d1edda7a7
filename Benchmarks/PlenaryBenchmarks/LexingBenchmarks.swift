import Benchmark
import PlenarySyntax

/// Text to tokens, as highlighting asks for them.
func measureLexing() {
  Benchmark("lexing: 420 statements") { benchmark in
    let text = Statements.text
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(Lexer.tokens(text)) }
    benchmark.stopMeasurement()
  }
}
