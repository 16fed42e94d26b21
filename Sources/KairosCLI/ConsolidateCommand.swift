import ArgumentParser
import KairosPipeline

/// `kairos consolidate`: observations → facts.
struct ConsolidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consolidate",
    abstract: "Merge observations, reconcile contradictions, promote facts.",
    discussion: HelpPage.text(
      """
      Three stages, slot by slot (a slot is one question, like "which command runs the tests"): \
      merge joins observations that give the same answer, reconcile decides between answers that \
      exclude each other (files before recollection, later before earlier), promote gives each \
      claim its trust state by a written rule. Every decision goes to the journal. Only slots \
      that have changed are worked on.

      With --stage the work stops after that stage and its result is printed or counted; the \
      stored facts stay as they are.
      """,
      examples: [
        ("kairos consolidate", "all three stages"),
        ("kairos consolidate --stage merge --format jsonl", "the claims, one per line"),
        ("kairos consolidate --stage reconcile", "how many conflicts ended how"),
      ]))

  /// The forms of this command's output.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, jsonl }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var work: WorkerOptions

  @Option(help: "How data is printed: text, json (numbers), or jsonl (a line per claim or fact).")
  var format = Format.text

  @Option(help: "Stop after merge, reconcile or promote.")
  var stage: ConsolidateRun.Stage?

  @Flag(
    name: .customLong("allow-loss"),
    help: "Go on even if more firm facts are retired than the loss guard allows.")
  var allowLoss = false

  @Flag(help: "Work on every slot again.")
  var all = false

  func run() async throws {
    try await Invocation.run("consolidate", global) { invocation in
      let settings = invocation.settings(workers: work.workers)
      let talk = invocation.talk
      let request = ConsolidateRequest(
        until: stage ?? .promote, storesFacts: stage == nil, everything: all || stage != nil,
        allowsLoss: allowLoss)
      let report = try await invocation.exclusively { memory in
        try await memory.consolidate(request, settings) { line in
          if format == .jsonl { talk.data(bytes: line + [0x0a]) }
        }
      }
      if format != .jsonl {
        StageReportText(reports: [report]).show(format == .json ? .json : .text, talk)
      }
      return .done
    }
  }
}

extension ConsolidateRun.Stage: ExpressibleByArgument {}
