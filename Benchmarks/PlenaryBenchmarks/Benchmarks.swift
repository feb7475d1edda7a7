import Benchmark

/// What the benchmark tool runs; one function for each area.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput, .instructions],
    warmupIterations: 2,
    maxDuration: .seconds(1),
    maxIterations: 10_000)

  measureLexing()
  measureParsing()
  measurePlanning()
  measureScanning()
  measureExpanding()
  measureJoining()
  measureGrouping()
  measureSorting()
  measureUnwinding()
  measureLookingUp()
  measureWriting()
  measureImporting()
}
