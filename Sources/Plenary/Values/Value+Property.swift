extension Value {
  /// The value, if a property can hold it: a simple value, or a list of simple values of one type, where integers
  /// and floats are one type. openCypher 9, property types.
  ///
  /// - Throws: `invalidPropertyType`.
  func checkedAsProperty() throws(QueryError) -> Value {
    guard case .list(let elements) = self else {
      guard !valueType.isDisjoint(with: ValueType.simple) || isNull else {
        throw QueryError(
          .invalidPropertyType,
          "\(valueType.phrase) as a property, expected a boolean, number, string, temporal value or list")
      }
      return self
    }
    var common: ValueType?
    for element in elements {
      let type = element.valueType.isDisjoint(with: .number) ? element.valueType : .number
      guard ValueType.simple.isSuperset(of: type), !element.isNull else {
        throw QueryError(
          .invalidPropertyType,
          "a list with \(element.valueType.phrase) as a property, expected a list of booleans, numbers, strings or temporal values"
        )
      }
      if let common, common != type {
        throw QueryError(
          .invalidPropertyType,
          "a list with \(elements[0].valueType.phrase) and \(element.valueType.phrase) as a property, expected elements of one type"
        )
      }
      common = type
    }
    return self
  }
}

extension ValueType {
  /// What a property can hold alone, and in a list.
  fileprivate static let simple: ValueType = [.boolean, .number, .string, .instant, .duration]
}
