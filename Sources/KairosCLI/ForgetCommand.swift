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

      Snapshots and exported files are never touched; the answer says which of them still hold \
      it. `kairos snapshot prune` removes old snapshots, `kairos export` writes files anew.
      """,
      examples: [
        ("kairos forget f_3kq9 --dry-run", "what would go with this fact"),
        ("kairos forget --query \"old server\"", "every fact with these words"),
        ("kairos forget --session 5f0c1a52-…", "everything from one session"),
        ("kairos forget --source ~/session.jsonl", "everything from one file"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Option(help: ArgumentHelp("Every fact with these words, in any state.", valueName: "text"))
  var query: String?

  @Option(help: ArgumentHelp("Everything from this session.", valueName: "key"))
  var session: String?

  @Option(help: ArgumentHelp("Everything that was read from this file.", valueName: "path"))
  var source: String?

  @Flag(name: .customLong("dry-run"), help: "Only say what would go.")
  var dryRun = false

  @Argument(help: "Id, beginning of an id, or words that occur in one fact only.")
  var fact: [String] = []

  func validate() throws {
    let named = [query, session, source].compactMap { $0 }.count + (fact.isEmpty ? 0 : 1)
    guard named == 1 else {
      throw ValidationError("name one thing: FACT, --query, --session or --source.")
    }
  }

  func run() async throws {
    try await Invocation.run("forget", global) { invocation in
      let target = target(invocation)
      let settings = invocation.settings(workers: nil)
      let outcome = try await invocation.exclusively { memory in
        try await memory.forget(target, isDryRun: dryRun, settings)
      }
      show(outcome, invocation.talk)
      return .done
    }
  }

  private func target(_ invocation: Invocation) -> ForgetTarget {
    if let query { return .query(query) }
    if let session { return .session(session) }
    if let source { return .source(invocation.absolute(source)) }
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
      Self.count(outcome.observations, "observation"), Self.count(outcome.events, "event"),
      "evidence of \(Self.count(outcome.weakened, "other fact"))",
    ]
    talk.say("\(verb): \(numbers.joined(separator: ", "))")
    for session in outcome.sessionsBehind {
      talk.say("its messages stay in the event log of session \(session)")
    }
    for file in outcome.exportedFiles { talk.say("still in \(file); `kairos export` rewrites it") }
    for store in outcome.oldStores { talk.say("may still be in \(store); delete that file") }
    if !outcome.snapshots.isEmpty {
      let numbers = outcome.snapshots.map(String.init).joined(separator: ", ")
      talk.say(
        "still in \(Self.count(outcome.snapshots.count, "snapshot")) (\(numbers)); snapshots are "
          + "never changed")
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
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
    }
  }
}
