/// Rows of which few differ: each is the number of a value in a table that all of them share.
///
/// What is made of a dictionary's strings, or of the labels of nodes, is made once for each of them and travels as
/// numbers, which take less room than values and are grouped without looking at these.
struct CodedVector: Sendable {
  /// The number of each row's value.
  var rows: [UInt32]
  let values: CodedValues

  init(_ rows: [UInt32], of values: CodedValues) {
    self.rows = rows
    self.values = values
  }
}

/// The values that a coded vector's rows number, null among them where there is one.
final class CodedValues: Sendable {
  let values: [Value]
  /// Whether no two are equivalent, so that rows are where their numbers are.
  let areAllDifferent: Bool

  init(_ values: [Value], areAllDifferent: Bool = false) {
    self.values = values
    self.areAllDifferent = areAllDifferent
  }

  subscript(code: UInt32) -> Value { values[Int(code)] }
}

extension Vector {
  /// Rows by the number of their value: of its type where a vector of that type is as small, coded otherwise.
  ///
  /// - Parameters:
  ///   - values: the different values.
  ///   - numbers: the place of each row's value among them.
  init(_ values: [Value], numbered numbers: [Int32]) {
    let narrow = Vector(narrowing: values)
    if case .values(let values) = narrow {
      self = .coded(CodedVector(numbers.map { UInt32(bitPattern: $0) }, of: CodedValues(values)))
    } else {
      self = narrow.gathered(numbers)
    }
  }
}

extension [Vector] {
  /// For columns of which one has few different values and all others are constant: the number of each row's value, and
  /// for each number the first row that has it. `nil` where evaluating each row is as good.
  var fewDifferentRows: (numbers: [Int32], rows: [Int32])? {
    var varying: Vector?
    for vector in self where !vector.isConstant {
      guard varying == nil else { return nil }
      varying = vector
    }
    switch varying {
    case .strings(let strings)? where strings.codes != nil: break
    case .coded?: break
    default: return nil
    }
    guard let varying, varying.count > 1 else { return nil }
    var coder = ColumnCoder()
    let numbers = coder.codes(varying)
    guard coder.count <= varying.count / 2 else { return nil }
    return (numbers, numbers.firstAppearances(from: 0))
  }
}
