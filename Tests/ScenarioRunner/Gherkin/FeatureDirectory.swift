import Foundation

/// The feature files below a directory, and the named graphs that belong to them.
package struct FeatureDirectory {
  /// What was read, in the order of paths and lines.
  package private(set) var scenarios: [Scenario] = []
  /// Files that cannot be read, each with its place and reason.
  package private(set) var errors: [FeatureError] = []

  /// Reads every `.feature` file below `path`, or the one file that `path` is.
  ///
  /// - Throws: `FeatureError` when there is no such file or directory. A file that is there but cannot be read is one of
  ///   `errors` instead, so that it does not hide the others.
  package init(path: String) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw FeatureError(file: path, line: 0, message: "no such file or directory")
    }
    let files = try isDirectory.boolValue ? Self.featureFiles(below: path) : [path]
    for file in files { read(file) }
  }

  private static func featureFiles(below path: String) throws -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".feature") }
        .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
        .map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    } catch {
      throw FeatureError(file: path, line: 0, message: "the directory cannot be read")
    }
  }

  private mutating func read(_ file: String) {
    guard let data = FileManager.default.contents(atPath: file) else {
      errors.append(FeatureError(file: file, line: 0, message: "the file cannot be read"))
      return
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      errors.append(FeatureError(file: file, line: 0, message: "the file is not UTF-8"))
      return
    }
    do throws(FeatureError) {
      scenarios += try FeatureReader.scenarios(in: text, file: file).map(Self.withGraphs)
    } catch {
      errors.append(error)
    }
  }

  /// Adds the scripts of the named graphs: `graphs/NAME/NAME.cypher` in the nearest directory above the file that has it.
  private static func withGraphs(_ scenario: Scenario) -> Scenario {
    var scenario = scenario
    for name in scenario.steps.compactMap({ StepAction.namedGraph(in: $0.text) }) where !name.contains("/") {
      var directory = URL(fileURLWithPath: scenario.file).standardizedFileURL.deletingLastPathComponent()
      while true {
        let script = directory.appendingPathComponent("graphs/\(name)/\(name).cypher")
        if let text = try? String(contentsOf: script, encoding: .utf8) {
          scenario.graphs[name] = text
          break
        }
        guard directory.path != "/" else { break }
        directory.deleteLastPathComponent()
      }
    }
    return scenario
  }
}
