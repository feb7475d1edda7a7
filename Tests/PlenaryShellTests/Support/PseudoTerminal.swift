import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A terminal to test with: what is typed on one side arrives at a program on the other, and what the program writes
/// is gathered.
final class PseudoTerminal: Sendable {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The program's side, for reading and writing.
  let slave: Int32
  /// The name of the program's side.
  let name: String
  private let master: Int32
  private let written = Mutex<[UInt8]>([])

  init() throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize(ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 1024)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw Failure(description: "no pseudo-terminal") }
    self.master = master
    self.slave = slave
    self.name = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }

  deinit {
    close(slave)
    close(master)
  }

  /// Types text.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      start += count
      drain(waiting: 0)
    }
  }

  /// Everything written so far, without escape sequences.
  var screen: String {
    drain(waiting: 0)
    return written.withLock { Self.plain(String(decoding: $0, as: UTF8.self)) }
  }

  /// Waits until the program has written a text after what earlier calls waited for, and forgets up to there.
  func expect(_ text: String, seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while true {
      let found = written.withLock { bytes in
        let plain = Self.plain(String(decoding: bytes, as: UTF8.self))
        guard let range = plain.range(of: text) else { return false }
        bytes = Array(plain[range.upperBound...].utf8)
        return true
      }
      if found { return }
      guard clock.now < end else {
        let shown = screen
        Issue.record("waited for \"\(text)\", found \"\(shown.suffix(2000))\"", sourceLocation: sourceLocation)
        throw Failure(description: "nothing written that was expected")
      }
      drain(waiting: 50)
    }
  }

  private func drain(waiting milliseconds: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    var timeout = milliseconds
    while true {
      var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, timeout) > 0 else { return }
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      let bytes = buffer[..<count]
      written.withLock { $0 += bytes }
      timeout = 0
    }
  }

  private static func plain(_ text: String) -> String {
    // Swift takes CR LF for one character; what is compared are lines.
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        if scalar != "\r" { result.append(scalar) }
        continue
      }
      if rest.first == "[" {
        rest.removeFirst()
        while let next = rest.popFirst(), !(0x40...0x7E).contains(next.value) {}
      } else {
        _ = rest.popFirst()
      }
    }
    return String(result)
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? {
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty else { return startIndex..<startIndex }
    var start = unicodeScalars.startIndex
    while start < unicodeScalars.endIndex {
      if unicodeScalars[start...].starts(with: wanted) {
        return start..<unicodeScalars.index(start, offsetBy: wanted.count)
      }
      start = unicodeScalars.index(after: start)
    }
    return nil
  }
}
