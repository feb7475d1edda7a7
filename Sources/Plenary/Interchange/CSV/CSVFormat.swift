/// The marks of a CSV file.
public struct CSVFormat: Hashable, Sendable {
  /// What parts cells; a comma.
  public var delimiter = UInt8(ascii: ",")
  /// What encloses cells that hold delimiters, line ends or quotes, and is doubled inside them.
  public var quote = UInt8(ascii: "\"")
  /// What parts the elements of a list inside a cell, and the labels of a node; a semicolon.
  public var listDelimiter = UInt8(ascii: ";")

  /// Commas, double quotes and semicolons.
  public init() {}
}
