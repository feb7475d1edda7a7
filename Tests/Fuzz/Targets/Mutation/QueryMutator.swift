import PlenarySyntax
import TestResources

/// Changes query texts in ways that leave most of them meaningful: whole clauses, patterns and expressions are moved,
/// wrapped, replaced by others, and told of the names that are in scope.
package struct QueryMutator {
  private typealias Tokens = QueryTokens

  var random: SeededRandom
  private var tokens = QueryTokens("")
  /// Another query, to take parts from.
  private var donor = QueryTokens("")

  /// A mutator that makes the same changes for the same seed.
  package init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// The text with one to four changes; `other` is a text to take parts from.
  package mutating func mutate(_ text: String, with other: String) -> String {
    tokens = QueryTokens(text)
    donor = QueryTokens(other)
    if tokens.tokens.isEmpty { swap(&tokens, &donor) }
    repeat { change() } while random.chance(45)
    return tokens.text
  }

  /// One of some texts with one to four changes, in which parts of another may come.
  package mutating func mutate(oneOf texts: [String]) -> String {
    mutate(random.choose(texts) ?? "", with: random.choose(texts) ?? "")
  }

  private mutating func change() {
    switch random.below(20) {
    case 0, 1: spliceClause()
    case 2: moveClause()
    case 3: appendClause()
    case 4, 5: replaceGroup()
    case 6, 7, 8: replaceOperand()
    case 9, 10: replaceToken()
    case 11, 12: rename()
    case 13, 14: wrap()
    case 15: extendPattern()
    case 16: replaceFunction()
    case 17: combine()
    default: disturb()
    }
  }

  // MARK: Clauses

  /// Puts a clause of the donor between two clauses, or in the place of one.
  private mutating func spliceClause() {
    guard let range = random.choose(donor.clauses) else { return }
    let fragment = adopted(donor.tokens[range])
    if let place = random.choose(tokens.clauses) {
      tokens.replace(random.chance(50) ? place : place.lowerBound..<place.lowerBound, with: fragment)
    } else {
      tokens.tokens += fragment
    }
  }

  /// Drops, doubles or swaps clauses.
  private mutating func moveClause() {
    let clauses = tokens.clauses
    guard let first = random.choose(clauses), let second = random.choose(clauses) else { return }
    let copy = Array(tokens.tokens[second])
    switch random.below(3) {
    case 0: tokens.replace(first, with: [])
    case 1: tokens.replace(first.lowerBound..<first.lowerBound, with: copy)
    default:
      guard first.upperBound <= second.lowerBound else { return }
      tokens.replace(second, with: Array(tokens.tokens[first]))
      tokens.replace(first, with: copy)
    }
  }

  /// Adds a clause before the last one of a query, or a whole statement.
  private mutating func appendClause() {
    let name = aName()
    let clause: String
    switch random.below(16) {
    case 0: clause = "WITH *"
    case 1: clause = "WITH DISTINCT \(name) AS \(name)"
    case 2: clause = "WITH \(name) AS \(name), count(*) AS c"
    case 3: clause = "WITH *, \(expression(2)) AS \(random.choose(FuzzVocabulary.names) ?? "x")"
    case 4: clause = "UNWIND \(expression(2)) AS \(random.choose(FuzzVocabulary.names) ?? "x")"
    case 5: clause = "\(random.chance(50) ? "OPTIONAL " : "")MATCH \(pattern()) WHERE \(expression(2))"
    case 6: clause = "MATCH \(pattern()), \(pattern())"
    case 7: clause = "CALL { WITH \(name) MATCH \(pattern()) RETURN \(expression(1)) AS y }"
    case 8: clause = "CALL { WITH \(name) \(random.chance(50) ? "CREATE (:A {i: 1})" : "SET \(name).i = 2") }"
    case 9: clause = "SET \(name).\(key()) = \(expression(1))"
    case 10: clause = "MERGE \(pattern()) ON CREATE SET \(name).i = 1 ON MATCH SET \(name).s = 'm'"
    case 11: clause = "CREATE \(pattern())"
    case 12: clause = random.chance(50) ? "DETACH DELETE \(name)" : "REMOVE \(name).\(key())"
    case 13: clause = "MERGE (\(name))-[:T]->(:B {k: \(expression(1))}) RETURN *"
    case 14: clause = "MATCH p = \(random.choose(["shortestPath", "allShortestPaths"]) ?? "")((\(name))-[*]-(y))"
    default: clause = "ORDER BY \(expression(1))"
    }
    let made = QueryTokens(clause).tokens
    let clauses = tokens.clauses
    let place = random.chance(60) ? clauses.last : random.choose(clauses)
    let index = place?.lowerBound ?? tokens.tokens.count
    tokens.replace(index..<index, with: made)
  }

  /// Joins the whole with the donor, or asks something about it.
  private mutating func combine() {
    switch random.below(6) {
    case 0:
      tokens = QueryTokens(tokens.tokens + QueryTokens(random.chance(50) ? "UNION" : "UNION ALL").tokens + donor.tokens)
    case 1: tokens = QueryTokens(tokens.tokens + QueryTokens(";").tokens + donor.tokens)
    case 2: tokens = QueryTokens(donor.tokens + QueryTokens(";").tokens + tokens.tokens)
    case 3: tokens = QueryTokens(QueryTokens(random.chance(50) ? "PROFILE" : "EXPLAIN").tokens + tokens.tokens)
    case 4:
      tokens = QueryTokens(QueryTokens("CALL {").tokens + tokens.tokens + QueryTokens("} RETURN *").tokens)
    default:
      let word = random.choose(["EXISTS", "COUNT", "COLLECT"]) ?? "EXISTS"
      tokens = QueryTokens(QueryTokens("RETURN \(word) {").tokens + tokens.tokens + QueryTokens("} AS x").tokens)
    }
  }

  // MARK: Expressions and patterns

  /// Puts a bracketed part in the place of another with the same brackets.
  private mutating func replaceGroup() {
    guard let place = random.choose(tokens.groups) else { return }
    let opening = tokens.tokens[place.lowerBound].text
    let source = random.chance(60) ? donor : tokens
    guard let range = random.choose(source.groups.filter { source.tokens[$0.lowerBound].text == opening }) else {
      return
    }
    tokens.replace(place, with: adopted(source.tokens[range]))
  }

  private mutating func replaceOperand() {
    guard let place = random.choose(tokens.operands) else { return }
    tokens.replace(place..<place + 1, with: QueryTokens(expression(1 + random.below(3))).tokens)
  }

  /// Puts an operand or a bracketed part into a larger expression.
  private mutating func wrap() {
    let place: Range<Int>
    if random.chance(60), let operand = random.choose(tokens.operands) {
      place = operand..<operand + 1
    } else if let group = random.choose(tokens.groups) {
      place = group
    } else {
      return
    }
    let inner = QueryTokens(tokens.tokens[place]).text
    let wrapped = FuzzVocabulary.wrapped(inner, with: expression(1), using: &random)
    tokens.replace(place, with: QueryTokens(wrapped).tokens)
  }

  /// Lets a pattern go on after one of its nodes.
  private mutating func extendPattern() {
    let places = tokens.groups.filter { tokens.tokens[$0.lowerBound].text == "(" }
    guard let place = random.choose(places) else { return }
    let step = relationship() + node()
    tokens.replace(place.upperBound..<place.upperBound, with: QueryTokens(step).tokens)
  }

  private mutating func replaceFunction() {
    let places = tokens.tokens.indices.filter { tokens.tokens[$0].tokenClass == .function }
    guard let place = random.choose(places), let function = random.choose(FuzzVocabulary.functions) else { return }
    tokens.tokens[place].text = function
  }

  private mutating func expression(_ depth: Int) -> String {
    FuzzVocabulary.expression(depth, names: tokens.names, using: &random)
  }

  private mutating func pattern() -> String {
    var text = node()
    for _ in 0..<random.below(3) { text += relationship() + node() }
    return text
  }

  private mutating func node() -> String { FuzzVocabulary.node(names: tokens.names, using: &random) }
  private mutating func relationship() -> String { FuzzVocabulary.relationship(using: &random) }
  private mutating func key() -> String { random.choose(FuzzVocabulary.keys) ?? "i" }

  // MARK: Tokens

  /// A name of the query, or another.
  private mutating func aName() -> String {
    random.choose(tokens.names) ?? random.choose(FuzzVocabulary.names) ?? "n"
  }

  /// A part of another query with most of its names changed to names of this one.
  private mutating func adopted(_ part: ArraySlice<QueryTokens.Token>) -> [QueryTokens.Token] {
    var part = Array(part)
    let names = tokens.names
    guard !names.isEmpty, random.chance(60) else { return part }
    var renamed: [String: String] = [:]
    for index in part.indices where part[index].tokenClass == .name {
      let name = part[index].text
      let other = renamed[name] ?? random.choose(names) ?? name
      renamed[name] = other
      part[index].text = other
    }
    return part
  }

  /// Changes one name to another name of the text.
  private mutating func rename() {
    let places = tokens.tokens.indices.filter { tokens.tokens[$0].tokenClass == .name }
    guard let place = random.choose(places), let name = random.choose(tokens.names + FuzzVocabulary.names) else {
      return
    }
    let old = tokens.tokens[place].text
    let isEverywhere = random.chance(40)
    for index in places where index == place || isEverywhere && tokens.tokens[index].text == old {
      tokens.tokens[index].text = name
    }
  }

  /// Puts a token of the same sort in the place of another.
  private mutating func replaceToken() {
    guard !tokens.tokens.isEmpty else { return }
    let place = random.below(tokens.tokens.count)
    let sort = tokens.tokens[place].tokenClass
    let word: String?
    switch sort {
    case .number: word = random.choose(FuzzVocabulary.numbers)
    case .string: word = random.choose(FuzzVocabulary.strings)
    case .label: word = random.choose(FuzzVocabulary.labels)
    case .operator: word = random.choose(FuzzVocabulary.operators)
    default: word = random.choose((donor.tokens + tokens.tokens).filter { $0.tokenClass == sort })?.text
    }
    if let word { tokens.tokens[place].text = word }
  }

  /// Drops, doubles, swaps and inserts tokens, whatever comes of it.
  private mutating func disturb() {
    let count = tokens.tokens.count
    guard count > 0 else { return }
    let place = random.below(count)
    let end = min(count, place + 1 + random.below(4))
    switch random.below(4) {
    case 0: tokens.replace(place..<end, with: [])
    case 1: tokens.replace(place..<place, with: Array(tokens.tokens[place..<end]))
    case 2: tokens.tokens.swapAt(place, random.below(count))
    default:
      let word = random.choose(FuzzVocabulary.keywords) ?? ""
      tokens.replace(place..<place, with: QueryTokens(word).tokens)
    }
  }
}
