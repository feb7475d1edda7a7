import Synchronization

/// The nodes of an index in the order of their values, made when a range is first asked for.
///
/// Shared by all snapshots around the same base.
final class OrderedNodes: Sendable {
  private let known = Mutex<FlatArray<UInt32>?>(nil)

  /// The nodes, sorted by whoever asks first; those who come while they are being sorted wait.
  func nodes(sorting sort: () -> FlatArray<UInt32>) -> FlatArray<UInt32> {
    known.withLock { known in
      if let known { return known }
      let sorted = sort()
      known = sorted
      return sorted
    }
  }
}

/// One end of a range of values.
struct IndexBound: Sendable {
  let value: Value
  let isInclusive: Bool

  /// Whether a value lies on the right side of this lower bound; false for one that cannot be compared with it.
  func isBelow(_ other: Value) -> Bool {
    let result = Value.compare(value, other)
    return result == .less || isInclusive && result == .equal
  }

  /// Whether a value lies on the right side of this upper bound.
  func isAbove(_ other: Value) -> Bool {
    let result = Value.compare(other, value)
    return result == .less || isInclusive && result == .equal
  }
}

/// The values between two bounds, or beyond one: what the language's `<`, `<=`, `>` and `>=` say is there.
struct IndexRange: Sendable {
  let lower: IndexBound?
  let upper: IndexBound?
  /// One of the bounds.
  let anchor: Value

  /// - Returns: `nil` without any bound.
  init?(from lower: IndexBound?, to upper: IndexBound?) {
    guard let anchor = lower?.value ?? upper?.value else { return nil }
    self.lower = lower
    self.upper = upper
    self.anchor = anchor
  }

  /// The strings with a given beginning.
  init(prefix: String) {
    let start = Value.string(prefix)
    // The next string that does not begin so: one more in the last code point that can be raised.
    var scalars = Array(prefix.unicodeScalars)
    var end: IndexBound?
    while end == nil, let last = scalars.popLast() {
      guard last.value < 0x10ffff, let next = Unicode.Scalar(last.value == 0xd7ff ? 0xe000 : last.value + 1) else {
        continue
      }
      scalars.append(next)
      end = IndexBound(value: .string(String(String.UnicodeScalarView(scalars))), isInclusive: false)
    }
    lower = IndexBound(value: start, isInclusive: true)
    // A prefix without an end, like the empty one, still means strings only: the type of the anchor sees to that.
    upper = end
    anchor = start
  }

  func contains(_ value: Value) -> Bool { (lower?.isBelow(value) ?? true) && (upper?.isAbove(value) ?? true) }

  /// Whether no value at all lies in it, for nothing compares with one of its bounds: null, NaN, a duration, a map; or
  /// with both of them.
  var isEmpty: Bool {
    let bounds = [lower, upper].compactMap { $0?.value }
    return bounds.contains { Value.compare($0, $0) != .equal && !$0.isList }
      || bounds.count == 2 && [.incomparable, .unordered, .greater].contains(Value.compare(bounds[0], bounds[1]))
        && !bounds.contains(where: \.isList)
  }

  /// Whether a bound is a list: lists with nulls in them have no place in one order.
  var hasList: Bool { lower?.value.isList ?? false || upper?.value.isList ?? false }
}

extension Value {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}
