/// Rounds floats at a decimal place as a person would round the digits they see.
///
/// 2.675 is not exact in binary: the float is a little less, and arithmetic on it rounds to 2.67. Rounding the shortest
/// decimal that stands for the float gives 2.68.
enum DecimalRounding {
  /// Where a number goes that is not on the grid.
  enum Mode: String, CaseIterable {
    /// Away from zero.
    case up = "UP"
    /// Towards zero.
    case down = "DOWN"
    /// Towards positive infinity.
    case ceiling = "CEILING"
    /// Towards negative infinity.
    case floor = "FLOOR"
    /// To the nearest, a tie away from zero.
    case halfUp = "HALF_UP"
    /// To the nearest, a tie towards zero.
    case halfDown = "HALF_DOWN"
    /// To the nearest, a tie to the even digit.
    case halfEven = "HALF_EVEN"
  }

  /// The number rounded to a count of decimals.
  static func round(_ number: Double, decimals: Int, _ mode: Mode) -> Double {
    guard number.isFinite, number != 0 else { return number }
    let isNegative = number < 0
    var (digits, exponent) = decimal(number.magnitude)  // number = 0.d1d2d3... * 10^exponent
    let kept = exponent + decimals
    guard kept < digits.count else { return number }
    let dropped = kept < 0 ? [0] + digits : Array(digits[Swift.max(kept, 0)...])
    digits = kept > 0 ? Array(digits[..<kept]) : []
    if isIncremented(last: digits.last ?? 0, dropped: dropped, isNegative: isNegative, mode) {
      if kept < 0 {
        // Even the first digit is below the last decimal kept: the result is one unit of that decimal.
        digits = [1]
        exponent = 1 - decimals
      } else {
        increment(&digits, &exponent)
      }
    }
    guard !digits.isEmpty else { return isNegative ? -0.0 : 0 }
    let text = "0." + digits.map(String.init).joined() + "e\(exponent)"
    let result = Double(text) ?? number
    return isNegative ? -result : result
  }

  private static func isIncremented(last: Int, dropped: [Int], isNegative: Bool, _ mode: Mode) -> Bool {
    let isExact = dropped.allSatisfy { $0 == 0 }
    let isTie = dropped.first == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
    let isAboveHalf = (dropped.first ?? 0) >= 5 && !isTie
    return switch mode {
    case .up: !isExact
    case .down: false
    case .ceiling: !isExact && !isNegative
    case .floor: !isExact && isNegative
    case .halfUp: isAboveHalf || isTie
    case .halfDown: isAboveHalf
    case .halfEven: isAboveHalf || isTie && last % 2 == 1
    }
  }

  /// Adds one to the last digit, carrying; no digits at all become a one before the point.
  private static func increment(_ digits: inout [Int], _ exponent: inout Int) {
    var place = digits.count - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  /// The digits of the shortest decimal for a positive float, without zeros in front, and where its point stands.
  private static func decimal(_ number: Double) -> (digits: [Int], exponent: Int) {
    var digits: [Int] = []
    var exponent = 0
    var isAfterPoint = false
    let parts = number.description.split(separator: "e")
    for character in parts[0].utf8 {
      if character == UInt8(ascii: ".") {
        isAfterPoint = true
        continue
      }
      let digit = Int(character) - Int(UInt8(ascii: "0"))
      if digits.isEmpty, digit == 0 {
        if isAfterPoint { exponent -= 1 }
        continue
      }
      digits.append(digit)
      if !isAfterPoint { exponent += 1 }
    }
    if parts.count > 1 { exponent += Int(parts[1]) ?? 0 }
    return (digits, exponent)
  }
}
