import KairosModel
import Merge
import Reconcile

/// Statements of memory files that repeat or contradict each other, as the stages Merge and
/// Reconcile tell them: by the letter, with vetoes for names, numbers, negation and restrictions.
struct StatementComparison {
  private(set) var findings: [AuditFinding] = []
  private let statements: [AuditStatement]

  /// Fewer words than this say too little to be the same by more than chance.
  private static let wordsMin = 4
  /// So many words are the same statement under any heading.
  private static let longWords = 6

  private static let slot = Slot(
    scope: Scope(project: "audit"), subject: "topic:memory", predicate: "rule")

  init(_ statements: [AuditStatement]) {
    self.statements = statements.filter { statement in
      guard Self.isSentence(statement.text) else { return false }
      return Wording(statement.text).sequence.count >= Self.wordsMin
    }
    let merged = MergeStage().claims(slot: Self.slot, observations: observations)
    for claim in merged.claims { repeated(claim) }
    let reconciled = ReconcileStage(workspace: nil, newestEvidence: nil).reconcile(merged.claims)
    let byID = Dictionary(
      merged.claims.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for loser in reconciled.claims {
      guard let winner = loser.supersededBy.flatMap({ byID[$0] }) else { continue }
      contradict(loser.claim, winner)
    }
    oppose()
  }

  /// Lines that announce others, points of a count and unfenced code say nothing by themselves.
  private static func isSentence(_ text: String) -> Bool {
    !text.hasSuffix(":") && text.first?.isNumber != true
      && !["{ ", " => ", " = ", "; ", "():"].contains { text.contains($0) }
  }

  /// The statements as what a person says, all at the same time.
  private var observations: [Observation] {
    statements.enumerated().map { index, statement in
      let place = Place(
        source: "audit", path: statement.file.shown, lines: statement.lines, digest: "")
      return Observation(
        rule: "audit", kind: .convention, slot: Self.slot, value: statement.whole,
        statement: statement.whole, actor: .human, grounded: false, session: nil,
        lineage: String(index), at: nil,
        evidence: Evidence(
          place: place, session: nil, event: nil, actor: .human, at: nil, quote: statement.text))
    }
  }

  /// The claim's statements in the order of the files.
  private func members(_ claim: Claim) -> [AuditStatement] {
    claim.observations.compactMap { Int($0.lineage) }.sorted().map { statements[$0] }
  }

  // MARK: - Repetitions

  private mutating func repeated(_ claim: Claim) {
    let members = members(claim)
    for (index, later) in members.enumerated().dropFirst() {
      let earlier = members[..<index].first { $0.file.meets(later.file) && isRepeated($0, later) }
      guard let earlier else { continue }
      let isSame = Wording(earlier.whole) == Wording(later.whole)
      if earlier.isExported != later.isExported {
        let copy = earlier.isExported ? later : earlier
        add(
          .recallLoop, copy, "It is a statement that kairos exported, copied out of its section.",
          copy.isExported ? earlier : earlier.isExported ? earlier : later)
      } else {
        add(
          isSame ? .duplicate : .nearDuplicate, later,
          isSame ? "It is said before." : "It says little more or less than an earlier statement.",
          earlier)
      }
    }
  }

  /// Files for different agents say the same on purpose; short items mean what their list means.
  private func isRepeated(_ one: AuditStatement, _ two: AuditStatement) -> Bool {
    guard one.file.path == two.file.path || one.file.reader == two.file.reader else {
      return false
    }
    guard one.lead == two.lead else { return false }
    // The first heading of a file is its title.
    let title = one.file.path == two.file.path ? 0 : 1
    return one.headings.dropFirst(title) == two.headings.dropFirst(title)
      || Wording(two.text).sequence.count >= Self.longWords
  }

  // MARK: - Contradictions

  private mutating func contradict(_ left: Claim, _ right: Claim) {
    for one in members(left) {
      for two in members(right) where one.file.meets(two.file) {
        let isOrdered =
          (one.file.shown, one.lines.lowerBound) <= (two.file.shown, two.lines.lowerBound)
        let (first, second) = isOrdered ? (one, two) : (two, one)
        guard !Self.counts(first.whole), !Self.counts(second.whole), isOneQuestion(first, second)
        else { continue }
        let why = Wording(first.whole).conflict(with: Wording(second.whole)) ?? "they differ"
        add(.contradiction, second, "It contradicts another statement: \(why).", first)
        return
      }
    }
  }

  /// The same sentence with one word replaced by its opposite. Of the opposites that keep wordings
  /// apart only these exclude each other: clients and servers may both do the same.
  private mutating func oppose() {
    var groups: [String: [Int]] = [:]
    let wordings = statements.map { Wording($0.whole) }
    for (index, wording) in wordings.enumerated() where !wording.words.isDisjoint(with: Self.sides)
    {
      let parts = wording.exact + ["-"] + wording.limits.sorted() + ["\(wording.words.count)"]
      groups[parts.joined(separator: "\u{1f}"), default: []].append(index)
    }
    for members in groups.values.sorted(by: { $0[0] < $1[0] }) {
      for (position, left) in members.enumerated() {
        for right in members[(position + 1)...] where excludes(wordings[left], wordings[right]) {
          let (first, second) = (statements[left], statements[right])
          guard first.file.meets(second.file) else { continue }
          let why = wordings[left].conflict(with: wordings[right]) ?? ""
          add(.contradiction, second, "It contradicts another statement: \(why).", first)
        }
      }
    }
  }

  private func excludes(_ left: Wording, _ right: Wording) -> Bool {
    let apart = left.words.symmetricDifference(right.words)
    guard apart.count == 2, apart.isSubset(of: Self.sides) else { return false }
    return left.conflict(with: right)?.hasPrefix("opposites") ?? false
  }

  /// Stems of words whose opposites cannot both hold.
  private static let sides: Set<String> = [
    "enabl", "disabl", "allow", "deny", "forbid", "includ", "exclud", "requir", "optional", "keep",
    "remove", "tab", "spac", "singl", "doubl", "tru", "fals",
  ]

  /// Whether two statements with different numbers are about the same thing: short ones are about
  /// what their heading names.
  private func isOneQuestion(_ one: AuditStatement, _ two: AuditStatement) -> Bool {
    let wording = Wording(two.whole)
    if Wording(one.whole).negated != wording.negated { return true }
    return one.headings == two.headings && one.lead == two.lead
      || wording.sequence.count >= Self.longWords
  }

  /// "Step 2: …": the number is a place in an order.
  private static func counts(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return zip(words, words.dropFirst()).contains { word, next in
      next.allSatisfy(\.isNumber) && ordered.contains(String(word))
    }
  }

  private static let ordered: Set<String> = [
    "step", "phase", "level", "option", "rule", "part", "day", "week", "tier", "section", "stage",
    "chapter", "task", "example", "priority", "round", "layer", "figure", "table", "item", "pass",
    "method", "approach", "scenario", "case", "iteration", "milestone", "sprint", "story",
  ]

  private mutating func add(
    _ rule: AuditRule, _ statement: AuditStatement, _ message: String, _ other: AuditStatement
  ) {
    findings.append(
      AuditFinding(
        rule, statement.place, message, evidence: statement.text, related: other.place,
        relatedEvidence: other.text))
  }
}
