import Benchmark
import Plenary

/// The whole graph from CSV files, 20 200 nodes and 320 000 relationships.
func measureImporting() {
  Benchmark("import: the graph from CSV files") { (benchmark: Benchmark) throws -> Void in
    let path = SocialNetwork.files.path
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(try Database.open(path)) }
    benchmark.stopMeasurement()
  }
}
