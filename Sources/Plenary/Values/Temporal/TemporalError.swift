/// Why there is no temporal value to return.
public struct TemporalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The class of an error; GQLSTATUS has a code for each.
  public enum Reason: Sendable, Hashable {
    /// Text that is not in the expected form (22007).
    case invalidFormat
    /// A component that is unknown, missing, of the wrong type, or does not go with another (22007).
    case invalidComponent
    /// A value outside its range: month 13, 30 February, a year beyond 999999999, an overflow (22008).
    case outOfRange
    /// A time zone that the system's time zone data do not have (22009).
    case unknownTimeZone
    /// An operation that this kind of value does not have, such as the hour of a date (22G03).
    case unsupported
  }

  /// The class of the error.
  public let reason: Reason
  /// What was found and what was expected, in lower case without a full stop.
  public let message: String
  /// What to try instead, if that can be told.
  public let hint: String?

  /// Makes an error.
  public init(_ reason: Reason, _ message: String, hint: String? = nil) {
    self.reason = reason
    self.message = message
    self.hint = hint
  }

  /// The message.
  public var description: String { message }

  static func overflow(_ what: String) -> TemporalError {
    TemporalError(.outOfRange, "\(what) is out of range")
  }
}

// Checked arithmetic: user input reaches every sum here, so none may trap.

func checkedSum<T: FixedWidthInteger>(_ a: T, _ b: T, _ what: @autoclosure () -> String) throws(TemporalError) -> T {
  let (sum, overflow) = a.addingReportingOverflow(b)
  guard !overflow else { throw .overflow(what()) }
  return sum
}

func checkedInt64(_ value: Int128, _ what: @autoclosure () -> String) throws(TemporalError) -> Int64 {
  guard let result = Int64(exactly: value) else { throw .overflow(what()) }
  return result
}

extension SignedInteger {
  /// The quotient rounded towards negative infinity.
  func flooredQuotient(_ divisor: Self) -> Self {
    let quotient = self / divisor
    return (self % divisor != 0) && ((self < 0) != (divisor < 0)) ? quotient - 1 : quotient
  }

  /// The remainder that belongs to `flooredQuotient`; never negative for a positive divisor.
  func flooredRemainder(_ divisor: Self) -> Self {
    let remainder = self % divisor
    return remainder != 0 && ((remainder < 0) != (divisor < 0)) ? remainder + divisor : remainder
  }
}
