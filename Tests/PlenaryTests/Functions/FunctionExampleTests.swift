import Testing

@testable import Plenary

@Suite("The examples in the reference of functions")
struct FunctionExampleTests {
  @Test(
    "make the value they show",
    arguments: FunctionRegistry.shared.all.map { ($0.name, $0.example.expression, $0.example.value) }
      + FunctionRegistry.shared.aggregates.map { ($0.name, $0.example.expression, $0.example.value) })
  func example(function: String, expression: String, value: String) throws {
    // An example is an expression, or a whole query where it needs a graph or several rows.
    let query = expression.contains("RETURN ") ? expression : "RETURN " + expression
    let result = try Database().query(query)
    let batch = try #require(result.batches.first)
    #expect(result.count == 1 && batch.columns.count == 1)
    #expect(batch.columns[0][0].description == value)
  }
}
