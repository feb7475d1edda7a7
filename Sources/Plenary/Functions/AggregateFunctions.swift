extension FunctionRegistry {
  /// The aggregating functions. Null never reaches an accumulator; DISTINCT is the engine's.
  static let aggregateFunctions: [AggregateFunction] = [
    AggregateFunction(
      name: "count", parameters: [.init("value", .any)], result: .integer,
      summary: "the number of values that are not null, or with * of rows",
      example: .init("UNWIND [1, null, 3] AS x RETURN count(x)", "2")
    ) { CountAccumulator() },
    AggregateFunction(
      name: "collect", parameters: [.init("value", .any)], result: .list,
      summary: "a list of the values that are not null",
      example: .init("UNWIND [1, null, 3] AS x RETURN collect(x)", "[1, 3]")
    ) { CollectAccumulator() },
    AggregateFunction(
      name: "sum", parameters: [.init("value", [.number, .duration])], result: [.number, .duration],
      summary: "the sum of numbers or durations; 0 when there are none",
      example: .init("UNWIND [1, null, 3] AS x RETURN sum(x)", "4")
    ) { SumAccumulator() },
    AggregateFunction(
      name: "avg", parameters: [.init("value", [.number, .duration])], result: [.float, .duration],
      summary: "the average of numbers or durations; null when there are none",
      example: .init("UNWIND [1, null, 2] AS x RETURN avg(x)", "1.5")
    ) { AverageAccumulator() },
    AggregateFunction(
      name: "min", parameters: [.init("value", .any)], result: .any,
      summary: "the value that ORDER BY puts first; null when there are none",
      example: .init("UNWIND [3, 1, 2.5] AS x RETURN min(x)", "1")
    ) { ExtremeAccumulator(sign: -1) },
    AggregateFunction(
      name: "max", parameters: [.init("value", .any)], result: .any,
      summary: "the value that ORDER BY puts last; null when there are none",
      example: .init("UNWIND [3, 1, 2.5] AS x RETURN max(x)", "3")
    ) { ExtremeAccumulator(sign: 1) },
    AggregateFunction(
      name: "stDev", parameters: [.init("value", .number)], result: .float,
      summary: "the standard deviation of a sample; 0 for fewer than two numbers",
      example: .init("UNWIND [2, 4, 6] AS x RETURN stDev(x)", "2.0")
    ) { DeviationAccumulator(name: "stDev", isSample: true) },
    AggregateFunction(
      name: "stDevP", parameters: [.init("value", .number)], result: .float,
      summary: "the standard deviation of a whole population; 0 for no numbers",
      example: .init("UNWIND [2, 4, 4, 4, 5, 5, 7, 9] AS x RETURN stDevP(x)", "2.0")
    ) { DeviationAccumulator(name: "stDevP", isSample: false) },
    AggregateFunction(
      name: "percentileCont", parameters: [.init("value", .number), .init("percentile", .number)], result: .float,
      summary: "the value at a percentile from 0 to 1, between two values by linear interpolation",
      example: .init("UNWIND [10, 20, 40] AS x RETURN percentileCont(x, 0.75)", "30.0")
    ) { PercentileAccumulator(name: "percentileCont", interpolates: true) },
    AggregateFunction(
      name: "percentileDisc", parameters: [.init("value", .number), .init("percentile", .number)], result: .number,
      summary: "the smallest value that so many of the values, from 0 to 1, do not exceed",
      example: .init("UNWIND [10, 20, 40] AS x RETURN percentileDisc(x, 0.5)", "20")
    ) { PercentileAccumulator(name: "percentileDisc", interpolates: false) },
  ]
}
