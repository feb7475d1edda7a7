import ArgumentParser
import PlenaryShell
import Synchronization

/// A step with its place on the command line: `-c` and `-f` run in the order given, which their two arrays alone
/// would not tell.
struct OrderedStep {
  private static let counter = Atomic<Int>(0)

  let step: Invocation.Step
  let order: Int

  init(_ step: Invocation.Step) {
    self.step = step
    order = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
  }
}

/// A time as `30`, `1.5s`, `200ms` or `2m`; seconds without a unit.
struct TimeLimit: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
    guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
      let number = Double(argument.dropLast(unit.suffix.count)), number.isFinite, number >= 0,
      number * unit.seconds < 1e9
    else { return nil }
    duration = .nanoseconds(Int64(number * unit.seconds * 1e9))
  }
}
