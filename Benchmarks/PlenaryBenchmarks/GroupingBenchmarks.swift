/// Aggregates, with few groups and with many.
func measureGrouping() {
  measure(
    "group: people by city", "MATCH (p:Person) RETURN p.city, count(*), avg(p.age), max(p.score)",
    operator: "Aggregate")
  measure(
    "group: people by city and age", "MATCH (p:Person) RETURN p.city, p.age, count(*)",
    operator: "Aggregate")
  measure(
    "group: relationships by year", "MATCH ()-[k:KNOWS]->() RETURN k.since, count(*), avg(k.weight)",
    operator: "Aggregate")
  measure(
    "group: distinct names of friends by city",
    "MATCH (a:Person)-[:KNOWS]->(b:Person) RETURN a.city, count(DISTINCT b.name)",
    operator: "Aggregate")
}
