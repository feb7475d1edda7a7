extension CSVReader {
  /// The cells of a property column as values. O(bytes of the cells).
  ///
  /// A cell with nothing in it has no value; `""` is the empty string, and in a list column the empty list.
  ///
  /// - Throws: at the first cell that is not of the type.
  func properties(
    _ index: Int, of records: Records, _ column: CSVColumn
  ) throws(FileFailure) -> GraphBuilder.Column {
    guard case .property(let type, let isList) = column.role else {
      return .values(try values(index, records) { cell throws(FileFailure) in try mixedList(cell, column) })
    }
    if isList {
      return .values(
        try values(index, records) { cell throws(FileFailure) in try list(cell, column, type) })
    }
    switch type {
    case .integer(let bits):
      return try numbers(index, records, column, type) { bytes in
        guard let number = CSVNumbers.integer(bytes) else { return nil }
        return bits == 64 || Int64.range(ofBits: bits).contains(number) ? number : nil
      } make: {
        .integers($0, isNull: $1)
      }
    case .float: return try numbers(index, records, column, type, CSVNumbers.float) { .floats($0, isNull: $1) }
    case .boolean: return try numbers(index, records, column, type, CSVNumbers.boolean) { .booleans($0, isNull: $1) }
    case .string: return strings(index, records)
    default:
      return .values(
        try values(index, records) { cell throws(FileFailure) in
          try withBytes(cell) { bytes throws(FileFailure) in
            try value(CSVNumbers.trimmed(bytes), type, column, at: cell)
          }
        })
    }
  }

  private func numbers<Number>(
    _ index: Int, _ records: Records, _ column: CSVColumn, _ type: CSVValueType,
    _ read: (UnsafeBufferPointer<UInt8>) -> Number?, make: ([Number], [Bool]?) -> GraphBuilder.Column
  ) throws(FileFailure) -> GraphBuilder.Column where Number: ExpressibleByZero {
    var numbers = NullableArray<Number>([])
    numbers.elements.reserveCapacity(records.count)
    for row in 0..<records.count {
      let cell = records.cell(row, index)
      if cell.isAbsent {
        numbers.appendNull()
      } else if let number = withBytes(cell, { read(CSVNumbers.trimmed($0)) }) {
        numbers.append(number)
      } else {
        throw unreadable(cell, type, column)
      }
    }
    return make(numbers.elements, numbers.isNull)
  }

  func strings(_ index: Int, _ records: Records) -> GraphBuilder.Column {
    var text: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(records.count + 1)
    var isNull: [Bool]?
    for row in 0..<records.count {
      let cell = records.cell(row, index)
      if cell.isAbsent {
        if isNull == nil { isNull = Array(repeating: false, count: row) }
        isNull?.append(true)
      } else {
        if cell.form == .escaped { text += unescaped(cell) } else { text.append(contentsOf: rawBytes(cell)) }
        if isNull != nil { isNull?.append(false) }
      }
      offsets.append(text.count)
    }
    return .utf8(text, offsets: offsets, isNull: isNull)
  }

  private func values(
    _ index: Int, _ records: Records, _ read: (Cell) throws(FileFailure) -> Value
  ) throws(FileFailure) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(records.count)
    for row in 0..<records.count {
      let cell = records.cell(row, index)
      values.append(cell.isAbsent ? .null : try read(cell))
    }
    return values
  }

  private func list(_ cell: Cell, _ column: CSVColumn, _ type: CSVValueType) throws(FileFailure) -> Value {
    guard cell.count > 0 else { return .list([]) }
    return try withBytes(cell) { bytes throws(FileFailure) in
      var elements: [Value] = []
      var start = 0
      while start <= bytes.count {
        let end = bytes[start...].firstIndex(of: format.listDelimiter) ?? bytes.count
        let element = UnsafeBufferPointer(rebasing: bytes[start..<end])
        let isText = type == .string
        elements.append(try value(isText ? element : CSVNumbers.trimmed(element), type, column, at: cell))
        start = end + 1
      }
      return .list(elements)
    }
  }

  private func mixedList(_ cell: Cell, _ column: CSVColumn) throws(FileFailure) -> Value {
    guard cell.count > 0 else { return .list([]) }
    return try withBytes(cell) { bytes throws(FileFailure) in
      var elements: [Value] = []
      for (name, text) in MixedList.elements(bytes, format.listDelimiter) {
        let type: CSVValueType
        do throws(CSVColumnError) {
          type = try CSVValueType(named: name)
        } catch {
          throw failure(at: cell.offset, "\(error.message) before each element in column \"\(column.name)\"")
        }
        elements.append(
          try text.withUnsafeBufferPointer { text throws(FileFailure) in try value(text, type, column, at: cell) })
      }
      do throws(QueryError) { return try Value.list(elements).checkedAsProperty() } catch {
        throw failure(at: cell.offset, "found \(error.message), in column \"\(column.name)\"")
      }
    }
  }

  private func value(
    _ bytes: UnsafeBufferPointer<UInt8>, _ type: CSVValueType, _ column: CSVColumn, at cell: Cell
  ) throws(FileFailure) -> Value {
    func text() -> String { String(decoding: bytes, as: UTF8.self) }
    var value: Value?
    do throws(TemporalError) {
      switch type {
      case .integer(let bits):
        if let number = CSVNumbers.integer(bytes), bits == 64 || Int64.range(ofBits: bits).contains(number) {
          value = .integer(number)
        }
      case .float: value = CSVNumbers.float(bytes).map(Value.float)
      case .boolean: value = CSVNumbers.boolean(bytes).map(Value.boolean)
      case .string: value = .string(text())
      case .date:
        if let date = CSVNumbers.plainDate(bytes) {
          value = .date(date)
        } else {
          value = .date(try Temporal.Date(parsing: text()))
        }
      case .localTime: value = .localTime(try Temporal.LocalTime(parsing: text()))
      case .time:
        var offset = Temporal.Offset.utc
        if case .offset(let given) = column.zone { offset = given }
        value = .time(try Temporal.Time(parsing: text(), defaultOffset: offset))
      case .localDateTime: value = .localDateTime(try Temporal.LocalDateTime(parsing: text()))
      case .dateTime: value = .dateTime(try Temporal.DateTime(parsing: text(), defaultZone: column.zone))
      case .duration: value = .duration(try Temporal.Duration(parsing: text()))
      }
    } catch {
      throw failure(at: cell.offset, "\(error.message), in column \"\(column.name)\"")
    }
    guard let value else { throw unreadable(cell, type, column) }
    return value
  }

  private func unreadable(_ cell: Cell, _ type: CSVValueType, _ column: CSVColumn) -> FileFailure {
    failure(at: cell.offset, "found \(shown(cell)), expected \(type.expectation) in column \"\(column.name)\"")
  }

  /// The text of a cell in quotes, of a long one the beginning.
  func shown(_ cell: Cell) -> String {
    let text = string(cell)
    return text.utf8.count <= 60 ? "\"\(text)\"" : "\"\(text.prefix(50))...\""
  }
}

extension Int64 {
  /// The numbers of so many bits.
  fileprivate static func range(ofBits bits: Int) -> ClosedRange<Int64> {
    let limit: Int64 = 1 << Int64(bits - 1)
    return -limit...limit - 1
  }
}
