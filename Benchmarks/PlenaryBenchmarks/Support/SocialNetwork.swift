import Foundation
import Plenary

/// The graph that is measured: 20 000 people in 200 cities, and 320 000 relationships between people whose degrees
/// follow a power law, as they do among real people. It is the same on every run.
///
/// - `(:Person {id, name, age, city, score})`, `id` from 0 to 19 999
/// - `(:City {name, country})`; a person's `city` is the name of one
/// - `(:Person)-[:KNOWS {since, weight}]->(:Person)`, at most one each way between two people
struct SocialNetwork {
  static let people = 20_000
  static let cities = 200
  static let relationshipsPerPerson = 16

  /// The graph, made on first use. Reading it from files gives it indexes on `id` of people and `name` of cities.
  static let graph: Graph = attempt { try Database.open(files.path).snapshot }

  /// A directory with the graph as CSV files. Removed when the program ends.
  static let files: URL = attempt {
    let directory = FileManager.default.temporaryDirectory.appending(path: "plenary-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: SocialNetwork.files) }
    var random = RandomNumbers(seed: 1)
    for (name, text) in [
      ("nodes_city", cityFile()),
      ("nodes_person", personFile(&random)),
      ("rels_knows", relationshipFile(&random)),
    ] {
      try Data(text.utf8).write(to: directory.appending(path: "\(name).csv"))
    }
    return directory
  }

  private static func cityFile() -> String {
    "name:ID(City),country,:LABEL\n" + (0..<cities).map { "city \($0),country \($0 % 20),City\n" }.joined()
  }

  private static func personFile(_ random: inout RandomNumbers) -> String {
    var text = "id:ID(Person),name,age:int,city,score:float,:LABEL\n"
    // Names in no order: sorting what is nearly sorted already would take a tenth of the time.
    let names = (0..<people).shuffled(using: &random)
    for id in 0..<people {
      let age = Int.random(in: 0..<100, using: &random)
      let city = Int.random(in: 0..<cities, using: &random)
      let score = Double(Int.random(in: 0..<1_000_000, using: &random)) / 1000
      text += "\(id),person \(names[id]),\(age),city \(city),\(score),Person\n"
    }
    return text
  }

  private static func relationshipFile(_ random: inout RandomNumbers) -> String {
    var text = ":START_ID(Person),:END_ID(Person),since:int,weight:float,:TYPE\n"
    // R-MAT gives low numbers to the well connected; who they are should say nothing about when they were stored.
    let ids = (0..<people).shuffled(using: &random)
    var seen: Set<Int> = []
    while seen.count < people * relationshipsPerPerson {
      let (source, target) = recursiveMatrixCell(&random)
      guard source < people, target < people, source != target else { continue }
      guard seen.insert(source * people + target).inserted else { continue }
      let since = Int.random(in: 1980..<2025, using: &random)
      let weight = Double(Int.random(in: 0..<1000, using: &random)) / 1000
      text += "\(ids[source]),\(ids[target]),\(since),\(weight),KNOWS\n"
    }
    return text
  }

  /// A cell of the adjacency matrix by the R-MAT model: a quarter of the matrix, a quarter of that, and so on, with
  /// the probabilities 0.57, 0.19, 0.19 and 0.05 that the Graph500 benchmark uses.
  private static func recursiveMatrixCell(_ random: inout RandomNumbers) -> (row: Int, column: Int) {
    var row = 0
    var column = 0
    for _ in 0..<15 {
      let chance = Int.random(in: 0..<100, using: &random)
      row = row << 1 | (chance >= 76 ? 1 : 0)
      column = column << 1 | ((57..<76).contains(chance) || chance >= 95 ? 1 : 0)
    }
    return (row, column)
  }
}

/// What a closure gives; the program ends with a message when it throws, for nothing could be measured then.
private func attempt<Result>(_ body: () throws -> Result) -> Result {
  do { return try body() } catch { fatalError("the graph could not be made: \(error)") }
}
