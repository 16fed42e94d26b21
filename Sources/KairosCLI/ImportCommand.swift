import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos import`: someone else's bundle, or another tool's memory, as claims.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a bundle, or a memory of another tool, as claims.",
    discussion: HelpPage.text(
      """
      Reads a bundle that `kairos export --target bundle` wrote, after checking every digest, or \
      the memory of another tool: CLAUDE.md, AGENTS.md, MEMORY.md with its topic files, \
      .cursor/rules, Copilot instructions, Codex memories, the JSON lines of the MCP memory server, \
      folders of Basic Memory and OpenClaw, and everything that `kairos export` writes for agents. \
      In a folder with .git only the files that agents load are read; any other folder is a memory \
      as a whole.

      What comes in are statements from outside, with the evidence that they bring or the line of \
      the file in which they stand: they are never firm by themselves, add to what is known here, \
      and replace nothing. What was rejected or forgotten here stays away. The same twice changes \
      nothing; a file that has changed replaces what it said before.
      """,
      examples: [
        ("kairos import team.kairos.tar.zst --dry-run", "what it would bring"),
        ("kairos import team.kairos.tar.zst", "take it"),
        ("kairos import team.kairos.tar.zst --with-tombstones", "also what they rejected"),
        ("kairos import CLAUDE.md --dry-run", "what a file for agents says"),
        ("kairos import ~/.codex/memories", "a folder"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Flag(name: .customLong("dry-run"), help: "Only say what it would bring.")
  var dryRun = false

  @Flag(
    name: .customLong("with-tombstones"),
    help: "Also reject here what was rejected there.")
  var withTombstones = false

  @Argument(
    help: ArgumentHelp("A bundle, a memory file, or a folder of them.", valueName: "path"),
    completion: .file())
  var path: String

  func run() async throws {
    try await Invocation.run("import", global) { invocation in
      let path = invocation.absolute(path)
      let settings = invocation.settings(workers: nil)
      let outcome = try await invocation.exclusively { memory in
        try await memory.importMemory(
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
    let isBundle = outcome.files.isEmpty
    let what = outcome.facts.count.counted(isBundle ? "fact" : "statement")
    let places = isBundle ? "" : " of \(outcome.files.count.counted("file"))"
    let details = counts.isEmpty ? "" : ": " + counts.joined(separator: ", ")
    talk.say("\(verb) \(what)\(places)\(details)")
    if outcome.unclear > 0 {
      talk.say("left out: \(outcome.unclear.counted("item")) without a statement")
    }
    if outcome.elsewhere > 0 {
      talk.say("left out: \(outcome.elsewhere.counted("item")) about other projects")
    }
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
      $0.member("files", outcome.files)
      $0.member("unclear", outcome.unclear)
      $0.member("elsewhere", outcome.elsewhere)
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
