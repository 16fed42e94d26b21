/// Whether a description of a labelled thing says more than its name: "`Stop`: stopped" and
/// "`go.mod`: module dependencies" teach nobody anything.
enum LabelNovelty {
  /// At least one name, or two words that are neither generic nor in the label.
  static func says(_ tokens: [Token]) -> Bool {
    guard let label = tokens.first else { return true }
    let known = label.text.lowercased()
    let rest = tokens.dropFirst().filter { $0.kind != .punctuation }
    if rest.contains(where: { $0.kind != .word && !known.contains($0.text.lowercased()) }) {
      return true
    }
    let fresh = Set(rest.map { StatementKey.singular($0.lower) }).filter { word in
      word.count > 3 && !Lexicon.stopWords.contains(word) && !generic.contains(word)
        && !known.contains(word.prefix(5))
    }
    return fresh.count >= 2
  }

  private static let generic: Set<String> = [
    "module", "file", "type", "definition", "utility", "helper", "function", "class", "share",
    "shared", "common", "management", "manager", "handler", "support", "component", "logic",
    "operation", "system", "related", "various", "implementation", "main", "package", "code",
    "explicitly", "this", "that", "with",
  ]
}
