/// Steps along relationships: counted from degrees where only the number matters, listed where rows are asked for.
func measureExpanding() {
  measure(
    "expand: two hops, counted", "MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c) RETURN count(*)",
    operator: "CountMatches")
  measure(
    "expand: one hop, listed", "MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN a, b",
    operator: "Expand")
  measure(
    "expand: two hops of a city, listed",
    "MATCH (a:Person {city: 'city 7'})-[:KNOWS]->(b)-[:KNOWS]->(c) RETURN a, c",
    operator: "Expand")
  measure(
    "expand: two hops of a city, summed",
    "MATCH (a:Person {city: 'city 7'})-[:KNOWS]->(b)-[:KNOWS]->(c) RETURN sum(c.age - a.age)",
    operator: "Expand")
  measure(
    "expand: triangles, counted",
    "MATCH (a:Person {city: 'city 7'})-[:KNOWS]->(b)-[:KNOWS]->(c)-[:KNOWS]->(a) RETURN count(*)",
    operator: "CountMatches")
  measure(
    "expand: reached within three hops",
    "MATCH (a:Person {city: 'city 7'})-[:KNOWS*1..3]->(b) RETURN count(DISTINCT b)",
    operator: "Reach")
  measure(
    "expand: shortest paths",
    "MATCH (a:Person {city: 'city 7'}), (b:Person {id: 5}) "
      + "MATCH path = shortestPath((a)-[:KNOWS*..6]->(b)) RETURN sum(length(path)) AS steps",
    operator: "ShortestPath")
}
