import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos export`: a snapshot → the files that agents load.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the files that agents load.",
    discussion: HelpPage.text(
      """
      Renders the firm facts of a snapshot for one target. In agents-md and claude-md only the \
      part between kairos's own markers is written; every other byte of the file stays. The \
      output keeps to a budget of lines and bytes, strongest and newest first, and the report \
      says what was left out and why. Secrets are looked for again; a hit ends with code 3.

      Targets: \(Memory.exportTargets.joined(separator: ", ")). Without --out the file goes to \
      its usual place in the project.
      """,
      examples: [
        ("kairos export --target agents-md", "AGENTS.md of the project"),
        ("kairos export --target claude-md --check", "is CLAUDE.md up to date? 0 yes, 1 no"),
        ("kairos export --target jsonl --out facts.jsonl", "fact records, one per line"),
        ("kairos export --target bundle --out team.kairos.tar.zst", "to exchange with others"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Option(
    help: ArgumentHelp("What to write for.", valueName: "target"),
    completion: .list(Memory.exportTargets))
  var target: String

  @Option(help: ArgumentHelp("File to write; `-` for stdout.", valueName: "path"))
  var out: String?

  @Option(help: "Number, id, beginning of an id, or `latest`.")
  var snapshot = "latest"

  @Flag(help: "Write nothing; say whether the file is up to date (0 yes, 1 no).")
  var check = false

  func run() async throws {
    try await Invocation.run("export", global) { invocation in
      let memory = try invocation.memory()
      let request = ExportRequest(
        target: target, out: out == "-" ? nil : out.map(invocation.absolute),
        snapshot: snapshot, mode: out == "-" ? .render : check ? .check : .write)
      let outcome = try memory.export(request)
      show(outcome, invocation.talk)
      return outcome.isUpToDate || !check ? .done : .no
    }
  }

  private func show(_ outcome: ExportOutcome, _ talk: Talk) {
    if out == "-" {
      for file in outcome.files { talk.data(bytes: file.bytes) }
    } else if output.format == .json {
      talk.data(json(outcome).text)
    } else {
      for file in outcome.files {
        let state =
          check
          ? (file.isChanged ? "out of date" : "up to date")
          : (file.isChanged ? "written" : "unchanged")
        talk.data(Printable.line("\(file.path)  \(state)"))
      }
    }
    for path in outcome.obsolete where out != "-" {
      talk.data(Printable.line("\(path)  \(check ? "no longer needed" : "removed")"))
    }
    for line in outcome.reportLines { talk.say(line) }
  }

  private func json(_ outcome: ExportOutcome) -> CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.export/1")
      $0.member("target", target)
      $0.member("snapshot", outcome.snapshot)
      $0.member("up_to_date", outcome.isUpToDate)
      $0.key("files")
      $0.array(outcome.files) { json, file in
        json.object {
          $0.member("path", file.path)
          $0.member("bytes", file.bytes.count)
          $0.member("changed", file.isChanged)
        }
      }
      $0.member("obsolete", outcome.obsolete)
      $0.member("report", outcome.reportLines)
    }
  }
}
