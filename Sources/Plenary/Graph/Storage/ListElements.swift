/// The elements of a column of lists, numbered: what asks for elements, or for how many there are, reads numbers instead of
/// lists.
///
/// Only for lists of strings, or of integers, without null among them.
final class ListElements: Sendable {
  /// The different elements, by number.
  enum Elements: Sendable {
    case strings(StringHeap, offsets: FlatArray<UInt32>)
    case integers(FlatArray<Int64>)
  }

  let elements: Elements
  /// The numbers of the elements of all lists, one list after the other.
  let codes: FlatArray<UInt32>
  /// `offsets[row]..<offsets[row + 1]` are those of a row's list.
  let offsets: FlatArray<UInt32>
  private let numbers: [Value: UInt32]

  /// O(elements).
  init?(_ lists: [Value]) {
    var numbers: [Value: UInt32] = [:]
    var codes: [UInt32] = []
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(lists.count + 1)
    var isOfStrings: Bool?
    for list in lists {
      guard case .list(let list) = list, codes.count + list.count < Int(Int32.max) else { return nil }
      for element in list {
        switch element {
        case .string:
          guard isOfStrings != false else { return nil }
          isOfStrings = true
        case .integer:
          guard isOfStrings != true else { return nil }
          isOfStrings = false
        default: return nil
        }
        if let number = numbers[element] {
          codes.append(number)
        } else {
          codes.append(UInt32(numbers.count))
          numbers[element] = UInt32(numbers.count)
        }
      }
      offsets.append(UInt32(codes.count))
    }
    guard let elements = Elements(numbers, areStrings: isOfStrings ?? true) else { return nil }
    self.elements = elements
    self.codes = FlatArray(codes)
    self.offsets = FlatArray(offsets)
    self.numbers = numbers
  }

  /// Whether elements are compared with a value as two of a kind are.
  func areOfKind(of value: Value) -> Bool {
    switch (elements, value) {
    case (.strings, .string), (.integers, .integer): true
    default: false
    }
  }

  /// The number of an element, if a list has it.
  func number(of value: Value) -> UInt32? { numbers[value] }

  /// Some elements, by their numbers.
  func vector(_ numbers: [UInt32]) -> Vector {
    switch elements {
    case .strings(let heap, let offsets):
      .strings(StringVector(heap: heap, codes: .init(rows: numbers, offsets: offsets)))
    case .integers(let integers): .integers(NullableArray(numbers.map { integers[Int($0)] }))
    }
  }
}

extension ListElements.Elements {
  fileprivate init?(_ numbers: [Value: UInt32], areStrings: Bool) {
    let values = numbers.sorted { $0.value < $1.value }.map(\.key)
    if areStrings {
      var bytes: [UInt8] = []
      var offsets: [UInt32] = [0]
      for case .string(let text) in values {
        bytes += text.utf8
        guard bytes.count < Int(UInt32.max) else { return nil }
        offsets.append(UInt32(bytes.count))
      }
      self = .strings(StringHeap(bytes), offsets: FlatArray(offsets))
    } else {
      self = .integers(FlatArray(values.map { if case .integer(let number) = $0 { number } else { 0 } }))
    }
  }
}
