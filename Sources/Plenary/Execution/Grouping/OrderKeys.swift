/// Values of one kind as floats that are in the same order: what they are compared by where it is known to be the same.
///
/// Null is NaN, which compares with nothing. Numbers are themselves, dates their days, truth values 0 and 1, nodes their
/// ids, and strings their places in the order of all that were read in.
struct OrderKeys {
  /// What two values of a kind can be asked.
  enum Question {
    case equality, order
    /// Their sum, difference or product.
    case arithmetic
  }

  private enum Kind { case numbers, dates, truths, nodes, texts }

  /// Integers beyond are not told apart by floats.
  private static let largestExact = Double(1 << 53)

  private let question: Question
  private var kind: Kind?
  private var texts = ColumnCoder()
  private var places: [ExactText: Double] = [:]
  private var sortedTexts: [String] = []
  /// The dictionary that the strings are from, if they are from one, with the key of each of its codes.
  private var dictionary: (heap: StringHeap, keys: [Double])?
  /// The largest of the numbers that were read in, regardless of sign, and whether all are floats.
  private var largest = 0.0
  private var areFloats = true

  init(for question: Question) { self.question = question }

  /// Reads in values; `nil` where they are not of the kind that the earlier ones are, or of one that cannot be asked.
  ///
  /// The keys of strings are their codes; `finish` says what these turn into.
  mutating func read(_ column: Vector) -> [Double]? {
    if case .constant(let value, let count) = column {
      if value.isAbsent { return Array(repeating: .nan, count: count) }
      return read(Vector(narrowing: Array(repeating: value, count: count)))
    }
    guard let found = OrderKeys.kind(of: column), kind == nil || kind == found else { return nil }
    switch (found, question) {
    case (.nodes, .order), (.nodes, .arithmetic), (.dates, .arithmetic), (.truths, .arithmetic), (.texts, .arithmetic):
      return nil
    default: kind = found
    }
    if case .strings(let strings) = column {
      let codes = texts.codes(column)
      return codes.enumerated().map { strings[$0].isNull ? .nan : Double($1) }
    }
    if case .integers = column { areFloats = false }
    guard let keys = keys(ofPlain: column) else { return nil }
    for key in keys where key.magnitude > largest { largest = key.magnitude }
    return largest == .infinity ? nil : keys
  }

  private static func kind(of column: Vector) -> Kind? {
    switch column {
    case .integers, .floats: .numbers
    case .dates: .dates
    case .booleans: .truths
    case .nodes: .nodes
    case .strings: .texts
    case .relationships, .coded, .values, .constant: nil
    }
  }

  private func keys(ofPlain column: Vector) -> [Double]? {
    switch column {
    case .integers(let numbers), .dates(let numbers):
      var areExact = true
      let keys = numbers.elements.map { number in
        let key = Double(number)
        areExact = areExact && key.magnitude < OrderKeys.largestExact
        return key
      }
      guard areExact else { return nil }
      return OrderKeys.without(numbers.isNull, keys)
    case .floats(let numbers):
      // NaN differs from itself, and null does not.
      guard !numbers.elements.indices.contains(where: { numbers.elements[$0].isNaN && numbers.isNull?[$0] != true })
      else { return nil }
      return OrderKeys.without(numbers.isNull, numbers.elements)
    case .booleans(let truths): return truths.map { $0 == .null ? .nan : Double($0.rawValue) }
    case .nodes(let ids): return ids.map { $0 == NodeID.noneRawValue ? .nan : Double($0) }
    case .relationships, .strings, .coded, .values, .constant: return nil
    }
  }

  private static func without(_ isNull: [Bool]?, _ keys: [Double]) -> [Double] {
    guard let isNull else { return keys }
    return zip(keys, isNull).map { $1 ? .nan : $0 }
  }

  /// Ends the reading of values; gives for each code of a string its key, or nothing where no strings were read.
  mutating func finish() -> [Double] {
    guard kind == .texts else { return [] }
    let column = texts.column((0..<Int32(texts.count)).map { $0 })
    let codes = (0..<texts.count).filter { !column[$0].isNull }
    var values: [String] = Array(repeating: "", count: texts.count)
    for code in codes { if case .string(let text) = column[code] { values[code] = text } }
    let ordered = question == .order ? codes.sorted { values[$0].codePointOrder(values[$1]) < 0 } : codes
    var keys = Array(repeating: Double.nan, count: texts.count)
    for (place, code) in ordered.enumerated() {
      keys[code] = Double(place)
      places[ExactText(values[code])] = Double(place)
    }
    sortedTexts = ordered.map { values[$0] }
    if case .strings(let strings) = column, let codes = strings.codes {
      let keys = (0..<max(0, codes.offsets.count - 1)).map { key(of: strings.heap.string(of: codes.offsets.view($0))) }
      dictionary = (strings.heap, keys)
    }
    texts = ColumnCoder()
    return keys
  }

  /// The keys of values to be compared with those that were read in.
  ///
  /// - Throws: an error that only says that there are none: they are of another kind, or too large.
  func keys(of column: Vector) throws -> [Double] {
    if case .constant(let value, let count) = column {
      guard !value.isAbsent, count > 0 else { return Array(repeating: .nan, count: count) }
      let key = try keys(of: Vector(narrowing: [value]))[0]
      return Array(repeating: key, count: count)
    }
    // Nothing was read in: whatever they are, they are compared with nothing.
    guard let kind else { return Array(repeating: .nan, count: column.count) }
    guard OrderKeys.kind(of: column) == kind else { throw OrderKeys.cannotCompare }
    guard case .strings(let strings) = column else {
      guard let keys = keys(ofPlain: column) else { throw OrderKeys.cannotCompare }
      // Only floats can be infinite.
      if question == .arithmetic || column.isOfFloats { try check(keys, areFloats: column.isOfFloats) }
      return keys
    }
    if let dictionary, dictionary.heap === strings.heap, let codes = strings.codes {
      return codes.rows.map { $0 == StringVector.Codes.nullCode ? .nan : dictionary.keys[Int($0)] }
    }
    return (0..<strings.count).map { strings[$0].isNull ? .nan : key(of: strings.heap.string(of: strings[$0])) }
  }

  /// The key of a string; between those of its neighbours in the order where it was not read in.
  private func key(of text: String) -> Double {
    if let place = places[ExactText(text)] { return place }
    guard question == .order else { return -1 }
    var (low, high) = (0, sortedTexts.count)
    while low < high {
      let middle = (low + high) / 2
      if sortedTexts[middle].codePointOrder(text) < 0 { low = middle + 1 } else { high = middle }
    }
    return Double(low) - 0.5
  }

  /// None may be infinite. Sums and products of integers have to be as exact as the language's own.
  private func check(_ keys: [Double], areFloats: Bool) throws {
    let other = keys.reduce(0.0) { max($0, $1.magnitude) }
    let isExact = question != .arithmetic || areFloats || self.areFloats || largest * other < OrderKeys.largestExact
    guard other != .infinity, isExact else { throw OrderKeys.cannotCompare }
  }

  static let cannotCompare = QueryError(.invalidArgumentType, "values that have no order in common")
}

extension Vector {
  fileprivate var isOfFloats: Bool { if case .floats = self { true } else { false } }
}
