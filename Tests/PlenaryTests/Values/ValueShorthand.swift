@testable import Plenary

// Values written shortly, for tables of tests: `v(1)`, `v("a")`, `v([v(1), null])`.
let null = Value.null
func v(_ number: Int) -> Value { .integer(Int64(number)) }
func v(_ number: Double) -> Value { .float(number) }
func v(_ truth: Bool) -> Value { .boolean(truth) }
func v(_ text: String) -> Value { .string(text) }
func v(_ elements: [Value]) -> Value { .list(elements) }
func v(_ entries: KeyValuePairs<String, Value>) -> Value {
  .map(MapValue(entries))
}

/// A list of a list of a list..., as deep as a query can make one.
func nested(_ depth: Int, around innermost: Value) -> Value {
  (0..<depth).reduce(innermost) { value, _ in .list([value]) }
}

/// The slug of the error that `body` throws; `nil` when it throws none.
func slug(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch let error as QueryError {
    return error.code.slug
  } catch {
    return "\(error)"
  }
}

/// The message of the error that `body` throws; `nil` when it throws none.
func message(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch let error as QueryError {
    return error.message
  } catch {
    return "\(error)"
  }
}
