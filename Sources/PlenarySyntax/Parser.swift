/// Reads query text into a tree.
public enum Parser {
  /// Reads a text. Never fails: what is wrong is in the tree's `diagnostics`.
  public static func parse(_ text: String) -> SyntaxTree { SyntaxTree(text: text) }
}
