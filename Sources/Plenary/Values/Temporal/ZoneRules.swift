/// The offsets of one time zone through history: a table of transitions, and a yearly rule for the time after it.
final class ZoneRules: Sendable {
  /// What clocks of a zone say about a local value.
  enum LocalOffsets {
    case one(Temporal.Offset)
    /// Clocks show the value twice, first with the one offset, then with the other.
    case overlap(before: Temporal.Offset, after: Temporal.Offset)
    /// Clocks skip the value.
    case gap(before: Temporal.Offset, after: Temporal.Offset)
  }

  struct Transition {
    let epochSeconds: Int64
    let after: Int32
  }

  let name: String
  private let initialOffset: Int32
  private let transitions: [Transition]
  private let rule: YearlyZoneRule?

  init(name: String, initialOffset: Int32, transitions: [Transition], rule: YearlyZoneRule?) {
    self.name = name
    self.initialOffset = initialOffset
    self.transitions = transitions
    self.rule = rule
  }

  /// A zone that never leaves UTC.
  convenience init(name: String) {
    self.init(name: name, initialOffset: 0, transitions: [], rule: nil)
  }

  /// The number of transitions at or before a point in time. O(log n).
  private func count(upTo seconds: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].epochSeconds <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func rawOffset(at seconds: Int64) -> Int32 {
    let count = count(upTo: seconds)
    guard count == transitions.count, let rule else {
      return count == 0 ? initialOffset : transitions[count - 1].after
    }
    if rule.daylight == nil { return rule.standardOffset }
    let last = rule.transitions(around: seconds).last { $0.epochSeconds <= seconds }
    return last?.after ?? rule.standardOffset
  }

  /// The offset at a point in time. O(log n) of the number of transitions.
  func offset(atEpochSeconds seconds: Int64) -> Temporal.Offset {
    // Far beyond the last year, where sums of seconds still cannot overflow.
    Temporal.Offset(unchecked: rawOffset(at: min(max(seconds, -(1 << 56)), 1 << 56)))
  }

  /// The offset or offsets at which clocks show a local value.
  func offsets(atLocalSeconds local: Int64) -> LocalOffsets {
    // No offset is larger than a day, so only the transitions within two days can matter.
    let window = (local - 172_800)...(local + 172_800)
    var offset = rawOffset(at: window.lowerBound)
    var next = count(upTo: window.lowerBound)
    var candidates: [Transition] = []
    while next < transitions.count, transitions[next].epochSeconds <= window.upperBound {
      candidates.append(transitions[next])
      next += 1
    }
    if next == transitions.count, let rule, rule.daylight != nil {
      let end = transitions.last?.epochSeconds ?? Int64.min
      candidates += rule.transitions(around: local).filter {
        $0.epochSeconds > end && $0.epochSeconds > window.lowerBound && $0.epochSeconds <= window.upperBound
      }
    }
    for transition in candidates {
      let before = offset
      let after = transition.after
      let lower = transition.epochSeconds + Int64(min(before, after))
      let upper = transition.epochSeconds + Int64(max(before, after))
      if local < lower { break }
      if local < upper {
        let (a, b) = (Temporal.Offset(unchecked: before), Temporal.Offset(unchecked: after))
        return before < after ? .gap(before: a, after: b) : .overlap(before: a, after: b)
      }
      offset = after
    }
    return .one(Temporal.Offset(unchecked: offset))
  }
}
