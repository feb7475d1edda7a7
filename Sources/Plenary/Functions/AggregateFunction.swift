/// A function of the language that makes one value from the values of a group of rows.
struct AggregateFunction: Sendable {
  /// The name as documented, for example `count`; it is found regardless of case.
  var name: String
  /// The parameters; the first is aggregated, the others (the percentile) are the same for the group.
  var parameters: [ScalarFunction.Parameter]
  /// The type of the result.
  var result: ValueType
  /// What it does, in one sentence.
  var summary: String
  /// A query and the value it makes.
  var example: ScalarFunction.Example
  /// Makes an empty accumulator for one group.
  var makeAccumulator: @Sendable () -> any Accumulator
}

/// Collects the values of one group. Null never reaches it: aggregates skip nulls.
protocol Accumulator: AnyObject {
  /// Takes in one value; `rest` are the further arguments.
  func add(_ value: Value, rest: ArraySlice<Value>) throws
  /// Takes in what another accumulator of the same function has; which of the two was first does not matter.
  func merge(_ other: any Accumulator) throws
  /// The aggregate of all values taken in.
  func finish() throws -> Value
}
