/// Splits a script at its semicolons, other than those in strings, quoted names and comments.
func statements(in script: String) -> [String] {
  var statements: [String] = []
  var statement = String.UnicodeScalarView()
  let scalars = Array(script.unicodeScalars)
  var index = 0
  /// What ends the string, name or comment that `index` is in.
  var closing: [Unicode.Scalar]?

  while index < scalars.count {
    let scalar = scalars[index]
    let rest = scalars[index...]
    if let end = closing {
      if rest.starts(with: end) {
        statement.append(contentsOf: end)
        index += end.count
        closing = nil
        continue
      }
      if scalar == "\\", end == ["'"] || end == ["\""], rest.count > 1 {
        statement.append(scalar)
        index += 1
      }
    } else if scalar == ";" {
      statements.append(String(statement))
      statement.removeAll()
      index += 1
      continue
    } else if scalar == "'" || scalar == "\"" || scalar == "`" {
      closing = [scalar]
    } else if rest.starts(with: ["/", "/"]) {
      closing = ["\n"]
    } else if rest.starts(with: ["/", "*"]) {
      closing = ["*", "/"]
    }
    statement.append(scalars[index])
    index += 1
  }
  statements.append(String(statement))
  return statements.map(\.trimmed).filter { !$0.isEmpty }
}
