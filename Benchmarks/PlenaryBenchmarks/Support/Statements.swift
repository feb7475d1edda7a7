/// A long text of statements of many kinds, for lexing and parsing.
enum Statements {
  /// Statements with most of what the language has, each ended by `;`.
  private static let one = #"""
    // Who knows somebody that moved?
    MATCH (a:Person {id: $id})-[k:KNOWS*1..3]->(b:Person)
    WHERE b.age >= 18 AND NOT b.city IN ['city 1', 'city 2'] AND b.name STARTS WITH 'person'
    RETURN DISTINCT b.name AS name, size(k) AS distance ORDER BY distance, name DESC SKIP 5 LIMIT 10;

    MATCH (p:Person)
    WITH p.city AS city, count(*) AS people, avg(p.age) AS age, collect(DISTINCT p.name)[..3] AS some
    WHERE people > 10
    OPTIONAL MATCH (c:City {name: city})
    RETURN city, c.country, people, round(age * 100) / 100.0 AS age,
      CASE WHEN age < 30 THEN 'young' WHEN age < 60 THEN 'middle' ELSE 'old' END AS phase, some;

    UNWIND [{id: 1, to: 2}, {id: 3, to: 4}] AS pair
    MATCH (a:Person {id: pair.id}), (b:Person {id: pair.to})
    MERGE (a)-[k:KNOWS]->(b) ON CREATE SET k.since = date().year ON MATCH SET k.weight = coalesce(k.weight, 0.0) + 1e-3;

    MATCH path = shortestPath((a:Person {name: 'Zoë \u00e9'})-[:KNOWS*..6]-(b:`Odd name`))
    RETURN [n IN nodes(path) WHERE n.age IS NOT NULL | n.name + ', ' + toString(n.age)] AS names,
      reduce(total = 0, k IN relationships(path) | total + k.weight) AS weight, all(x IN [1, 2, 3] WHERE x % 2 = 1) AS odd;

    CALL { MATCH (p:Person) RETURN p.score AS score UNION ALL MATCH (c:City) RETURN size(c.name) AS score }
    RETURN min(score) AS least, max(score) AS most, percentileCont(score, 0.9) AS nearly;

    CREATE (:Person {id: -1, name: "New", languages: ['en', 'vi'], at: datetime('2024-08-07T09:00:00+07:00')});
    MATCH (p:Person) WHERE EXISTS { (p)-[:KNOWS]->(:Person {id: p.id}) } /* loops */ DETACH DELETE p;


    """#

  /// The same statements, 60 times over.
  static let text = String(repeating: one, count: 60)
}
