/// Patterns that share no variable, joined by equal properties.
func measureJoining() {
  measure(
    "join: people with their cities by name",
    "MATCH (p:Person), (c:City) WHERE p.city = c.name RETURN p.name, c.country",
    operator: "HashJoin")
  measure(
    "join: pairs of people by city and age, counted",
    "MATCH (a:Person), (b:Person) WHERE a.city = b.city AND a.age = b.age AND a.id < b.id RETURN count(*)",
    operator: "HashJoin")
}
