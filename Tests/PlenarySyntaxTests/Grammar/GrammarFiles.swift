import Foundation

/// The grammar of the language, as the files in `Grammar/` say it.
struct GrammarFiles: Sendable {
  /// Every production by name.
  let productions: [String: GrammarProduction]
  /// The names in the order written, file by file.
  let names: [String]
  /// The names that `lexical.bnf` defines.
  let lexicalNames: Set<String>
  /// The right sides of the productions for symbols that the notation itself uses, such as `<left bracket>`.
  let markSymbols: [String: String]
  /// The kinds of tokens, and whether a later one yields to an earlier one of the same length: their order.
  let tokenKinds: [String]
  /// The kinds of text between tokens.
  let separatorKinds: [String]

  static let start = "script"

  /// The grammar of the package that this file belongs to.
  static let shared = Result { try GrammarFiles(directory: packageRoot.appendingPathComponent("Grammar")) }

  /// The directory of `Package.swift`.
  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init(directory: URL) throws {
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "bnf" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    var texts: [(isLexical: Bool, text: String)] = []
    for file in files {
      texts.append((file.lastPathComponent == "lexical.bnf", try String(contentsOf: file, encoding: .utf8)))
    }
    try self.init(texts: texts)
  }

  /// Makes a grammar from the texts of its files.
  init(texts: [(isLexical: Bool, text: String)]) throws {
    var productions: [String: GrammarProduction] = [:]
    var names: [String] = []
    var lexicalNames: Set<String> = []
    var markSymbols: [String: String] = [:]
    for (isLexical, text) in texts {
      for production in try GrammarNotation.read(text) {
        guard productions.updateValue(production, forKey: production.name) == nil else {
          throw GrammarNotationError(description: "<\(production.name)> is defined twice")
        }
        names.append(production.name)
        guard isLexical else { continue }
        lexicalNames.insert(production.name)
        if case .terminal(let text) = production.body { markSymbols[production.name] = text }
      }
    }
    guard productions[Self.start] != nil else {
      throw GrammarNotationError(description: "<\(Self.start)> is not defined")
    }
    self.productions = productions
    self.names = names
    self.lexicalNames = lexicalNames
    self.markSymbols = markSymbols
    func alternatives(_ name: String) -> [String] {
      (productions[name]?.body?.all ?? []).compactMap { if case .reference(let name) = $0 { name } else { nil } }
    }
    self.tokenKinds = alternatives("token")
    self.separatorKinds = alternatives("separator")
  }

  /// The productions above the lexical part.
  var syntacticProductions: [GrammarProduction] {
    names.filter { !lexicalNames.contains($0) }.compactMap { productions[$0] }
  }

  /// The keywords, in capitals.
  var keywords: Set<String> {
    Set(terminals.filter { $0.first?.isLetter == true })
  }

  /// The symbols, in the spelling of the language.
  var symbols: Set<String> {
    Set(terminals.filter { $0.first?.isLetter == false }).union(markSymbols.values)
  }

  private var terminals: [String] {
    syntacticProductions.flatMap { $0.body?.all ?? [] }
      .compactMap { if case .terminal(let text) = $0 { text } else { nil } }
  }
}
