import Extract
import KairosModel
import KairosSources
import Reconcile

/// Paths and commands of memory files that the project does not have, as the stage Reconcile
/// refutes claims by the newest files, and what the disk and `.gitignore` say beside.
struct NamedInMemory {
  private let index: WorkspaceIndex
  private let root: String
  private let reconcile: ReconcileStage
  private let ignored: IgnoredByFiles

  init(index: WorkspaceIndex, root: String) {
    self.index = index
    self.root = PathStatus.resolved(root) ?? root
    reconcile = ReconcileStage(workspace: index, newestEvidence: index.workspace.at)
    ignored = IgnoredByFiles(root: self.root)
  }

  /// What a file of the project names in vain, each name once.
  func findings(in file: AuditedFile) -> [AuditFinding] {
    guard file.inside != nil, file.form == .markdown else { return [] }
    var seen: Set<String> = []
    return MemoryText.references(in: file.body).compactMap { reference in
      guard seen.insert(reference.name).inserted else { return nil }
      switch reference.kind {
      case .command: return command(reference, in: file)
      case .path: return path(reference, in: file)
      case .link, .import: return target(reference, in: file)
      }
    }
  }

  // MARK: - Commands

  private func command(_ reference: MemoryReference, in file: AuditedFile) -> AuditFinding? {
    let mention = Mention(kind: .command, name: reference.name)
    guard isGone(mention, reference, predicate: "rule") else { return nil }
    let refuted = verdict(mention, reference, predicate: "command.task")
    guard refuted.disposition == .refutedByWorkspace else { return nil }
    return AuditFinding(
      .deadCommand, file.place(reference.line),
      "`\(reference.name)` cannot run: \(Self.plain(refuted.reason)).",
      evidence: reference.sentence)
  }

  private static func plain(_ reason: String) -> String {
    let head = "refuted by the newest files: "
    let plain = reason.hasPrefix(head) ? reason.dropFirst(head.count) : reason[...]
    return String(plain.hasSuffix(" any more") ? plain.dropLast(9) : plain)
  }

  // MARK: - Paths

  private func path(_ reference: MemoryReference, in file: AuditedFile) -> AuditFinding? {
    let name = Self.withoutPlace(reference.name)
    guard !Self.isMade(reference.sentence), !Self.isPlaceholder(name),
      isGone(Mention(kind: .path, name: name), reference, predicate: "rule"),
      !isThere(name, beside: file)
    else { return nil }
    return AuditFinding(
      .deadPath, file.place(reference.line), "`\(name)` is not in the project.",
      evidence: reference.sentence)
  }

  private func target(_ reference: MemoryReference, in file: AuditedFile) -> AuditFinding? {
    let name = reference.name
    guard !name.hasPrefix("~"), !Self.isPlaceholder(name), !isThere(name, beside: file) else {
      return nil
    }
    let what = reference.kind == .import ? "the import" : "the link"
    return AuditFinding(
      .deadPath, file.place(reference.line), "`\(name)`, the target of \(what), does not exist.",
      evidence: reference.sentence)
  }

  /// From the file's folder, from the project's, on the disk or ignored.
  private func isThere(_ name: String, beside file: AuditedFile) -> Bool {
    let folder = FilePath.parent(of: file.path)
    let places = [
      FilePath.absolute(name, in: folder),
      FilePath.absolute(name.hasPrefix("/") ? String(name.dropFirst()) : name, in: root),
    ]
    return places.contains { place in
      if PathStatus.of(place) != nil { return true }
      return FilePath.below(root, place).map(ignored.contains) ?? false
    }
  }

  /// `src/a.c:12` without its line.
  private static func withoutPlace(_ name: String) -> String {
    guard let colon = name.lastIndex(of: ":"), name[colon...].dropFirst().allSatisfy(\.isNumber)
    else { return name }
    return String(name[..<colon])
  }

  /// Sentences about what will be there, may be there, or stands for something.
  private static func isMade(_ sentence: String) -> Bool {
    let words = Set(
      sentence.lowercased().split { !$0.isLetter && $0 != "." && $0 != "-" }.map {
        $0.last == "." && $0 != "e.g." ? String($0.dropLast()) : String($0)
      })
    return !words.isDisjoint(with: madeWords)
  }

  private static let madeWords: Set<String> = [
    "create", "creates", "created", "creating", "add", "adds", "adding", "new", "generate",
    "generates", "generated", "generating", "write", "writes", "written", "writing", "output",
    "outputs", "produce", "produces", "save", "saves", "saved", "store", "stores", "stored", "e.g.",
    "e.g", "example", "examples", "like", "name", "named", "names", "ignored", "gitignore",
    "gitignored", "download", "downloads", "downloaded", "copy", "copies", "rename", "temporary",
    "user", "users", "home", "optional", "if", "when", "would", "could", "may", "might", "becomes",
    "builds", "compiled", "emits", "upstream", "another", "external", "pattern", "format",
  ]

  private static func isPlaceholder(_ name: String) -> Bool {
    let lower = name.lowercased()
    // A time in a name is that of an example.
    let isDated = lower.firstMatch(of: /20\d\d-?[01]\d-?[0-3]\d/) != nil
    return isDated || lower.contains(where: { "<>{}[]*$%".contains($0) })
      || lower.contains("...")
      || ["foo", "bar", "baz", "example", "your", "my-", "my_", "xxx", "yyyy", "path/to"]
        .contains { lower.contains($0) }
  }

  // MARK: - What the stage says

  private func isGone(_ mention: Mention, _ reference: MemoryReference, predicate: String) -> Bool {
    verdict(mention, reference, predicate: predicate).named == .gone
  }

  private func verdict(
    _ mention: Mention, _ reference: MemoryReference, predicate: String
  ) -> (named: NamedThings, disposition: Disposition, reason: String) {
    let slot = Slot(scope: Scope(project: "audit"), subject: "project", predicate: predicate)
    let place = Place(source: "audit", bytes: 0..<0, digest: "")
    let observation = Observation(
      rule: "audit", kind: .convention, slot: slot, value: mention.name,
      statement: reference.sentence, actor: .human, grounded: false, session: nil,
      lineage: "audit", at: nil, mentions: [mention],
      evidence: Evidence(
        place: place, session: nil, event: nil, actor: .human, at: nil, quote: ""))
    let claim = Claim(
      slot: slot, kind: .convention, value: mention.name, polarity: .affirmed,
      statement: reference.sentence, observations: [observation], merges: [])
    guard let result = reconcile.reconcile([claim]).claims.first else {
      return (.unchecked, .none, "")
    }
    return (result.named, result.disposition, result.reason)
  }
}
