import CPlenarySamples
import Foundation
import Testing

/// What must hold for the files of the built-in graph, checked on the files themselves.
@Suite("ACCSM data")
struct AccsmDataTests {
  let nodes: [CSVTable]
  let relationships: [CSVTable]

  init() throws {
    (nodes, relationships) = try AccsmFiles.tables()
  }

  /// Every row with a name for messages.
  private var rows: [(place: String, row: CSVTable.Row)] {
    (nodes + relationships).flatMap { table in table.rows.map { ("\(table.name):\($0.line)", $0) } }
  }

  private func ids(ofLabel label: String) -> Set<String> {
    Set(nodes.flatMap(\.rows).filter { labels(of: $0).contains(label) }.compactMap { $0["id"] })
  }

  private func labels(of row: CSVTable.Row) -> [String] { list(row[":LABEL"]) }

  private func list(_ cell: String?) -> [String] {
    cell.map { $0.split(separator: ";").map(String.init) } ?? []
  }

  @Test("node ids are unique over all files")
  func uniqueIds() {
    var seen: Set<String> = []
    for row in nodes.flatMap(\.rows) {
      #expect(seen.insert(row["id"] ?? "").inserted, "\(row["id"] ?? "a row without an id") is there twice")
    }
  }

  @Test("both ends of every relationship exist")
  func endsExist() {
    let ids = Set(nodes.flatMap(\.rows).compactMap { $0["id"] })
    for table in relationships {
      for row in table.rows {
        for end in [":START_ID", ":END_ID"] {
          #expect(ids.contains(row[end] ?? ""), "\(table.name):\(row.line) \(end) \(row[end] ?? "is missing")")
        }
      }
    }
  }

  @Test("no relationship is there twice")
  func uniqueRelationships() {
    var seen: Set<[String: String]> = []
    for table in relationships {
      for row in table.rows { #expect(seen.insert(row.cells).inserted, "\(table.name):\(row.line) repeats a row") }
    }
  }

  @Test("every fact has a source that exists and a confidence that fits it")
  func sourcesExist() {
    let sources = ids(ofLabel: "Source")
    for (place, row) in rows {
      let isFact = !["Source", "Conflict"].contains(labels(of: row).first) && row["origin"] != "provenance"
      guard isFact else { continue }
      #expect(sources.contains(row["source"] ?? ""), "\(place) source \(row["source"] ?? "is missing")")
      #expect(
        ["stated", "derived", "general-knowledge"].contains(row["confidence"]),
        "\(place) confidence \(row["confidence"] ?? "is missing")")
      #expect((row["source"] == "none") == (row["confidence"] == "general-knowledge"), "\(place) source and confidence")
    }
  }

  @Test("every source is used, and nodes lead to theirs")
  func sourcesAreUsed() {
    let links = Set(
      relationships.flatMap(\.rows).filter { $0[":TYPE"] == "SOURCED_FROM" }
        .map { [$0[":START_ID"], $0[":END_ID"]] })
    for row in nodes.flatMap(\.rows) where row["source"] != nil {
      #expect(links.contains([row["id"], row["source"]]), "\(row["id"] ?? "") has no SOURCED_FROM its source")
    }
    let used = Set(rows.compactMap { $0.row["source"] })
    #expect(ids(ofLabel: "Source").subtracting(used) == [])
  }

  @Test("dates are days of the calendar and agree with their text and precision")
  func datesAgree() throws {
    let lastDayKeys: Set = ["until", "endDate", "dissolved", "periodEnd"]
    for table in nodes + relationships {
      for (key, type) in table.types where type == "date" {
        for row in table.rows {
          let place = "\(table.name):\(row.line) \(key)"
          guard let date = row[key] else {
            #expect(row[key + "Text"] == nil && row[key + "Precision"] == nil, "\(place) has a text and no date")
            continue
          }
          let text = try #require(row[key + "Text"], "\(place)")
          let span = try #require(ReducedDate(text), "\(place) \(text)")
          #expect(row[key + "Precision"] == span.precision, "\(place) \(text)")
          #expect(date == (lastDayKeys.contains(key) ? span.lastDay : span.firstDay), "\(place) \(text)")
        }
      }
    }
  }

  @Test("nothing ends before it begins")
  func beginningsComeFirst() {
    let spans = [
      ("since", "until"), ("startDate", "endDate"), ("established", "dissolved"), ("periodStart", "periodEnd"),
    ]
    for (place, row) in rows {
      for (start, end) in spans {
        // ISO dates of the same length compare as text.
        if let from = row[start], let to = row[end] { #expect(from <= to, "\(place) \(start)") }
      }
    }
  }

  @Test("conflicts that are named exist, have their two sides and their sources")
  func conflictsExist() {
    let conflicts = ids(ofLabel: "Conflict")
    for (place, row) in rows {
      for conflict in list(row["conflicts"]) { #expect(conflicts.contains(conflict), "\(place) \(conflict)") }
      if row["preferred"] != nil { #expect(row["conflicts"] != nil, "\(place) is preferred in no conflict") }
    }
    let links = relationships.flatMap(\.rows)
    for row in nodes.flatMap(\.rows) where labels(of: row) == ["Conflict"] {
      let id = row["id"] ?? ""
      #expect(row["subject"] != nil && row["oneSide"] != nil && row["otherSide"] != nil, "\(id)")
      #expect(["open", "preferred", "no-contradiction"].contains(row["outcome"]), "\(id)")
      #expect(links.contains { $0[":TYPE"] == "ABOUT" && $0[":START_ID"] == id }, "\(id) is about nothing")
      #expect(links.contains { $0[":TYPE"] == "CITES" && $0[":START_ID"] == id }, "\(id) cites nothing")
    }
  }

  @Test("ids held in the properties meeting and body exist")
  func referencesExist() {
    let meetings = ids(ofLabel: "Meeting")
    let bodies = ids(ofLabel: "Body")
    for (place, row) in rows {
      if let meeting = row["meeting"] { #expect(meetings.contains(meeting), "\(place) \(meeting)") }
      if let body = row["body"] { #expect(bodies.contains(body), "\(place) \(body)") }
    }
  }

  @Test("names follow openCypher's customs")
  func names() throws {
    let kinds: Set = ["State", "Body", "Meeting", "Person", "Document", "Topic", "Source", "Conflict"]
    let standings: Set = ["Member", "Partner", "Observer"]
    for row in nodes.flatMap(\.rows) {
      let labels = labels(of: row)
      #expect(kinds.contains(labels.first ?? "") && standings.isSuperset(of: labels.dropFirst()), "\(labels)")
    }
    for row in relationships.flatMap(\.rows) {
      #expect(try /[A-Z]+(_[A-Z]+)*/.wholeMatch(in: row[":TYPE"] ?? "") != nil, "\(row[":TYPE"] ?? "")")
      #expect(["claim", "record", "provenance"].contains(row["origin"]))
    }
    for column in (nodes + relationships).flatMap(\.columns) where !column.hasPrefix(":") {
      #expect(try /[a-z][A-Za-z0-9]*/.wholeMatch(in: column) != nil, "\(column)")
    }
  }

  @Test("rows are sorted, so that a change shows as itself in a diff")
  func sorted() {
    func isSorted(_ keys: [[String]]) -> Bool {
      zip(keys, keys.dropFirst()).allSatisfy {
        !$1.lexicographicallyPrecedes($0) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
    }
    for table in nodes { #expect(isSorted(table.rows.map { [$0["id"] ?? ""] }), "\(table.name)") }
    for table in relationships {
      let keys = table.rows.map { row in
        [":TYPE", ":START_ID", ":END_ID", "since", "until"].map { row[$0] ?? "" }
      }
      #expect(isSorted(keys), "\(table.name)")
    }
  }

  @Test("the compiled bytes are those of the files")
  func embeddedBytes() throws {
    var embedded: [String: Data] = [:]
    for index in 0..<plenary_accsm_file_count() {
      let file = try #require(plenary_accsm_file(index)).pointee
      embedded[String(cString: file.name)] = Data(bytes: file.bytes, count: file.count)
    }
    #expect(plenary_accsm_file(plenary_accsm_file_count()) == nil)
    let files = try AccsmFiles.files(in: "accsm", extension: "csv")
    #expect(embedded.keys.sorted() == files.map(\.lastPathComponent))
    for file in files {
      #expect(try embedded[file.lastPathComponent] == Data(contentsOf: file), "\(file.lastPathComponent)")
    }
  }

  @Test("the README gives the right counts")
  func readmeCounts() throws {
    let readme = try String(contentsOf: AccsmFiles.samples.appending(path: "README.md"), encoding: .utf8)
    var stated: [String: Int] = [:]
    // The first two cells of a table row: `name` and a count. PART_OF has a row under bodies and one under meetings.
    for match in readme.matches(of: /\| `([A-Za-z_]+)` \| ([0-9]+) \|/) {
      stated[String(match.1), default: 0] += Int(match.2) ?? 0
    }
    var counted: [String: Int] = [:]
    for row in nodes.flatMap(\.rows) { for label in labels(of: row) { counted[label, default: 0] += 1 } }
    for row in relationships.flatMap(\.rows) { counted[row[":TYPE"] ?? "", default: 0] += 1 }
    #expect(stated == counted)
    let totals = try #require(readme.firstMatch(of: /([0-9,]+) nodes and ([0-9,]+) relationships/))
    #expect(totals.1.filter { $0 != "," } == "\(nodes.flatMap(\.rows).count)")
    #expect(totals.2.filter { $0 != "," } == "\(relationships.flatMap(\.rows).count)")
  }
}

/// A year, a month or a day, as sources write them: `2024`, `2024-08`, `2024-08-05`.
private struct ReducedDate {
  let firstDay: String
  let lastDay: String
  let precision: String

  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?/), let year = Int(match.1) else {
      return nil
    }
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard let monthText = match.2 else {
      (firstDay, lastDay, precision) = ("\(text)-01-01", "\(text)-12-31", "year")
      return
    }
    guard let month = Int(monthText), (1...12).contains(month) else { return nil }
    guard let dayText = match.3 else {
      (firstDay, lastDay, precision) = ("\(text)-01", "\(text)-\(lengths[month - 1])", "month")
      return
    }
    guard let day = Int(dayText), (1...lengths[month - 1]).contains(day) else { return nil }
    (firstDay, lastDay, precision) = (text, text, "day")
  }
}
