import KairosModel

/// Subject, verb and predicate of a declarative sentence whose subject is a named thing and whose
/// verb stands in the present.
struct Predication {
  let subject: Entity
  let verb: String
  /// Words from the verb on.
  let predicate: [String]
  /// The sentence as it should be said.
  let tokens: [Token]

  /// Finds it: `(The)? words{0,3} NAME noun{0,2} (aside)? adverb? verb …`.
  static func find(_ tokens: [Token], entities: EntityReader) -> Predication? {
    if let first = tokens.first, let external = entities.external(first, at: 0) {
      // "go-git ignores …", "go-git's `Reset` deletes …"
      let owns = first.text.hasSuffix("'s") && tokens.count > 1 && tokens[1].isName
      let verb = skippingNouns(tokens, at: owns ? 2 : 1)
      guard verb < tokens.count, limits.contains(tokens[verb].lower) else { return nil }
      return make(external, named(tokens, owns: owns)[...], verb: owns ? verb + 1 : verb)
    }
    guard let start = subjectPosition(tokens),
      let subject = entities.entity(tokens[start], at: start)
    else { return nil }
    var at = start + 1
    if let colon = definition(tokens, at: at) {
      // A list item "`name` - does something".
      let verb = Token(word: tokens[colon].lower)
      return make(
        subject, tokens[...start] + [verb] + tokens[(colon + 1)...], verb: start + 1,
        isDefinition: true)
    }
    if start == 0, let item = described(tokens, by: subject) { return item }
    at = skippingAside(tokens, at: at)
    at = skippingNouns(tokens, at: at)
    at = skippingPlace(tokens, at: at)
    at = skippingAside(tokens, at: at)
    while at < tokens.count, adverbs.contains(tokens[at].lower) { at += 1 }
    return make(subject, tokens[...], verb: at)
  }

  /// "`name` - a cache for …" as "`name`: a cache for …".
  private static func described(_ tokens: [Token], by subject: Entity) -> Predication? {
    guard tokens.count >= 6, ["-", "--", ":"].contains(tokens[1].text),
      subject.mention.kind == .path || subject.mention.kind == .symbol,
      DefinitionItem.isNounPhrase(tokens.dropFirst(2).map(\.lower)),
      !tokens.dropFirst(2).prefix(5).contains(where: { vagueComplements.contains($0.lower) })
    else { return nil }
    let said = [tokens[0], Token(.punctuation, ":", spaced: false)] + tokens.dropFirst(2)
    return Predication(
      subject: subject, verb: ":", predicate: said.dropFirst(2).map(\.lower), tokens: said)
  }

  /// The tool's name as a name, so that a sentence may start with it in small letters.
  private static func named(_ tokens: [Token], owns: Bool) -> [Token] {
    guard tokens[0].text.contains("-") || owns else { return tokens }
    let name = tokens[0].text.hasSuffix("'s") ? String(tokens[0].text.dropLast(2)) : tokens[0].text
    let rest = owns ? [Token(.word, "'s", spaced: false)] : []
    return [Token(.code, name, spaced: true)] + rest + tokens.dropFirst()
  }

  /// Up to two nouns that say what sort of thing a name is, and adverbs behind them.
  private static func skippingNouns(_ tokens: [Token], at: Int) -> Int {
    var at = at
    var nouns = 0
    while at < tokens.count, nouns < 2, headNouns.contains(tokens[at].lower) {
      at += 1
      nouns += 1
    }
    while at < tokens.count, adverbs.contains(tokens[at].lower) { at += 1 }
    return at
  }

  private static func make(
    _ subject: Entity, _ tokens: ArraySlice<Token>, verb: Int, isDefinition: Bool = false
  ) -> Predication? {
    let tokens = Array(tokens)
    guard verb < tokens.count, verb + 2 < tokens.count else { return nil }
    let words = tokens.map(\.lower)
    // "`view.tsx` - accepts a property" tells of an edit.
    if isDefinition, subject.mention.kind == .path, ["accepts", "returns"].contains(words[verb]) {
      return nil
    }
    let isThing = isDefinition && thingVerbs.contains(words[verb])
    guard isThing || accepts(words, verb: verb, of: subject) else { return nil }
    return Predication(
      subject: subject, verb: words[verb], predicate: Array(words[verb...]), tokens: tokens)
  }

  /// The position of the name that opens the sentence.
  private static func subjectPosition(_ tokens: [Token]) -> Int? {
    var at = 0
    if let first = tokens.first?.lower, ["the", "a", "an"].contains(first) { at = 1 }
    var words = 0
    while at < tokens.count, words <= 3 {
      let token = tokens[at]
      if token.isName { return words == 0 || at > words ? at : nil }
      guard token.kind == .word, at == words + 1 || at == words, tokens[0].lower == "the",
        !stops.contains(token.lower), !Lexicon.presentVerbs.contains(token.lower)
      else { return nil }
      at += 1
      words += 1
    }
    return nil
  }

  /// Where the verb of a definition stands, after the dash or colon behind the name.
  private static func definition(_ tokens: [Token], at: Int) -> Int? {
    guard at + 2 < tokens.count, ["-", ":", "--", "->"].contains(tokens[at].text),
      Lexicon.presentVerbs.contains(tokens[at + 1].lower)
    else { return nil }
    return at + 1
  }

  private static func skippingAside(_ tokens: [Token], at: Int) -> Int {
    guard at < tokens.count, tokens[at].text == "(" else { return at }
    guard let close = tokens[at...].firstIndex(where: { $0.text == ")" }), close - at <= 8 else {
      return at
    }
    return close + 1
  }

  /// "in `file`", "of `Type`".
  private static func skippingPlace(_ tokens: [Token], at: Int) -> Int {
    guard at + 1 < tokens.count, ["in", "of", "from", "on"].contains(tokens[at].lower) else {
      return at
    }
    var next = at + 1
    if tokens[next].lower == "the" { next += 1 }
    guard next < tokens.count, tokens[next].isName else { return at }
    next += 1
    while next < tokens.count, headNouns.contains(tokens[next].lower) { next += 1 }
    return next
  }

  /// Whether verb and predicate say how the thing is, not how it fares at the moment.
  private static func accepts(_ words: [String], verb at: Int, of subject: Entity) -> Bool {
    let rest = Array(words[(at + 1)...].drop { adverbs.contains($0) })
    let next = rest.first ?? ""
    switch words[at] {
    case "is": return describes(rest)
    case "has" where subject.mention.kind == .package: return false
    case "has": return ["no", "a", "an", "two", "three", "its"].contains(next)
    case "does": return next == "not" && denies(Array(rest.dropFirst()), of: subject)
    case "doesn't", "cannot", "can't": return denies(rest, of: subject)
    case "must": return rest.count >= 3 && !(next == "be" && endsInGerund(rest.dropFirst().first))
    default:
      // "The X calls need …" has another verb.
      if Lexicon.baseVerbs.contains(next) || prepositions.contains(next) { return false }
      if endsInGerund(next) || next == ":" || next == "what" { return false }
      return purposeVerbs.contains(words[at])
        || subject.mention.kind != .symbol && thingVerbs.contains(words[at])
    }
  }

  /// "is a cache for …", "is stored in …", "is responsible for …".
  private static func describes(_ rest: [String]) -> Bool {
    let rest = Array(rest.drop { $0 == "not" })
    guard let first = rest.first, rest.count >= 3 else { return false }
    if ["a", "an", "the"].contains(first) {
      return !rest.dropFirst().prefix(3).contains { vagueComplements.contains($0) }
    }
    if ["responsible", "required", "optional", "thread-safe", "idempotent", "where"].contains(first)
    {
      return true
    }
    if first == "called", rest[1] == "with" || rest[1] == "in" { return false }
    return Lexicon.stativeParticiples.contains(first) && prepositions.contains(rest[1])
  }

  /// What a file, command or setting does not do is a warning; what a function does not do is
  /// usually a defect that is about to be mended.
  private static func denies(_ rest: [String], of subject: Entity) -> Bool {
    guard let verb = rest.first, rest.count >= 3, Lexicon.baseVerbs.contains(verb) else {
      return false
    }
    if ["exist", "have", "match", "need", "work", "import", "reference", "mention", "include"]
      .contains(verb)
    {
      return false
    }
    // `Bun.spawn`, `os.Exit`: somebody else's function stays as it is.
    return subject.mention.kind != .symbol || verb == "support"
      || subject.mention.name.contains(".")
  }

  private static func endsInGerund(_ word: String?) -> Bool {
    word.map { Lexicon.baseByGerund[$0] != nil } ?? false
  }

  private static let prepositions: Set<String> = [
    "in", "on", "at", "by", "from", "to", "for", "with", "when", "as", "via", "before", "after",
    "during", "only", "under", "per", "through", "into", "once", "of", "inside", "across",
  ]

  /// What a function or type is for. Which others it calls stands in the code.
  private static let purposeVerbs: Set<String> = [
    "handles", "contains", "stores", "manages", "wraps", "implements", "provides", "defines",
    "generates", "parses", "reads", "writes", "loads", "saves", "validates", "checks", "creates",
    "deletes", "converts", "formats", "renders", "registers", "resolves", "tracks", "computes",
    "calculates", "detects", "extracts", "returns", "determines", "restores", "merges", "filters",
    "captures", "represents", "holds", "maps", "records", "enforces", "ensures", "runs",
    "executes", "serializes", "deserializes", "encapsulates", "coordinates", "orchestrates",
    "schedules", "dispatches", "initializes", "configures", "sanitizes", "normalizes", "truncates",
    "redacts", "condenses", "compresses", "caches", "fetches", "sends", "emits",
    "publishes", "subscribes", "authenticates", "authorizes", "prevents", "limits", "controls",
    "selects", "decides", "strips", "escapes", "encodes", "decodes", "hashes", "signs", "installs",
    "removes", "cleans", "walks", "scans", "collects", "aggregates", "transforms", "translates",
    "preserves", "supports", "requires", "accepts", "rejects", "exposes", "exports", "prints",
    "displays", "deduplicates", "splits", "sorts", "queries", "persists", "migrates", "inherits",
    "buckets", "groups", "joins", "assigns", "lists", "builds", "sums", "counts", "picks",
    "yields", "throws", "polls", "streams", "appends",
    "panics", "retries", "spawns", "serves", "routes", "derives", "copies",
  ]

  /// Purpose when it says what a thing does; layout when it says where; gotcha when it warns.
  func kind(polarity: Polarity) -> FactKind {
    let warns = predicate.contains { Self.warnings.contains($0) }
    if polarity == .negated || warns { return .gotcha }
    if ["lives", "resides", "belongs"].contains(verb)
      || predicate.starts(with: ["is", "located"]) || predicate.starts(with: ["is", "stored"])
    {
      return .layout
    }
    return .purpose
  }

  /// Nouns that only say what sort of thing a name is.
  static let headNouns: Set<String> = [
    "function", "functions", "method", "type", "struct", "class", "interface", "file", "package",
    "module", "command", "subcommand", "flag", "option", "field", "setting", "variable", "constant",
    "hook", "handler", "helper", "directory", "folder", "branch", "script", "task", "target",
    "component", "service", "table", "column", "endpoint", "route", "macro", "trait", "enum",
    "protocol", "property", "parameter", "argument", "key", "job", "workflow", "test", "binary",
    "library", "config", "strategy", "agent", "env", "var", "object", "map", "crate",
  ]

  private static let adverbs: Set<String> = [
    "only", "always", "never", "automatically", "internally", "simply", "then", "itself", "not",
    "also", "explicitly", "intentionally", "silently", "directly", "recursively", "lazily", "just",
  ]

  /// Never part of a noun phrase before the name.
  private static let stops: Set<String> = [
    "this", "that", "these", "those", "of", "in", "to", "for", "with", "from", "by", "on", "at",
    "is", "are", "was", "were", "if", "when", "because", "so", "i", "we", "you", "it", "they",
    "only", "new", "old", "existing", "current", "same", "other", "failing", "last", "first",
    "next",
    "second", "previous", "original", "updated", "remaining", "key", "main", "issue", "problem",
    "fix", "test", "tests", "change", "changes", "real", "actual", "simplest", "best",
  ]

  /// What `is the …` says about the discussion, not about the thing.
  private static let vagueComplements: Set<String> = [
    "problem", "issue", "culprit", "cause", "fix", "same", "only", "best", "right", "correct",
    "wrong", "good", "better", "bug", "one", "key", "next", "first", "last", "new", "old", "real",
    "refactoring", "solution", "approach", "way", "race", "cleaner", "significant", "hard", "dead",
    "symptom", "mismatch", "performance", "follow-up", "blocker", "red-herring", "leftover",
    "reason", "source", "candidate", "trade-off", "edge", "no-op", "copy", "workaround", "thing",
    "simplest", "cleanest", "common", "bit", "lot", "natural", "perfect", "great", "minor", "red",
    "separate", "different", "pre-existing", "false", "reasonable", "nice", "valid", "clean",
    "test", "pure", "potential", "possible", "known", "classic", "standard", "simple",
  ]

  /// Verbs of what an outside tool can and cannot do; what it did in this project is news.
  private static let limits: Set<String> = [
    "does", "doesn't", "cannot", "can't", "requires", "supports", "ignores", "deletes", "rejects",
    "overwrites", "removes", "inherits", "needs", "accepts", "silently", "fails", "resolves",
    "reads", "writes", "creates", "must", "runs", "merges", "strips",
  ]

  /// What files, commands, settings and tools do besides.
  private static let thingVerbs: Set<String> = [
    "lives", "resides", "belongs", "depends", "documents", "describes", "starts", "opens", "builds",
    "deploys", "enables", "disables", "overrides", "specifies", "selects", "deletes", "ignores",
    "overwrites", "rewrites", "listens", "connects", "points", "produces", "consumes", "expands",
    "applies", "lints", "compiles", "bundles", "stops", "restarts", "watches", "bypasses", "skips",
    "forwards", "proxies", "needs", "inherits", "merges",
  ]

  private static let warnings: Set<String> = [
    "fails", "panics", "crashes", "deletes", "overwrites", "ignores", "silently", "deadlocks",
    "cannot", "can't", "doesn't", "must", "unsupported",
  ]
}
