/// Passes over all nodes or relationships with conditions on their properties.
func measureScanning() {
  measure(
    "scan: filter people by integer", "MATCH (p:Person) WHERE p.age >= 30 AND p.age < 40 RETURN count(*)",
    operator: "NodeScan")
  measure(
    "scan: filter people by text", "MATCH (p:Person) WHERE p.name CONTAINS '99' RETURN p.name",
    operator: "NodeScan")
  measure(
    "scan: calculate over people", "MATCH (p:Person) RETURN sum(p.score * 2 + p.age) AS total",
    operator: "NodeScan")
  measure(
    "scan: filter relationships", "MATCH ()-[k:KNOWS]->() WHERE k.since > 2010 AND k.weight < 0.5 RETURN count(*)",
    operator: "RelationshipScan")
}
