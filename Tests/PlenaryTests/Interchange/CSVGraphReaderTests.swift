import Testing

@testable import Plenary

@Suite("CSV graph reader")
struct CSVGraphReaderTests {
  private func read(_ files: (name: String, text: String)...) throws -> Graph { try read(array: files) }

  private func read(array files: [(name: String, text: String)]) throws -> Graph {
    try CSVGraphReader(files: files.map { GraphFile(name: $0.name, bytes: Array($0.text.utf8)) }).read()
  }

  /// What went wrong, with the hint in parentheses.
  private func failure(_ files: (name: String, text: String)...) -> String {
    do {
      _ = try CSVGraphReader(files: files.map { GraphFile(name: $0.name, bytes: Array($0.text.utf8)) }).read()
      return "nothing"
    } catch {
      return error.message + (error.hint.map { " (\($0))" } ?? "")
    }
  }

  @Test("nodes, relationships, labels, types and properties")
  func wholeGraph() throws {
    let graph = try read(
      ("rels.csv", ":START_ID(P),:END_ID(C),:TYPE,since:int\n1,x,LIVES_IN,1990\n2,y,BORN_IN,\n"),
      ("people.csv", "id:ID(P),name,:LABEL\n1,Ada,Person\n2,\"Lee, Bo\",Person;Author\n"),
      ("cities.csv", "code:ID(C),:LABEL\nx,City\ny,City\n"))
    #expect(graph.checkInvariants() == [])
    #expect(graph.nodeCount == 4)
    let nodes = graph.nodes()
    #expect(nodes.map(\.labels) == [["Person"], ["Person", "Author"], ["City"], ["City"]])
    #expect(nodes.map { $0["name"] } == ["Ada", "Lee, Bo", nil, nil])
    #expect(nodes.map { $0["id"] } == [1, 2, nil, nil])
    #expect(nodes.map { $0["code"] } == [nil, nil, "x", "y"])
    let relationships = nodes.flatMap(\.outgoing)
    #expect(relationships.map(\.type) == ["LIVES_IN", "BORN_IN"])
    #expect(relationships.map { $0["since"] } == [1990, nil])
    #expect(relationships.map { $0.target["code"] } == ["x", "y"])
    #expect(nodes[3].incoming.map { $0.source["name"] } == ["Lee, Bo"])
  }

  @Test("every type of column")
  func types() throws {
    let header = """
      :ID,i:int,l:long,s:short,b:byte,f:float,d:double,t:boolean,x:string,c:char,day:date,lt:localtime,z:time,\
      ldt:localdatetime,dt:datetime,p:duration,is:int[],xs:string[],ds:date[],skip:IGNORE,plain
      """
    let row = """
      a,1,-2, 3 ,-128,1.5,2,TRUE,x y,ab,2024-08-07,21:40,21:40:00+07:00,2024-08-07T21:40,2024-08-07T21:40Z,P1Y2M,\
      1; 2,a;;b,2024-01-01;2024-12-31,nothing,
      """
    let node = try #require(try read(("n.csv", header + "\n" + row + "\n")).nodes().first)
    #expect(node["i"] == 1)
    #expect(node["l"] == -2)
    #expect(node["s"] == 3)
    #expect(node["b"] == -128)
    #expect(node["f"] == 1.5)
    #expect(node["d"].valueType == .float)
    #expect(node["t"] == true)
    #expect(node["x"] == "x y")
    #expect(node["day"] == .date(try Temporal.Date(year: 2024, month: 8, day: 7)))
    #expect(node["lt"] == .localTime(try Temporal.LocalTime(hour: 21, minute: 40)))
    #expect(node["z"] == .time(try Temporal.Time(parsing: "21:40+07:00")))
    #expect(node["ldt"] == .localDateTime(try Temporal.LocalDateTime(parsing: "2024-08-07T21:40")))
    #expect(node["dt"] == .dateTime(try Temporal.DateTime(parsing: "2024-08-07T21:40Z")))
    #expect(node["p"] == .duration(try Temporal.Duration(parsing: "P1Y2M")))
    #expect(node["is"] == [1, 2])
    #expect(node["xs"] == ["a", "", "b"])
    #expect(node["ds"].valueType == .list)
    #expect(node["skip"] == nil)
    #expect(node["plain"] == nil)
    #expect(node.properties.count == 18)
  }

  @Test("an empty cell is no value, quotes make an empty string or list")
  func emptyCells() throws {
    let nodes = try read(("n.csv", ":ID,x,l:int[],n:int\n1,,,\n2,\"\",\"\",5\n3,a,7,6\n")).nodes()
    #expect(nodes.map { $0["x"] } == [nil, "", "a"])
    #expect(nodes.map { $0["l"] } == [nil, [], [7]])
    #expect(nodes.map { $0["n"] } == [nil, 5, 6])
  }

  @Test("a time zone in the header stands for the one that is not given")
  func zones() throws {
    let node = try #require(
      try read(
        (
          "n.csv",
          ":ID,t:time{timezone:+07:00},d:datetime{timezone:Asia/Jakarta}\n1,12:00,2024-08-07T12:00\n"
        )
      ).nodes().first)
    #expect(node["t"] == .time(try Temporal.Time(parsing: "12:00+07:00")))
    #expect(node["d"] == .dateTime(try Temporal.DateTime(parsing: "2024-08-07T12:00[Asia/Jakarta]")))
  }

  @Test("ids are integers when all of their space are, and stay apart from those of other spaces")
  func identifiers() throws {
    let graph = try read(
      ("a.csv", "id:ID(A)\n2\n1\n"), ("b.csv", "id:ID(B)\n1\n01\n"), ("c.csv", "id:ID(C){id-type:string}\n5\n"),
      ("r.csv", ":START_ID(A),:END_ID(B),:TYPE\n1,1,R\n2,01,R\n"))
    #expect(graph.nodes().map { $0["id"] } == [2, 1, "1", "01", "5"])
    #expect(graph.nodes().map { $0.outgoing.map { $0.target["id"] } } == [["01"], ["1"], [], [], []])
  }

  @Test("a space turns to text wherever its first text is", arguments: [1, 2047, 2048, 5000])
  func lateText(position: Int) throws {
    var text = "id:ID\n"
    for row in 0..<6000 { text += row == position ? "x\n" : "\(row)\n" }
    let graph = try read(("n.csv", text), ("r.csv", ":START_ID,:END_ID,:TYPE\nx,0,R\n"))
    let nodes = graph.nodes()
    #expect(nodes.count == 6000)
    #expect(nodes[position]["id"] == "x")
    #expect(nodes[0]["id"] == "0")
    #expect(nodes[position].outgoing.map(\.target.id) == [NodeID(0)])
  }

  @Test("ids far apart are found like ids that lie close", arguments: [1, 1_000_003, Int64.max / 4000])
  func sparseIdentifiers(step: Int64) throws {
    var nodes = "id:ID\n"
    var relationships = ":START_ID,:END_ID,:TYPE\n"
    for index in 0..<3000 as Range<Int64> {
      nodes += "\((index - 1500) * step)\n"
      relationships += "\((index - 1500) * step),\((1499 - index) * step),R\n"
    }
    let graph = try read(("n.csv", nodes), ("r.csv", relationships))
    #expect(graph.nodes().allSatisfy { $0.outgoing.map(\.target.id.rawValue) == [2999 - $0.id.rawValue] })
  }

  /// Ids in the order of their nodes, in another order, with gaps, from below zero, in two files, and far apart.
  private static let wholeNumberIdentifiers: [[[Int64]]] = [
    [(0..<3000).map { $0 }],
    [(0..<3000).map { $0 * 7 % 3000 }],
    [(0..<3000).map { $0 * 3 }],
    [(0..<3000).map { $0 - 1500 }],
    [(0..<1000).map { $0 + 5 }, (1000..<3000).map { $0 + 5 }],
    [(1000..<3000).map { $0 }, (0..<1000).map { $0 }],
    [(0..<3000).map { .min + $0 * 1_000_003 }],
  ]

  @Test("whole numbers are found however they are dealt out to nodes", arguments: wholeNumberIdentifiers)
  func wholeNumbers(files: [[Int64]]) throws {
    let ids = files.flatMap(\.self)
    let nodes = files.enumerated().map { file, ids in
      ("n\(file).csv", "id:ID\n" + ids.map { "\($0)\n" }.joined())
    }
    // A node of another space first, so that no id is its node's.
    let other = [("a.csv", "other:ID(Other)\n0\n")]
    var relationships = ":START_ID,:END_ID,:TYPE\n"
    for index in ids.indices { relationships += "\(ids[index]),\(ids[index * 11 % 3000]),T\n" }
    let complete = try read(array: other + nodes + [("r.csv", relationships)])
    let ends = complete.nodes().flatMap(\.outgoing).map { [$0.source["id"], $0.target["id"]] }
    #expect(ends == ids.indices.map { [.integer(ids[$0]), .integer(ids[$0 * 11 % 3000])] })
    // The first end that no node has is told, wherever among many rows it is.
    let last = try #require(ids.max())
    let wrong = relationships + "\(ids[0]),\(last + 1),T\n\(last + 1),\(ids[0]),T\n"
    let error = #expect(throws: QueryError.self) { try read(array: other + nodes + [("r.csv", wrong)]) }
    #expect(
      error?.message
        == "r.csv:3002:\(String(ids[0]).count + 2): found :END_ID \"\(last + 1)\", expected the id of a node")
  }

  @Test("a file without labels or types lends its name")
  func names() throws {
    let graph = try read(
      ("data/nodes_person.csv", ":ID\n1\n"), ("City.csv", ":ID\n2\n"),
      ("rels_LIVES_IN.csv", ":START_ID,:END_ID\n1,2\n"),
      ("empty.csv", ":ID,:LABEL\n3,\n"))
    #expect(graph.nodes().map(\.labels) == [["person"], ["City"], []])
    #expect(graph.nodes()[0].outgoing.map(\.type) == ["LIVES_IN"])
  }

  @Test("ids that are properties get an index where nothing else is mixed in")
  func indexes() throws {
    let graph = try read(
      ("a.csv", "id:ID(A),:LABEL\n1,X\n"), ("b.csv", "id:ID(B),:LABEL\n1,X;Y\n"),
      ("c.csv", "id:int,k:ID(C),:LABEL\n1,1,Z\n"))
    #expect(graph.indexes.map { "\($0.label).\($0.key)" } == ["Y.id", "Z.k"])
  }

  @Test("more rows than a batch holds")
  func manyRows() throws {
    var nodes = "id:ID,n:int,s,f:float\n"
    var relationships = ":START_ID,:END_ID,:TYPE,w:float\n"
    for row in 0..<5000 {
      nodes += "\(row),\(row % 7 == 0 ? "" : "\(row * 2)"),s\(row % 10),\(row).5\n"
      relationships += "\(row),\((row * 7) % 5000),T\(row % 3),0.\(row)\n"
    }
    let graph = try read(("n.csv", nodes), ("r.csv", relationships))
    #expect(graph.checkInvariants() == [])
    for node in graph.nodes() {
      let row = Int64(node.id.rawValue)
      #expect(node["n"] == (row % 7 == 0 ? nil : .integer(row * 2)))
      #expect(node["s"] == .string("s\(row % 10)"))
      #expect(node["f"] == .float(Double(row) + 0.5))
      #expect(node.outgoing.map(\.type) == ["T\(row % 3)"])
      #expect(node.outgoing.map { $0["w"] } == [.float(Double("0.\(row)") ?? -1)])
    }
  }

  @Test("headers say what is wrong with them")
  func headerErrors() {
    #expect(
      failure(("n.csv", "")) == "n.csv:1:1: found an empty file, expected a header line such as id:ID,name,:LABEL")
    #expect(
      failure(("n.csv", "a,b\n"))
        == "n.csv:1:1: found a header without :ID, :START_ID and :END_ID, expected :ID for nodes or the others for relationships"
    )
    #expect(
      failure(("n.csv", ":ID,place:point\n")).hasPrefix("n.csv:1:5: found type point, expected one of int, long, "))
    #expect(failure(("n.csv", ":ID,n:itn\n")).hasSuffix("(did you mean int?)"))
    #expect(failure(("n.csv", ":ID,:LABLE\n")).hasSuffix("(did you mean LABEL?)"))
    #expect(
      failure(("n.csv", ":ID,a,a:int\n")) == "n.csv:1:7: found a second column \"a\", expected one for each property")
    #expect(failure(("n.csv", ":ID,x:ID\n")) == "n.csv:1:5: found a second :ID column, expected one")
    #expect(failure(("n.csv", ":ID,\n")) == "n.csv:1:5: found a column without a name, expected a property key")
    #expect(failure(("n.csv", ":START_ID,:TYPE\n")) == "n.csv:1:1: found :START_ID alone, expected :END_ID too")
    #expect(
      failure(("n.csv", ":ID{id-type:float}\n"))
        == "n.csv:1:1: found option {id-type:float}, expected {id-type:string}, {id-type:long} or {timezone:...} on a column it fits"
    )
    #expect(
      failure(("n.csv", ":ID(Person)\n1\n"), ("r.csv", ":START_ID(Person),:END_ID(Persn),:TYPE\n"))
        == "r.csv:1:19: found id space \"Persn\", expected one that nodes have: \"Person\" (did you mean \"Person\"?)")
  }

  @Test(
    "cells say what is wrong with them",
    arguments: [
      (":ID,n:int\n1,2\n2,x\n", "n.csv:3:3: found \"x\", expected an integer in column \"n\""),
      (":ID,n:byte\n1,128\n", "n.csv:2:3: found \"128\", expected an integer of 8 bits in column \"n\""),
      (":ID,n:boolean\n1,yes\n", "n.csv:2:3: found \"yes\", expected true or false in column \"n\""),
      (":ID,n:float[]\n1,1;b\n", "n.csv:2:3: found \"1;b\", expected a float in column \"n\""),
      (":ID,n\n,b\n", "n.csv:2:1: found no id, expected one for each node"),
      (":ID{id-type:long}\n1\nx\n", "n.csv:3:1: found id \"x\", expected an integer"),
      (":ID,n\n1,b\n1,c\n", "n.csv:3:1: found id \"1\" again, expected distinct ids; the first is at n.csv:2:1"),
      (
        ":ID(A),n\na,b\nb,\"x\ny\"\na,c\n",
        "n.csv:5:1: found id \"a\" again in id space \"A\", expected distinct ids; the first is at n.csv:2:1"
      ),
    ])
  func cellErrors(text: String, expected: String) {
    #expect(failure(("n.csv", text)) == expected)
  }

  @Test("dates say what is wrong with them")
  func dateErrors() {
    let message = failure(("n.csv", ":ID,d:date\n1,2024-02-30\n"))
    #expect(message.hasPrefix("n.csv:2:3: day 30 is out of range"))
    #expect(message.hasSuffix("in column \"d\""))
  }

  @Test("relationships to nodes that are not there name the id")
  func danglingRelationships() {
    let nodes = (name: "n.csv", text: "id:ID(P)\n1\n")
    #expect(
      failure(nodes, ("r.csv", ":START_ID(P),:END_ID(P),:TYPE\n1,1,R\n1,7,R\n"))
        == "r.csv:3:3: found :END_ID \"7\", expected the id of a node of id space \"P\"")
    #expect(
      failure(nodes, ("r.csv", ":START_ID(P),:END_ID(P),:TYPE\nx,1,R\n"))
        == "r.csv:2:1: found :START_ID \"x\", expected the id of a node of id space \"P\"")
    #expect(
      failure(nodes, ("r.csv", ":START_ID(P),:END_ID(P),:TYPE\n1,1,\n"))
        == "r.csv:2:5: found no type, expected one for each relationship")
  }

  @Test("a byte order mark is skipped")
  func byteOrderMark() throws {
    #expect(try read(("n.csv", "\u{FEFF}id:ID\n1\n")).nodes().map { $0["id"] } == [1])
    #expect(failure(("n.csv", "\u{FEFF}id:ID,x:itn\n")).hasPrefix("n.csv:1:7: found type"))
  }

  @Test("bytes that are not UTF-8 are refused with their place")
  func invalidText() {
    let bytes = Array("id:ID,n\n1,a\n2,".utf8) + [0xC3, 0x28] + Array("\n".utf8)
    do {
      _ = try CSVGraphReader(files: [GraphFile(name: "n.csv", bytes: bytes)]).read()
      Issue.record("no error")
    } catch {
      #expect(error.message == "n.csv:3:3: found byte 0xc3, expected UTF-8")
    }
  }

  @Test("of several things wrong, the one that stands first is told")
  func firstFailure() {
    #expect(
      failure(("n.csv", ":ID,a:int,b:int\n1,2,x\n2,y,3\n,1,1\n"))
        == "n.csv:2:5: found \"x\", expected an integer in column \"b\"")
    #expect(failure(("n.csv", ":ID,a:int\n1,2\n2,y\n3\n")).hasPrefix("n.csv:3:3: "))
    #expect(failure(("n.csv", ":ID,a:int\n1,2\n3\n2,y\n")).hasPrefix("n.csv:3:2: "))
  }
}
