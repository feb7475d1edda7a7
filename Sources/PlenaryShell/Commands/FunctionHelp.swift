import Plenary

/// Functions as `:help` explains them, from the engine's own registry.
enum FunctionHelp {
  /// Every name a function is found by.
  static var names: [String] { FunctionReference.all.flatMap { [$0.name] + $0.aliases } }

  /// The explanation of a function; `nil` when there is none of that name.
  static func text(for name: String, style: Style) -> String? {
    var wanted = name.lowercased()
    if wanted.hasSuffix("()") { wanted.removeLast(2) }
    guard
      let function = FunctionReference.all.first(where: { function in
        ([function.name] + function.aliases).contains { $0.lowercased() == wanted }
      })
    else { return nil }
    var text = style.strong(function.signature) + "\n  " + function.summary + "\n"
    if !function.aliases.isEmpty { text += "  also: " + function.aliases.joined(separator: ", ") + "\n" }
    text += "  " + style.faint("example: ") + function.example + " is " + function.exampleValue + "\n"
    return text
  }
}
