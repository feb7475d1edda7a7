// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Plenary does not fetch what only measuring needs.
let package = Package(
  name: "plenary-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "plenary", path: ".."),
    // Without traits: its counters of allocations and retains replace functions of the runtime, and slow what is
    // measured.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    // The plugin looks for targets whose directory lies in one named "Benchmarks": this package's own.
    .executableTarget(
      name: "PlenaryBenchmarks",
      dependencies: [
        .product(name: "Plenary", package: "plenary"),
        .product(name: "PlenarySyntax", package: "plenary"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "PlenaryBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
