import Plenary

/// Rows from lists, without any graph.
func measureUnwinding() {
  measure(
    "unwind: sum of a million", "UNWIND range(1, 1000000) AS i RETURN sum(i)",
    operator: "Unwind")
  measure(
    "unwind: calculate and filter a million",
    "UNWIND range(1, 1000000) AS i WITH i, i % 7 AS rest WHERE rest = 3 RETURN max(i * 2 + rest)",
    operator: "Unwind")
  measure(
    "unwind: 100 000 maps of a parameter", "UNWIND $rows AS row RETURN sum(row.value)",
    ["rows": .list((0..<Int64(100_000)).map { ["id": .integer($0), "value": .float(Double($0) / 2)] })],
    operator: "Unwind")
}
