/// Reads lines from a descriptor as they come.
final class LineReader {
  private let descriptor: Int32?
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// A reader of a descriptor, which stays the caller's.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// A reader of text at hand.
  init(text: String) {
    descriptor = nil
    buffer = Array(text.utf8)
    isAtEnd = true
  }

  /// The next line without its line feed; `nil` at the end. A descriptor that fails has ended.
  func next() -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { position = end + 1 }
        return buffer[position..<end]
      }
      searched = buffer.count
      if isAtEnd {
        guard position < buffer.count else { return nil }
        defer { position = buffer.count }
        return buffer[position...]
      }
      if position > 0 {
        buffer.removeFirst(position)
        searched -= position
        position = 0
      }
      let bytes = descriptor.flatMap { try? System.read($0) } ?? []
      if bytes.isEmpty { isAtEnd = true } else { buffer += bytes }
    }
  }
}
