import KairosModel

/// Free-text claims of one slot that contradict each other by the letter: the same words with one
/// negated, or a person's same words with another number.
///
/// By the letter only: two statements that merely seem to disagree stay side by side. Who speaks
/// later wins when at least as strong a witness; otherwise a person must decide.
struct WordingConflicts {
  let options: ReconcileOptions

  /// Marks the losers, or both sides when it is open.
  func apply(to verdicts: inout [Verdict]) {
    guard let base = verdicts.first.map({ Predicate.of($0.claim.slot.predicate).base }),
      base == "rule" || base == "statement"
    else { return }
    var groups: [String: [Int]] = [:]
    for (index, verdict) in verdicts.enumerated()
    where verdict.disposition == .none && verdict.hasVoice && verdict.claim.polarity == .affirmed {
      let wording = Wording(verdict.claim.value)
      guard wording.words.count + wording.exact.count >= 3 else { continue }
      groups[Self.skeleton(wording), default: []].append(index)
    }
    for key in groups.keys.sorted() {
      guard let members = groups[key], members.count > 1 else { continue }
      resolve(members, verdicts: &verdicts)
    }
  }

  /// The statement without negation and without the digits of its numbers.
  private static func skeleton(_ wording: Wording) -> String {
    let words = wording.words.map { $0.hasPrefix("!") ? String($0.dropFirst()) : $0 }
      .filter { !$0.isEmpty }.sorted()
    let exact = wording.exact.map { token -> String in
      let name = token.hasPrefix("!") ? String(token.dropFirst()) : token
      return isNumber(name) ? "#" : name
    }
    let limits = wording.limits.sorted()
    return [words, exact, limits].map { $0.joined(separator: " ") }.joined(separator: "\u{1f}")
  }

  private static func isNumber(_ token: String) -> Bool {
    token.first?.isNumber == true
      || token.first == "v" && token.dropFirst().first?.isNumber == true
  }

  private func resolve(_ members: [Int], verdicts: inout [Verdict]) {
    let ranked = members.sorted { left, right in
      let (a, b) = (time(verdicts[left]), time(verdicts[right]))
      return a == b ? verdicts[left].claim.id < verdicts[right].claim.id : a > b
    }
    let winner = ranked[0]
    for loser in ranked.dropFirst() {
      let (won, lost) = (
        Wording(verdicts[winner].claim.value), Wording(verdicts[loser].claim.value)
      )
      let denies = won.negated != lost.negated
      let (strong, weak) = (witness(verdicts[winner]), witness(verdicts[loser]))
      guard denies || (strong == .human && weak == .human && won.exact != lost.exact) else {
        continue
      }
      if strong >= weak {
        supersede(loser, by: winner, verdicts: &verdicts)
      } else {
        for index in [winner, loser] {
          verdicts[index].disposition = .needsReview
          verdicts[index].reason = "a weaker witness says the opposite later"
        }
      }
    }
  }

  private func supersede(_ loser: Int, by winner: Int, verdicts: inout [Verdict]) {
    verdicts[loser].disposition = .supersede
    verdicts[loser].supersededBy = verdicts[winner].claim.id
    verdicts[loser].validTo = verdicts[winner].validFrom
    verdicts[loser].reason = "superseded: later evidence says it with another sign or number"
    verdicts[loser].trace.add(named: "a later statement replaced it", -options.newestFilesQ16)
    verdicts[winner].supersedes.append(verdicts[loser].claim.id)
  }

  private func time(_ verdict: Verdict) -> Int64 {
    verdict.newestVoice.map { $0.at?.milliseconds ?? Int64.max } ?? Int64.min
  }

  private func witness(_ verdict: Verdict) -> Reliability.Witness {
    let voices = verdict.claim.observations.filter { $0.silence == nil && !$0.isHedged }
    let witnesses = voices.map {
      Reliability($0, namesExist: false, options: options).witness
    }
    return witnesses.max() ?? .external
  }
}
