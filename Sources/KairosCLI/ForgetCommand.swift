import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos forget`: takes facts, sessions or sources out of the memory.
struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Take facts, a session or a source out of the memory.",
    discussion: HelpPage.text(
      """
      Removes observations, the evidence that rests on them, and for a session or a source also \
      its part of the event log. What stays is a tombstone of digests, so that no later ingest, \
      extraction, import or restore brings it back. A forgotten session or source is not read \
      again. Look with --dry-run first: this cannot be undone.

      --before and --after take days (2026-01-31) or times: everything that was said or done before \
      the one, from the other on, or between both. --person takes facts that name somebody, or \
      rest on a quote that does.

      Exported files are never touched, nor are snapshots; the answer says which of them still \
      hold it. `kairos export` writes files anew. --rewrite-snapshots writes the archives anew \
      that hold it, and the manifests of all that follow them: their ids change, the chain can be \
      verified as before, and each manifest says that it was rewritten. Copies elsewhere stay. \
      Alone it does so for everything that was forgotten before.
      """,
      examples: [
        ("kairos forget f_3kq9 --dry-run", "what would go with this fact"),
        ("kairos forget --query \"old server\"", "every fact with these words"),
        ("kairos forget --session 5f0c1a52-…", "everything from one session"),
        ("kairos forget --source ~/session.jsonl", "everything from one file"),
        ("kairos forget --after 2026-01-05 --before 2026-01-08", "three days"),
        ("kairos forget --person \"Ada Byron\" --rewrite-snapshots", "also from archives"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Option(help: ArgumentHelp("Every fact with these words, in any state.", valueName: "text"))
  var query: String?

  @Option(help: ArgumentHelp("Everything from this session.", valueName: "key"))
  var session: String?

  @Option(help: ArgumentHelp("Everything that was read from this file.", valueName: "path"))
  var source: String?

  @Option(
    help: ArgumentHelp("Everything that was said or done before this day.", valueName: "day"),
    transform: Self.time)
  var before: Timestamp?

  @Option(
    help: ArgumentHelp("Everything that was said or done from this day on.", valueName: "day"),
    transform: Self.time)
  var after: Timestamp?

  @Option(help: ArgumentHelp("Every fact that names this person.", valueName: "name"))
  var person: String?

  @Flag(
    name: .customLong("rewrite-snapshots"),
    help: "Also take it out of all snapshots, which changes their ids.")
  var rewriteSnapshots = false

  @Flag(name: .customLong("dry-run"), help: "Only say what would go.")
  var dryRun = false

  @Argument(help: "Id, beginning of an id, or words that occur in one fact only.")
  var fact: [String] = []

  func validate() throws {
    let hasPeriod = before != nil || after != nil
    let named =
      [query, session, source, person].compactMap { $0 }.count + (fact.isEmpty ? 0 : 1)
      + (hasPeriod ? 1 : 0)
    guard named == 1 || named == 0 && rewriteSnapshots else {
      throw ValidationError(
        "name one thing: FACT, --query, --session, --source, --person, or --before and --after.")
    }
    if let after, let before, after.milliseconds >= before.milliseconds {
      throw ValidationError("--after must be earlier than --before.")
    }
  }

  func run() async throws {
    try await Invocation.run("forget", global) { invocation in
      let target = target(invocation)
      let settings = invocation.settings(workers: nil)
      let outcome = try await invocation.exclusively { memory in
        try await memory.forget(
          target, rewritesSnapshots: rewriteSnapshots, isDryRun: dryRun, settings)
      }
      show(outcome, invocation.talk)
      return .done
    }
  }

  private func target(_ invocation: Invocation) -> ForgetTarget {
    if let query { return .query(query) }
    if let session { return .session(session) }
    if let source { return .source(invocation.absolute(source)) }
    if let person { return .person(person) }
    if before != nil || after != nil {
      return .period(ForgottenPeriod(start: after, end: before))
    }
    if fact.isEmpty { return .nothing }
    return .fact(fact.joined(separator: " "))
  }

  private func show(_ outcome: ForgetOutcome, _ talk: Talk) {
    if output.format == .json { return talk.data(json(outcome).text) }
    let verb = dryRun ? "would forget" : "forgot"
    for fact in outcome.facts {
      talk.data(
        Printable.line("\(verb)  \(fact.id)  \(fact.state.rawValue)  \(fact.statement)"))
    }
    for place in outcome.places { talk.data(Printable.line("\(verb)  \(place)")) }
    let numbers = [
      outcome.observations.counted("observation"), outcome.events.counted("event"),
      "evidence of \(outcome.weakened.counted("other fact"))",
    ]
    if !outcome.facts.isEmpty || !outcome.places.isEmpty {
      talk.say("\(verb): \(numbers.joined(separator: ", "))")
    }
    for session in outcome.sessionsBehind {
      talk.say("its messages stay in the event log of session \(session)")
    }
    for file in outcome.exportedFiles { talk.say("still in \(file); `kairos export` rewrites it") }
    for store in outcome.oldStores { talk.say("may still be in \(store); delete that file") }
    showSnapshots(outcome, talk)
  }

  private func showSnapshots(_ outcome: ForgetOutcome, _ talk: Talk) {
    func list(_ numbers: [Int]) -> String {
      let names = numbers.map(String.init).joined(separator: ", ")
      return "\(numbers.count.counted("snapshot")) (\(names))"
    }
    if !outcome.rewritten.isEmpty {
      talk.say(
        "\(dryRun ? "would rewrite" : "rewrote") \(list(outcome.rewritten)); their ids "
          + "\(dryRun ? "would change" : "have changed")")
    } else if rewriteSnapshots {
      talk.say("no snapshot holds it")
    } else if !outcome.snapshots.isEmpty {
      talk.say(
        "still in \(list(outcome.snapshots)); --rewrite-snapshots takes it out of them")
    }
  }

  /// A day, or a time in RFC 3339.
  private static func time(_ text: String) throws -> Timestamp {
    guard let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
      throw ValidationError("'\(text)' is no day (2026-01-31) and no time (RFC 3339).")
    }
    return time
  }

  private func json(_ outcome: ForgetOutcome) -> CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.forget/1")
      $0.member("dry_run", dryRun)
      $0.key("facts")
      $0.array(outcome.facts) { json, fact in
        json.object {
          $0.member("id", fact.id)
          $0.member("state", fact.state.rawValue)
          $0.member("statement", fact.statement)
        }
      }
      $0.member("places", outcome.places)
      $0.member("weakened", outcome.weakened)
      $0.member("observations", outcome.observations)
      $0.member("events", outcome.events)
      $0.member("sessions_behind", outcome.sessionsBehind)
      $0.member("exported_files", outcome.exportedFiles)
      $0.key("snapshots")
      $0.array(outcome.snapshots) { $0.value($1) }
      $0.member("old_stores", outcome.oldStores)
      $0.key("rewritten")
      $0.array(outcome.rewritten) { $0.value($1) }
    }
  }
}
