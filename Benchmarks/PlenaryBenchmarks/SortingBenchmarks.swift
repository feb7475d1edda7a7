/// ORDER BY, of everything and of the first rows.
func measureSorting() {
  measure(
    "sort: people by text", "MATCH (p:Person) RETURN p.name ORDER BY p.name",
    operator: "Sort")
  measure(
    "sort: people by two keys", "MATCH (p:Person) RETURN p.id ORDER BY p.age DESC, p.score",
    operator: "Sort")
  measure(
    "sort: relationships by number", "MATCH ()-[k:KNOWS]->() RETURN k.weight ORDER BY k.weight",
    operator: "Sort")
  measure(
    "sort: top 10 of people", "MATCH (p:Person) RETURN p.name, p.score ORDER BY p.score DESC LIMIT 10",
    operator: "TopN")
  measure(
    "sort: top 100 of relationships", "MATCH ()-[k:KNOWS]->() RETURN k.weight ORDER BY k.weight DESC LIMIT 100",
    operator: "TopN")
}
