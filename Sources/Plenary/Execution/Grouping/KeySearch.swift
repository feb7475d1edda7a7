/// How a key and a row's operand make what is compared. Types instead of functions, so that each has a loop of its own.
protocol KeyCombination {
  static func value(_ key: Double, _ operand: Double) -> Double
  /// Whether the value falls as the key grows.
  static func falls(with operand: Double) -> Bool
}

extension KeyCombination {
  @inline(__always)
  static func falls(with operand: Double) -> Bool { false }
}

enum KeyAlone: KeyCombination {
  @inline(__always)
  static func value(_ key: Double, _ operand: Double) -> Double { key }
}

enum KeyPlusOperand: KeyCombination {
  @inline(__always)
  static func value(_ key: Double, _ operand: Double) -> Double { key + operand }
}

enum KeyMinusOperand: KeyCombination {
  @inline(__always)
  static func value(_ key: Double, _ operand: Double) -> Double { key - operand }
}

enum OperandMinusKey: KeyCombination {
  @inline(__always)
  static func value(_ key: Double, _ operand: Double) -> Double { operand - key }
  @inline(__always)
  static func falls(with operand: Double) -> Bool { true }
}

enum KeyTimesOperand: KeyCombination {
  @inline(__always)
  static func value(_ key: Double, _ operand: Double) -> Double { key * operand }
  @inline(__always)
  static func falls(with operand: Double) -> Bool { operand < 0 }
}

/// Searches ascending keys for where their values reach a limit.
struct KeySearch<Combination: KeyCombination> {
  let keys: UnsafePointer<Double>
  let operand: Double
  let limit: Double
  /// -1 where values fall as keys grow.
  let sign: Double

  /// The first place whose value is at the limit or beyond; the end if there is none.
  @inline(__always)
  func first(of start: UInt32, _ end: UInt32) -> UInt32 { firstPlace(of: start, end) { $0 >= limit } }

  /// The first place whose value is beyond the limit; the end if there is none.
  @inline(__always)
  func firstBeyond(of start: UInt32, _ end: UInt32) -> UInt32 { firstPlace(of: start, end) { $0 > limit } }

  /// - Parameter isReached: once it holds for a value it does for all that follow.
  @inline(__always)
  private func firstPlace(of start: UInt32, _ end: UInt32, _ isReached: (Double) -> Bool) -> UInt32 {
    var (start, end) = (start, end)
    while start < end {
      let middle = start &+ (end &- start) / 2
      let value = Combination.value(keys[Int(middle)], operand) * sign
      if isReached(value) { end = middle } else { start = middle &+ 1 }
    }
    return start
  }
}
