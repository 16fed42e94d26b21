import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos import`: someone else's bundle as claims.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take someone else's bundle as claims.",
    discussion: HelpPage.text(
      """
      Reads a bundle that `kairos export --target bundle` wrote, after checking every digest. Its \
      facts come in as statements from outside, with the evidence that they bring: they are never \
      firm by themselves, add to what is known here, and replace nothing. What was rejected or \
      forgotten here stays away. The same bundle twice changes nothing.
      """,
      examples: [
        ("kairos import team.kairos.tar.zst --dry-run", "what it would bring"),
        ("kairos import team.kairos.tar.zst", "take it"),
        ("kairos import team.kairos.tar.zst --with-tombstones", "also what they rejected"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Flag(name: .customLong("dry-run"), help: "Only say what it would bring.")
  var dryRun = false

  @Flag(
    name: .customLong("with-tombstones"),
    help: "Also reject here what was rejected there.")
  var withTombstones = false

  @Argument(help: "A file that ends in .kairos.tar.zst.")
  var bundle: String

  func run() async throws {
    try await Invocation.run("import", global) { invocation in
      let path = invocation.absolute(bundle)
      let settings = invocation.settings(workers: nil)
      let outcome = try await invocation.exclusively { memory in
        try await memory.importBundle(
          path, withTombstones: withTombstones, isDryRun: dryRun, settings)
      }
      show(outcome, invocation.talk)
      return .done
    }
  }

  private func show(_ outcome: ImportOutcome, _ talk: Talk) {
    if output.format == .json { return talk.data(json(outcome).text) }
    if dryRun {
      for (fact, answer) in outcome.facts {
        let word = FactTable.padded(answer.rawValue, 13)
        talk.data(Printable.line("\(word)  \(fact.id)  \(fact.statement)"))
      }
    }
    let counts = ImportAnswer.allCases.compactMap { answer in
      let count = outcome.count(answer)
      return count == 0 ? nil : "\(count) \(answer.rawValue)"
    }
    let verb = dryRun ? "would import" : "imported"
    talk.say("\(verb) \(outcome.facts.count) facts: \(counts.joined(separator: ", "))")
    if outcome.tombstones > 0, !withTombstones {
      talk.say(
        "\(outcome.tombstones) rejected there; --with-tombstones rejects the same here")
    }
    if outcome.refusedTombstones > 0, withTombstones {
      talk.say(
        "\(outcome.refusedTombstones) rejected there are firm here and stay; "
          + "`kairos review reject` ends them")
    }
  }

  private func json(_ outcome: ImportOutcome) -> CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.import/1")
      $0.member("dry_run", dryRun)
      $0.member("observations", outcome.observations)
      $0.member("tombstones", outcome.tombstones)
      $0.member("refused_tombstones", outcome.refusedTombstones)
      $0.key("facts")
      $0.array(outcome.facts) { json, entry in
        json.object {
          $0.member("id", entry.fact.id)
          $0.member("answer", entry.answer.rawValue)
          $0.member("statement", entry.fact.statement)
        }
      }
    }
  }
}
