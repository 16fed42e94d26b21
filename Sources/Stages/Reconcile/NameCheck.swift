import KairosModel

/// What the newest files say about the things that a claim names.
struct NameCheck {
  let named: NamedThings
  /// The first thing that exists, when all do.
  let verification: Verification?
  /// The thing that is gone.
  let gone: Mention?

  static let unchecked = NameCheck(named: .unchecked, verification: nil, gone: nil)

  init(named: NamedThings, verification: Verification?, gone: Mention?) {
    self.named = named
    self.verification = verification
    self.gone = gone
  }

  /// Asks the files about everything that the claim's statement names. A claim that denies,
  /// forbids or reports a removal may name what is gone; it is then open, never refuted.
  init(_ claim: Claim, files: NewestFiles) {
    let mentions = Self.mentions(of: claim)
    guard !mentions.isEmpty else {
      self.init(named: .none, verification: nil, gone: nil)
      return
    }
    var proof: Verification?
    var gone: Mention?
    var open = false
    var missing = false
    for mention in mentions {
      if let found = files.index.verify(mention) {
        if proof == nil || mention.kind == .path { proof = proof ?? found }
      } else if gone == nil, Self.isGone(mention, files: files) {
        gone = mention
      } else {
        missing = true
        open = open || mention.kind == .path || mention.kind == .symbol
      }
    }
    if let gone, !Self.speaksOfAbsence(claim), !files.hasLaterVoice(claim) {
      self.init(named: .gone, verification: nil, gone: gone)
    } else if gone != nil || open {
      self.init(named: .open, verification: nil, gone: nil)
    } else if missing {
      self.init(named: .mostly, verification: nil, gone: nil)
    } else {
      self.init(named: .exist, verification: proof, gone: nil)
    }
  }

  /// Things in the statement; when it names none of them, all things of its observations. What one
  /// odd observation adds must not decide about the others.
  ///
  /// Of a command that a document shows, the document's own: the files that prove its program. The
  /// words of its arguments are in no file.
  private static func mentions(of claim: Claim) -> [Mention] {
    if Predicate.of(claim.slot.predicate).base == "command" {
      let written = claim.observations.filter { $0.actor == .document }.flatMap(\.mentions)
      if !written.isEmpty { return Array(Set(written)).sorted() }
    }
    let all = Set(claim.observations.flatMap(\.mentions)).sorted()
    let stated = all.filter { claim.statement.contains($0.name) }
    return stated.isEmpty ? all : stated
  }

  /// Whether a thing that `verify` does not find is known to be gone rather than out of sight.
  private static func isGone(_ mention: Mention, files: NewestFiles) -> Bool {
    switch mention.kind {
    case .path: return isGonePath(mention.name, index: files.index)
    case .symbol: return !files.index.workspace.files.isEmpty
    // Programs are not in the tree; only a task of a task runner is.
    case .command: return files.tasks.missing(command: mention.name) != nil
    case .package, .word: return false
    }
  }

  /// A path is gone when its first folder is still in the tree, or when it is a bare name whose
  /// words occur nowhere. Absolute, home and pattern paths, and folders that the tree does not
  /// have (build output, ignored files), are out of sight.
  private static func isGonePath(_ text: String, index: WorkspaceIndex) -> Bool {
    guard !index.hasPath(text), !text.hasPrefix("/"), !text.hasPrefix("~"),
      !text.contains(where: { "*$<>{}:".contains($0) }), !text.contains("..")
    else { return false }
    let parts = text.split(separator: "/").filter { $0 != "." }
    if parts.count > 1 { return index.isFolder(String(parts[0])) }
    let words = WorkspaceIndex.words(of: text.prefix { $0 != "." }.description)
    return text.contains(".") && !words.isEmpty
      && words.contains { index.file(containing: $0) == nil }
  }

  private static let absenceWords: Set<String> = [
    "removed", "removes", "deleted", "renamed", "replaced", "dropped", "gone", "deprecated",
    "obsolete", "moved", "formerly", "previously", "missing", "absent", "longer", "instead",
    "rather", "forbidden", "legacy", "old",
  ]

  private static func speaksOfAbsence(_ claim: Claim) -> Bool {
    let base = Predicate.of(claim.slot.predicate).base
    if claim.polarity == .negated || base == "renamed" || base == "removed" { return true }
    if !Wording(claim.statement).negated.isEmpty { return true }
    // Whole words only: a path `src/old/gone.go` says nothing about absence.
    let marks = ".,;:!?()'"
    return claim.statement.lowercased().split(whereSeparator: \.isWhitespace).contains { word in
      absenceWords.contains(String(word.drop { marks.contains($0) }.prefix { !marks.contains($0) }))
    }
  }
}
