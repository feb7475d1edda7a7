import Plenary

struct Chair: Decodable {
  let state: String
  let since: String?
}

func readmeExample() throws -> [String] {
  let database = try Database.open("accsm")

  // Rows, by name and type.
  let result = try database.query(
    "MATCH (s:State)-[c:CHAIRS]->(b:Body {id: $body}) RETURN s.name AS state, c.sinceText AS since ORDER BY since",
    ["body": "accsm"])
  var lines: [String] = []
  for row in result {
    let state: String = try row["state"]
    lines.append(state)
  }

  // Rows as a type of yours.
  let chairs = try result.decode(Chair.self)
  lines.append("\(chairs.count) terms, the first in \(chairs[0].since ?? "an unknown year")")

  // A fork costs nothing, and what happens to it does not touch the database.
  var fork = database.snapshot
  try fork.execute("MATCH (s:State {id: 'tl'}) DETACH DELETE s")
  lines.append("\(database.snapshot.nodeCount - fork.nodeCount) node less in the fork")

  // Statements that belong together: all of them, or none if one fails.
  do {
    try database.write { transaction in
      try transaction.query("CREATE (:Topic {name: 'Digital services'})")
      try transaction.query("MATCH (t:Topic {name: 'Digital services'}) SET t.rank = 1 / 0")
    }
  } catch let error as QueryError {
    lines.append(error.description)
  }
  return lines
}
