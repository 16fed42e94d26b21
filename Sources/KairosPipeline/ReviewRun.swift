import KairosModel

/// One fact that a person can decide about.
public struct ReviewItem: Sendable {
  public let fact: Fact
  /// Other answers to the same question, when the evidence cannot choose.
  public let rivals: [Fact]
}

extension Memory {
  /// The file in which the open facts are reviewed, in the order of `reviewItems`.
  public func reviewText(includesFirm: Bool) throws -> String {
    ReviewFile.text(
      try reviewItems(includesFirm: includesFirm), project: configuration.project)
  }

  /// Applies decisions about facts that were shown before, all or none of them. The caller holds
  /// the lock.
  public func applyReview(
    _ decisions: [(fact: Fact, decision: ReviewDecision)], _ settings: RunSettings
  ) async throws -> [ReviewOutcome] {
    let text = decisions.map { ReviewFile.block($0.fact, $0.decision) }.joined(separator: "\n")
    return try await applyReview(Array(text.utf8), path: "the review", settings)
  }

  /// The open facts: those that need review first; with `includesFirm` also the firm ones.
  public func reviewItems(includesFirm: Bool) throws -> [ReviewItem] {
    let all = try store.facts()
    let open = all.filter { $0.state == .tentative || (includesFirm && $0.state == .firm) }
    func key(_ fact: Fact) -> (Int, FactKind, String) {
      (fact.disposition == .needsReview ? 0 : 1, fact.kind, fact.id)
    }
    let facts = open.sorted { key($0) < key($1) }
    let disputed = Set(facts.filter { $0.disposition == .needsReview }.map(\.slot))
    let bySlot = Dictionary(grouping: all.filter { disputed.contains($0.slot) }, by: \.slot)
    return facts.map { fact in
      let isDisputed = fact.disposition == .needsReview
      let rivals = (isDisputed ? bySlot[fact.slot] ?? [] : []).filter { $0.id != fact.id }
      return ReviewItem(fact: fact, rivals: rivals.sorted { $0.id < $1.id })
    }
  }

  /// Applies an edited review file: all of its decisions or, when a line is wrong, none. The
  /// caller holds the lock.
  public func applyReview(
    _ bytes: [UInt8], path: String, _ settings: RunSettings
  ) async throws -> [ReviewOutcome] {
    var mistakes: [(line: Int, text: String)] = []
    let blocks = ReviewFile.blocks(String(decoding: bytes, as: UTF8.self), mistakes: &mistakes)
    var chosen: [(fact: Fact, decision: ReviewDecision, reason: String?)] = []
    var seen: Set<String> = []
    for block in blocks {
      if !seen.insert(block.fact).inserted {
        mistakes.append((block.line, "\(block.fact) stands here twice"))
      }
      guard let line = block.decision else {
        mistakes.append((block.line, "\(block.fact) has no decision line"))
        continue
      }
      guard let decision = ReviewFile.decision(line.text) else {
        mistakes.append((line.line, Self.mistake(line.text)))
        continue
      }
      if decision == .keep { continue }
      if let fact = try checked(block, decision, &mistakes) {
        chosen.append((fact, decision, block.reason))
      }
    }
    guard mistakes.isEmpty else {
      throw ReviewFailure.badFile(
        path: path,
        mistakes: mistakes.sorted { $0.line < $1.line }.map { "line \($0.line): \($0.text)" })
    }
    let outcomes = try chosen.map { try decide($0.decision, $0.fact, reason: $0.reason) }
    if outcomes.contains(where: \.isNew) { try await settle(settings) }
    return outcomes
  }

  /// The fact of a block, when the decision can be taken about it.
  private func checked(
    _ block: ReviewFile.Block, _ decision: ReviewDecision,
    _ mistakes: inout [(line: Int, text: String)]
  ) throws -> Fact? {
    guard let fact = try store.facts(idPrefix: block.fact, limit: 2).first,
      fact.id == block.fact
    else {
      mistakes.append((block.line, "there is no fact \(block.fact) any more"))
      return nil
    }
    // A second application finds the person's own words.
    let own = if case .reword(let text) = decision { text } else { nil as String? }
    if let statement = block.statement,
      statement.text != OneLine.of(fact.statement), own != fact.statement
    {
      mistakes.append(
        (
          statement.line,
          "\(fact.id) says something else now; to change its words use `decision: reword: TEXT`"
        ))
      return nil
    }
    if decision == .accept, !fact.state.isOpen {
      mistakes.append((block.line, "\(fact.id) is \(fact.state.rawValue); pin it or leave it"))
      return nil
    }
    return fact
  }

  private static func mistake(_ text: String) -> String {
    text.hasPrefix("reword:")
      ? "a wording has from 1 to \(ReviewDecision.wordingMax) characters"
      : "there is no decision like this; known are \(ReviewFile.words)"
  }
}
