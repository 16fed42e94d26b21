import KairosModel

/// The claims of one slot with everything that is asked about them: votes, names, files.
struct SlotQuestion {
  /// Sorted by id.
  let claims: [Claim]
  let predicate: Predicate
  let options: ReconcileOptions
  let files: NewestFiles?
  let newest: Timestamp

  /// One verdict for each claim, in their order.
  func verdicts() -> [Verdict] {
    let checks = claims.map { claim in files.map { NameCheck(claim, files: $0) } ?? .unchecked }
    let proofs = claims.map { claim in files.flatMap { $0.proof(of: claim) } }
    let listed = proofs.contains { $0 != nil }
    let refutations = claims.map { claim in
      files.flatMap { $0.refutation(of: claim, slotListed: listed) }
    }
    let votes = VoteCounter(options: options, files: files, newest: newest)
      .votes(claims, checks: checks)
    let standing = Standing(
      claims: claims, votes: votes, predicate: predicate, options: options, files: files,
      newestDay: newest.day, isRefuted: refutations.map { $0 != nil },
      isListed: proofs.map { $0 != nil })
    var verdicts =
      predicate.cardinality == .one
      ? OneValued(standing).verdicts() : ManyValued(standing).verdicts()
    for index in verdicts.indices {
      ask(
        &verdicts[index], check: checks[index], proof: proofs[index],
        refutation: refutations[index])
    }
    return verdicts
  }

  /// The files' part of one verdict.
  private func ask(
    _ verdict: inout Verdict, check: NameCheck, proof: Verification?, refutation: String?
  ) {
    verdict.verified = proof ?? check.verification
    verdict.named = proof == nil ? check.named : .exist
    if let refutation {
      refute(&verdict, refutation)
    } else if proof == nil, let gone = check.gone {
      refute(&verdict, "`\(gone.name)` is nowhere in the newest files")
    } else if proof == nil, check.named == .exist, verdict.hasVoice,
      Self.isProvenByNames(predicate) || isDocumentedCommand(verdict.claim)
    {
      verdict.trace.add(
        named: "everything that it names exists in the newest files", options.namedThingsExistQ16)
    }
  }

  private func refute(_ verdict: inout Verdict, _ why: String) {
    verdict.trace.add(named: "the newest files refute it", -options.newestFilesQ16)
    guard verdict.disposition != .supersede else { return }
    verdict.disposition = .refutedByWorkspace
    verdict.validTo = files?.at
    verdict.supersededBy = nil
    verdict.reason = "refuted by the newest files: " + why
  }

  /// A command that a document shows works when the files have its program.
  private func isDocumentedCommand(_ claim: Claim) -> Bool {
    predicate.base == "command"
      && claim.observations.contains { $0.actor == .document && !$0.mentions.isEmpty }
  }

  /// Predicates of which a claim about things is likelier when the things exist. For a version or a
  /// command it says nothing that the name of the tool occurs.
  private static func isProvenByNames(_ predicate: Predicate) -> Bool {
    ["rule", "statement", "purpose", "fix", "layout"].contains(predicate.base)
  }
}

/// What both kinds of slots start from.
struct Standing {
  let claims: [Claim]
  /// In the order of folding.
  let votes: [Vote]
  let predicate: Predicate
  let options: ReconcileOptions
  let files: NewestFiles?
  let newestDay: Int64
  /// By claim: the newest files refute it.
  let isRefuted: [Bool]
  /// By claim: the newest files list its value.
  let isListed: [Bool]

  /// Positions of the votes that count, in order.
  func counting(_ isWanted: (Vote) -> Bool) -> [Int] {
    votes.indices.filter { votes[$0].share != 0 && isWanted(votes[$0]) }
  }

  /// What a vote adds to its own answer and to every other one. The newest files outrank all that
  /// was said before them.
  func emission(_ vote: Vote, wrongValues: Int64) -> (hit: Int64, miss: Int64) {
    let right = vote.reliability.permille
    let hit = FixedPoint.lnQ16(right, over: 1000) * vote.share / FixedPoint.one
    if isListed[vote.claim], vote.observation.actor == .workspace,
      files?.lists(vote.observation) == true
    {
      return (hit, hit - options.newestFilesQ16)
    }
    let wrong = FixedPoint.lnQ16(1000 - right, over: 1000 * wrongValues)
    return (hit, wrong * vote.share / FixedPoint.one)
  }

  /// The index in `steps` (positions of votes) of the last step at or before the day of `vote`; the
  /// first one when all are later; `nil` when there are none.
  func step(at vote: Vote, in steps: [Int]) -> Int? {
    guard !steps.isEmpty else { return nil }
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if votes[steps[middle]].at.day <= vote.at.day { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }
}
