/// Names: variables, labels, types, keys, functions, procedures, parameters.
extension Parser {
  /// The name that a token is, with quotes and escapes resolved.
  func name(of token: Token) -> Name {
    var start = Int(token.start)
    var end = Int(token.end)
    if token.kind == .parameter { start += 1 }
    guard start < end, bytes[start] == UInt8(ascii: "`") else {
      return Name(String(decoding: bytes[start..<end], as: UTF8.self), at: token.range)
    }
    start += 1
    if end > start, bytes[end - 1] == UInt8(ascii: "`") { end -= 1 }
    guard token.flags.contains(.escaped) else {
      return Name(String(decoding: bytes[start..<end], as: UTF8.self), at: token.range)
    }
    var unescaped: [UInt8] = []
    var position = start
    while position < end {
      unescaped.append(bytes[position])
      // A quote inside the name is written twice.
      position += bytes[position] == UInt8(ascii: "`") && position + 1 < end ? 2 : 1
    }
    return Name(String(decoding: unescaped, as: UTF8.self), at: token.range)
  }

  /// Takes the token at hand as a name.
  @inline(never) mutating func takeName() -> Name {
    let name = name(of: current)
    advance()
    return name
  }

  /// `Variable`: a name that is no reserved word.
  @inline(never) mutating func parseVariable(_ what: String = "a variable") -> Name? {
    if isPanicking { return nil }
    if kind.isSymbolicName { return takeName() }
    fail(expected: what, hint: hintForReservedName())
    return nil
  }

  /// `SchemaName`: a label, relationship type or property key; reserved words are allowed.
  @inline(never) mutating func parseSchemaName(_ what: String) -> Name? {
    if isPanicking { return nil }
    if kind.isSchemaName { return takeName() }
    fail(expected: what)
    return nil
  }

  /// `a.b.c`: the dotted name of a procedure, as one name; any word will do.
  mutating func parseDottedName(_ what: String) -> Name? {
    guard var name = parseSchemaName(what) else { return nil }
    while !isPanicking, eat(.dot) {
      guard let part = parseSchemaName(what) else { break }
      name.text += "." + part.text
      name.range = name.range.union(part.range)
    }
    return name
  }
}
