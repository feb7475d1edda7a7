/// A half-open range of UTF-8 offsets in a query text.
///
/// Offsets count bytes from the start of the text the user wrote, so a range stays valid for messages at run time.
/// Texts are limited to 4 GiB by the 32-bit offsets.
public struct SourceRange: Hashable, Sendable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset after the last byte.
  public var end: UInt32

  /// Makes a range from two byte offsets.
  @inlinable
  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// An empty range at one offset, where something is missing.
  @inlinable
  public init(at offset: UInt32) {
    self.init(start: offset, end: offset)
  }

  /// Whether the range holds no byte.
  @inlinable
  public var isEmpty: Bool { start == end }

  /// The smallest range that covers both.
  @inlinable
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(start: Swift.min(start, other.start), end: Swift.max(end, other.end))
  }
}
