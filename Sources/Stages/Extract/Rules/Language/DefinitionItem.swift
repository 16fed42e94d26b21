import KairosModel

/// A list item that defines a thing: its name, a dash or colon, and a noun phrase or a verb in the
/// third person. An item that goes on with a participle or imperative of editing tells work, and
/// the heading above it decides neither.
enum DefinitionItem {
  /// The item as a sentence about its name; `nil` when it is none.
  static func tokens(_ item: [Token]) -> [Token]? {
    let tokens = withoutStatus(ClauseSplitter.trimmed(item))
    guard tokens.count >= 5, tokens[0].isName, ["-", "--", ":"].contains(tokens[1].text) else {
      return nil
    }
    let words = tokens.dropFirst(2).map(\.lower)
    guard !tellsWork(words) else { return nil }
    return tokens
  }

  /// Whether the words after the label are a noun phrase that says what the thing is: it holds a
  /// noun for a sort of thing before any preposition.
  static func isNounPhrase(_ words: [String]) -> Bool {
    guard let first = words.first, words.count >= 4, !Lexicon.presentVerbs.contains(first),
      !Lexicon.negators.contains(first), !tellsWork(words)
    else { return false }
    // "`other()` does …" has another subject; "`Name` interface with …" lists parts.
    if first == Token.mask { return false }
    let head = words.prefix(6).prefix { !links.contains($0) }
    let isSort = head.contains { sorts.contains(StatementKey.singular($0)) }
    return isSort && head.count < words.count && !Lexicon.baseVerbs.contains(first)
  }

  /// Whether the item says what was done, or what is the matter.
  private static func tellsWork(_ words: [String]) -> Bool {
    guard let first = words.first else { return true }
    let participle =
      first.hasSuffix("ed") || ["rewrote", "made", "put", "new", "now"].contains(first)
    return participle || Lexicon.verbs.contains(first) || edits.contains(first)
      || states.contains(first)
      || words.contains {
        ["->", "instead", "now", "added", "removed", "lines", "change", "triggers"].contains($0)
      }
  }

  /// "`name` (new) - …": that it is new passes.
  private static func withoutStatus(_ tokens: [Token]) -> [Token] {
    guard tokens.count > 4, tokens[1].text == "(",
      let close = tokens[...5.clamped(below: tokens.count)].firstIndex(where: { $0.text == ")" }),
      tokens[2..<close].allSatisfy({ ["new", "file", "created"].contains($0.lower) })
    else { return tokens }
    return [tokens[0]] + tokens[(close + 1)...]
  }

  private static let links: Set<String> = [
    "for", "that", "which", "with", "of", "using", "to", "in", "from", "by", "who", "where", "used",
    "on", ",",
  ]

  private static let sorts: Set<String> = [
    "component", "module", "helper", "hook", "service", "wrapper", "class", "endpoint", "builder",
    "parser", "middleware", "page", "view", "model", "schema", "registry", "factory", "handler",
    "client", "server", "store", "repository", "controller", "entity", "provider", "adapter",
    "utility", "function", "constant", "script", "command", "dialog", "panel", "form", "route",
    "router", "guard", "strategy", "queue", "worker", "job", "cache", "plugin", "type", "interface",
    "file",
    "struct", "enum", "api", "engine", "prompt", "template", "logic", "definition",
  ]

  /// Verbs of editing that no rule of people needs.
  private static let edits: Set<String> = [
    "classify", "redirect", "surface", "gate", "tighten", "simplify", "correct", "adjust", "rework",
    "unify", "hoist", "thread", "wire", "clarify", "centralize", "deduplicate", "widen", "narrow",
    "mirror", "backfill", "polish", "relax", "loosen", "expand", "reorder", "restyle", "swap",
  ]

  private static let states: Set<String> = [
    "no", "all", "missing", "same", "unchanged", "not", "already", "done", "pass", "passes",
    "fails",
    "still", "clean", "ok", "yes", "see", "needs",
  ]
}

extension Int {
  /// The nearest index inside a row of `count` things.
  fileprivate func clamped(below count: Int) -> Int { Swift.min(self, count - 1) }
}

/// Names that belong to a dependency or the runtime, by the part before their dot.
enum ForeignAPI {
  /// Whether a manifest of the tree lists the head of a qualified name (`Bun.spawn`), and the tree
  /// uses the name.
  static func owns(_ name: String, _ index: WorkspaceIndex?) -> Bool {
    guard let index else { return false }
    let parts = name.split { $0 == "." || $0 == ":" || $0 == "(" }
    guard parts.count >= 2, let head = parts.first, let last = parts.last(where: { $0 != ")" }),
      head.count >= 3, index.definitions(of: String(head)).isEmpty
    else { return false }
    return index.isListed(head.lowercased(), asPathPart: false)
      && index.file(containing: String(last)) != nil
  }
}
