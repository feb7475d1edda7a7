/// A script cut into what runs one after the other: statements, ended by `;`, and lines of the shell's own commands,
/// which start with `:`.
///
/// This only finds the ends. Strings, quoted names and comments are passed over, so a `;` in them ends nothing; whether
/// a statement makes sense is for the parser.
struct ScriptText {
  /// One step of a script.
  struct Step: Equatable {
    enum Kind: Equatable {
      /// A statement of the language, without its `;`.
      case statement
      /// A command of the shell, with its colon.
      case command
    }

    var kind: Kind
    /// The text, without white space around it.
    var text: String
    /// Where `text` starts in the script, in UTF-8 bytes.
    var offset: Int
    /// Whether a `;` ends it.
    var isTerminated: Bool
  }

  /// The steps of a script.
  static func steps(of script: String) -> [Step] {
    var scanner = Scanner(bytes: Array(script.utf8))
    return scanner.steps()
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    mutating func steps() -> [Step] {
      var steps: [Step] = []
      while true {
        skipSpaceAndComments()
        guard position < bytes.count else { return steps }
        if bytes[position] == UInt8(ascii: ";") {
          position += 1
        } else if bytes[position] == UInt8(ascii: ":") {
          let start = position
          skipLine()
          steps.append(step(.command, from: start, isTerminated: true))
        } else {
          let start = position
          skipStatement()
          let isTerminated = position < bytes.count
          steps.append(step(.statement, from: start, isTerminated: isTerminated))
          if isTerminated { position += 1 }
        }
      }
    }

    private func step(_ kind: Step.Kind, from start: Int, isTerminated: Bool) -> Step {
      var end = position
      while end > start, isSpace(bytes[end - 1]) { end -= 1 }
      return Step(
        kind: kind, text: String(decoding: bytes[start..<end], as: UTF8.self), offset: start, isTerminated: isTerminated
      )
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private func isComment(_ second: Character) -> Bool {
      bytes[position] == UInt8(ascii: "/") && position + 1 < bytes.count && bytes[position + 1] == second.asciiValue
    }

    private mutating func skipSpaceAndComments() {
      while position < bytes.count {
        if isSpace(bytes[position]) {
          position += 1
        } else if bytes[position...].starts(with: [0xEF, 0xBB, 0xBF]) {
          position += 3  // a byte order mark
        } else if isComment("/") {
          skipLine()
        } else if isComment("*") {
          // An unterminated comment is the parser's to report: then it is a statement that starts here.
          let start = position
          guard skipBlockComment() else {
            position = start
            return
          }
        } else {
          return
        }
      }
    }

    private mutating func skipLine() {
      while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
    }

    private mutating func skipBlockComment() -> Bool {
      position += 2
      while position + 1 < bytes.count {
        if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
          position += 2
          return true
        }
        position += 1
      }
      position = bytes.count
      return false
    }

    private mutating func skipStatement() {
      while position < bytes.count {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: ";"): return
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): skipQuoted(byte)
        case UInt8(ascii: "/") where isComment("/"): skipLine()
        case UInt8(ascii: "/") where isComment("*"): _ = skipBlockComment()
        default: position += 1
        }
      }
    }

    private mutating func skipQuoted(_ quote: UInt8) {
      position += 1
      while position < bytes.count, bytes[position] != quote {
        // Backslash escapes in strings; in quoted names only a doubled backquote does, which two quoted names are too.
        if bytes[position] == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") { position += 1 }
        position += 1
      }
      position = Swift.min(position + 1, bytes.count)
    }
  }
}
