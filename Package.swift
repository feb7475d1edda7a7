// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "plenary",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "PlenarySyntax", targets: ["PlenarySyntax"]),
    .library(name: "Plenary", targets: ["Plenary"]),
    .executable(name: "plenary", targets: ["PlenaryCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // Text to syntax tree. Imports nothing, so that macros and editors can use it alone.
    .target(name: "PlenarySyntax"),

    // The engine and its Swift API.
    .target(
      name: "Plenary",
      dependencies: [
        "PlenarySyntax",
        "CPlenarySamples",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),

    // The bytes of Samples/accsm, so that the built-in graph needs no file at run time.
    .target(name: "CPlenarySamples"),

    // The shell as a library, and the program around it.
    .systemLibrary(
      name: "CEditline",
      pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .yum(["libedit-devel"]), .brew(["libedit"])]),
    // Swift cannot call libedit's variadic functions; this C code does.
    .target(name: "CLineEdit", dependencies: ["CEditline"]),
    .target(name: "PlenaryShell", dependencies: ["Plenary", "CLineEdit"]),
    .executableTarget(
      name: "PlenaryCommand",
      dependencies: [
        "PlenaryShell",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Runs scenarios in the format of the openCypher TCK. It knows no engine.
    .target(name: "ScenarioRunner", path: "Tests/ScenarioRunner"),
    .testTarget(name: "ScenarioRunnerTests", dependencies: ["ScenarioRunner", "TestResources"]),
    // Connects it to the engine: `make tck`. No product, it is a tool of the project.
    .executableTarget(
      name: "PlenaryTCK",
      dependencies: [
        "Plenary",
        "ScenarioRunner",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/PlenaryTCK", exclude: ["README.md"]),

    // What tests and the fuzzer share: directories that go away, random numbers that come again.
    .target(name: "TestResources", path: "Tests/TestResources"),
    // What tests of several targets share: golden files and texts with marked places.
    .target(name: "PlenaryTestSupport", path: "Tests/PlenaryTestSupport"),
    .testTarget(
      name: "PlenarySyntaxTests", dependencies: ["PlenarySyntax", "PlenaryTestSupport", "TestResources"],
      exclude: ["Golden", "Grammar/Corpus"]),
    // What the fuzzer tries, and how it changes queries; the tests run it on the kept inputs.
    .target(name: "FuzzTargets", dependencies: ["Plenary", "TestResources"], path: "Tests/Fuzz/Targets"),
    .testTarget(
      name: "PlenaryTests",
      dependencies: ["Plenary", "CPlenarySamples", "PlenaryTestSupport", "TestResources", "FuzzTargets"],
      exclude: [
        "Accsm/answers.txt",
        "Engine/Golden",
        "Planning/Rules",
      ]),
    .testTarget(
      name: "PlenaryShellTests",
      dependencies: [
        "PlenaryShell", "PlenaryCommand", "TestResources",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// Only for `make fuzz`: its entry point is libFuzzer's, which a normal build does not link.
if Context.environment["PLENARY_FUZZ"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "PlenaryFuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Runner",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
