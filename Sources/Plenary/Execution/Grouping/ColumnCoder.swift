/// Numbers the values of a column in the order they first appear; equivalent values get the same number.
///
/// Ids, integers and dictionary strings have loops of their own. A column whose type changes on the way is numbered by
/// `Value` from then on, and what was numbered before keeps its numbers.
struct ColumnCoder {
  private enum Mode {
    case undecided
    /// Node or relationship ids, by a table as long as the ids are high; "none" is null.
    case ids(isNodes: Bool)
    /// The codes of a dictionary's strings, by a table as long as the codes are high.
    case codes(StringHeap, offsets: FlatArray<UInt32>)
    /// The numbers of coded values, likewise.
    case coded(CodedValues)
    case truths
    case integers
    case dates
    /// By their bits; there is one zero and one NaN.
    case floats
    case texts(StringHeap)
    /// Strings of more than one heap.
    case copiedTexts
    case values
  }

  private var mode = Mode.undecided
  private var nullCode: Int32?
  /// `ids` and `codes`: the number of each, -1 for those not met; empty while they are few and far between, which
  /// `table` numbers.
  private var direct: [Int32] = []
  private var table = CodeTable()
  /// `integers` and `dates`: the numbers of those that lie close together.
  private var near = NearIntegers()
  private var texts = TextCodeTable()
  private var places: [Value: Int32] = [:]
  /// The value of each number, in the form of the mode: one of these is filled.
  private var idKeys: [UInt32] = []
  private var integerKeys: [Int64] = []
  private var valueKeys: [Value] = []
  /// What the values refer to.
  private var valueBytes = 0
  private var valueBuffers = SharedBuffers()

  /// How many numbers there are.
  private(set) var count = 0

  /// The memory it takes.
  var byteCount: Int {
    // A dictionary has a third more places than entries, each with a value, a number and its part of a bitmap.
    direct.capacity * 4 + near.byteCount + table.byteCount + texts.byteCount + idKeys.capacity * 4 + integerKeys
      .capacity * 8
      + valueKeys.capacity * MemoryLayout<Value>.stride
      + places.capacity * (MemoryLayout<(Value, Int32)>.stride + 1) * 4 / 3 + valueBytes
  }

  /// The number of each row's value.
  mutating func codes(_ column: Vector) -> [Int32] {
    switch (column, mode) {
    case (.nodes(let ids), .undecided):
      mode = .ids(isNodes: true)
      return codes(ids)
    case (.relationships(let ids), .undecided):
      mode = .ids(isNodes: false)
      return codes(ids)
    case (.nodes(let ids), .ids(isNodes: true)), (.relationships(let ids), .ids(isNodes: false)): return codes(ids)
    case (.integers(let numbers), .undecided):
      mode = .integers
      return codes(numbers)
    case (.integers(let numbers), .integers): return codes(numbers)
    case (.dates(let days), .undecided):
      mode = .dates
      return codes(days)
    case (.dates(let days), .dates): return codes(days)
    case (.floats(let numbers), .undecided):
      mode = .floats
      return codes(numbers.bits)
    case (.floats(let numbers), .floats): return codes(numbers.bits)
    case (.booleans(let truths), .undecided):
      mode = .truths
      return codes(truths.map { $0 == .null ? .max : UInt32($0.rawValue) })
    case (.booleans(let truths), .truths): return codes(truths.map { $0 == .null ? .max : UInt32($0.rawValue) })
    case (.coded(let coded), .undecided) where coded.values.areAllDifferent:
      mode = .coded(coded.values)
      return codes(coded.rows)
    case (.coded(let coded), .coded(let values)) where coded.values === values: return codes(coded.rows)
    case (.coded(let coded), _): return generalCodes(of: coded)
    case (.strings(let strings), .undecided):
      if let coded = strings.codes {
        mode = .codes(strings.heap, offsets: coded.offsets)
        return codes(coded.rows)
      }
      mode = .texts(strings.heap)
      return codesOfTexts(strings)
    case (.strings(let strings), .codes(let heap, _)) where strings.heap === heap:
      guard let coded = strings.codes else { break }
      return codes(coded.rows)
    case (.strings(let strings), .texts(let heap)) where strings.heap === heap: return codesOfTexts(strings)
    case (.strings(let strings), .texts(let heap)):
      texts.copyTexts(from: heap)
      mode = .copiedTexts
      if let codes = codesOfCopies(strings) { return codes }
    case (.strings(let strings), .copiedTexts):
      if let codes = codesOfCopies(strings) { return codes }
    case (.constant(let value, let count), _):
      // One value for all rows is numbered once, and not at all where there are no rows.
      guard count > 0 else { return [] }
      return Array(repeating: generalCode(of: value), count: count)
    default: break
    }
    leaveTypedMode()
    return (0..<column.count).map { generalCode(of: column[$0]) }
  }

  /// The number of each row's value where the codes of a dictionary are read in place; `nil` where the values have to be
  /// read into a vector first.
  mutating func codes(_ slice: ColumnSlice) -> [Int32]? {
    switch slice.column.storage {
    case .dictionary8(let codes, let heap, let offsets): numbers(slice.elements(codes), heap, offsets)
    case .dictionary16(let codes, let heap, let offsets): numbers(slice.elements(codes), heap, offsets)
    default: nil
    }
  }

  private mutating func numbers<Code: FixedWidthInteger>(
    _ codes: UnsafeBufferPointer<Code>, _ heap: StringHeap, _ offsets: FlatArray<UInt32>
  ) -> [Int32]? {
    switch mode {
    case .undecided: mode = .codes(heap, offsets: offsets)
    case .codes(let known, _) where known === heap: break
    default: return nil
    }
    // A place for every code there may be, so that none need be asked for.
    let missing = offsets.count - direct.count
    if missing > 0 {
      guard table.count == 0, missing <= max(256, codes.count * 16) else { return nil }
      direct += repeatElement(-1, count: missing)
    }
    var all: Int32 = 0
    let numbers = direct.withUnsafeBufferPointer { direct in
      [Int32](unsafeUninitializedCapacity: codes.count) { target, initialized in
        for row in 0..<codes.count {
          let number = direct[Int(truncatingIfNeeded: codes[row]) &+ 1]
          // Below zero once one was.
          all |= number
          target.initializeElement(at: row, to: number)
        }
        initialized = codes.count
      }
    }
    return all < 0 ? self.codes(codes.map { UInt32(truncatingIfNeeded: $0) }) : numbers
  }

  /// The values of the given numbers.
  func column(_ codes: [Int32]) -> Vector {
    switch mode {
    case .undecided: return .constant(.null, count: codes.count)
    case .ids(let isNodes):
      let ids = idKeys.gathered(codes)
      return isNodes ? .nodes(ids) : .relationships(ids)
    case .integers: return .integers(integerColumn(codes))
    case .dates: return .dates(integerColumn(codes))
    case .floats:
      let bits = integerColumn(codes)
      return .floats(
        NullableArray(bits.elements.map { Double(bitPattern: UInt64(bitPattern: $0)) }, isNull: bits.isNull))
    case .truths:
      return .booleans(idKeys.gathered(codes).map { $0 == .max ? .null : Ternary(rawValue: UInt8($0)) })
    case .coded(let values): return .coded(CodedVector(idKeys.gathered(codes), of: values))
    case .codes(let heap, let offsets):
      return .strings(StringVector(heap: heap, codes: .init(rows: idKeys.gathered(codes), offsets: offsets)))
    case .texts(let heap): return .strings(StringVector(heap: heap, views: texts.views.gathered(codes)))
    case .copiedTexts:
      return .strings(StringVector(heap: StringHeap(texts.copies ?? []), views: texts.views.gathered(codes)))
    case .values: return Vector(narrowing: valueKeys.gathered(codes))
    }
  }

  private func integerColumn(_ codes: [Int32]) -> NullableArray<Int64> {
    guard let nullCode else { return NullableArray(integerKeys.gathered(codes)) }
    return NullableArray(integerKeys.gathered(codes), isNull: codes.map { $0 == nullCode })
  }

  // MARK: Typed loops

  private mutating func codes(_ ids: [UInt32]) -> [Int32] {
    var numbered = 0
    var codes = direct.withUnsafeBufferPointer { direct in
      ids.withUnsafeBufferPointer { ids in
        [Int32](unsafeUninitializedCapacity: ids.count) { target, initialized in
          for row in 0..<ids.count {
            // "No node" and "no string" wrap to place 0.
            let place = Int(ids[row] &+ 1)
            guard place < direct.count, direct[place] >= 0 else { break }
            target.initializeElement(at: row, to: direct[place])
            numbered = row &+ 1
          }
          initialized = numbered
        }
      }
    }
    if numbered < ids.count { number(ids[numbered...], in: &codes) }
    return codes
  }

  /// Goes on with ids of which the first is new.
  private mutating func number(_ ids: ArraySlice<UInt32>, in codes: inout [Int32]) {
    let highest = ids.reduce(0) { max($0, Int($1 &+ 1)) }
    if highest >= direct.count {
      if isSparse(rows: ids.count, highest: highest) { return numberByHash(ids, in: &codes) }
      let start = direct.isEmpty ? 0 : idKeys.count
      // Ids numbered by hash so far may be higher than these.
      let room = idKeys[start...].reduce(highest) { max($0, Int($1 &+ 1)) } + 1
      direct += repeatElement(-1, count: max(room, direct.count * 2) - direct.count)
      table = CodeTable()
      for code in start..<idKeys.count { direct[Int(idKeys[code] &+ 1)] = Int32(truncatingIfNeeded: code) }
    }
    codes.reserveCapacity(codes.count + ids.count)
    direct.withUnsafeMutableBufferPointer { direct in
      for id in ids {
        let place = Int(id &+ 1)
        if direct[place] < 0 {
          idKeys.append(id)
          direct[place] = Int32(truncatingIfNeeded: count)
          count &+= 1
        }
        codes.append(direct[place])
      }
    }
  }

  /// Whether a table as long as the ids are high would be more work than the rows are.
  private func isSparse(rows: Int, highest: Int) -> Bool {
    direct.isEmpty && highest > 1 << 16 && (count + rows) * 32 < highest
  }

  private mutating func numberByHash(_ ids: ArraySlice<UInt32>, in codes: inout [Int32]) {
    codes += ids.withUnsafeBufferPointer { ids in table.codes(ids.count) { UInt64(ids[$0]) } }
    for key in table.keys[count...] { idKeys.append(UInt32(truncatingIfNeeded: key)) }
    count = table.count
  }

  private mutating func codes(_ numbers: NullableArray<Int64>) -> [Int32] {
    guard let isNull = numbers.isNull, let firstNull = isNull.firstIndex(of: true) else {
      return codes(numbers.elements[...])
    }
    // Null gets its number where it comes first; then the others are numbered without it.
    var codes = codes(numbers.elements[..<firstNull])
    let null = codeOfNull()
    let others = (firstNull..<isNull.count).filter { !isNull[$0] }
    let rest = self.codes(others.map { numbers.elements[$0] }[...])
    codes += repeatElement(null, count: isNull.count - firstNull)
    for (row, code) in zip(others, rest) { codes[row] = code }
    return codes
  }

  private mutating func codes(_ numbers: ArraySlice<Int64>) -> [Int32] {
    guard !numbers.isEmpty else { return [] }
    var codes = near.codes(numbers)
    let rest = numbers.dropFirst(codes.count)
    if rest.isEmpty { return codes }
    let known = count
    let found = rest.withUnsafeBufferPointer { rest in
      table.codes(rest.count) { UInt64(bitPattern: rest[$0]) }
    }
    noteNewIntegers()
    codes += shifted(found)
    if count > known { near.note(integerKeys, from: known, except: nullCode) }
    return codes
  }

  private mutating func codesOfTexts(_ strings: StringVector) -> [Int32] {
    let codes = texts.codes(strings.views, in: strings.heap)
    count = texts.count
    return codes
  }

  /// Numbers strings of another heap than those before; `nil` where there is no room for copies.
  private mutating func codesOfCopies(_ strings: StringVector) -> [Int32]? {
    let views = strings.views
    guard texts.hasRoom(for: views) else { return nil }
    let codes = texts.codesOfCopies(views, in: strings.heap)
    count = texts.count
    return codes
  }

  private mutating func noteNewIntegers() {
    let known = count - (nullCode == nil ? 0 : 1)
    for key in table.keys[known...] { integerKeys.append(Int64(bitPattern: key)) }
    count += table.count - known
  }

  /// The table knows nothing of null, whose number may lie between; numbers from there on are one higher.
  private func shifted(_ codes: [Int32]) -> [Int32] {
    guard let nullCode else { return codes }
    return codes.map { $0 >= nullCode ? $0 + 1 : $0 }
  }

  private mutating func codeOfNull() -> Int32 {
    if let nullCode { return nullCode }
    let code = Int32(count)
    nullCode = code
    integerKeys.append(0)
    count += 1
    return code
  }

  // MARK: General values

  private mutating func generalCode(of value: Value) -> Int32 {
    leaveTypedMode()
    if let code = places[value] { return code }
    let code = Int32(count)
    places[value] = code
    valueKeys.append(value)
    valueBytes += value.heapBytes(&valueBuffers)
    count += 1
    return code
  }

  /// Each of the values that occur is numbered once.
  private mutating func generalCodes(of coded: CodedVector) -> [Int32] {
    var known: [Int32] = Array(repeating: -1, count: coded.values.values.count)
    return coded.rows.map { row in
      if known[Int(row)] < 0 { known[Int(row)] = generalCode(of: coded.values[row]) }
      return known[Int(row)]
    }
  }

  private mutating func leaveTypedMode() {
    if case .values = mode { return }
    if count > 0 { valueKeys = column((0..<Int32(count)).map { $0 }).valueArray }
    mode = .values
    for (code, value) in valueKeys.enumerated() { places[value] = Int32(code) }
    (direct, near, table, texts) = ([], NearIntegers(), CodeTable(), TextCodeTable())
    (idKeys, integerKeys) = ([], [])
  }
}
