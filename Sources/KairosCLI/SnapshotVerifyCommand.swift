import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos snapshot verify`: reads everything again and checks it.
struct SnapshotVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every snapshot, byte by byte.",
    discussion: HelpPage.text(
      """
      Reads every archive again, compares size and digest of every member with the manifest, the \
      id with the file's name, and the chain of parents. Ends with code 1 when anything is damaged.
      """,
      examples: [
        ("kairos snapshot verify", "all snapshots and their chain"),
        ("kairos snapshot verify 3", "snapshot 3 only"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "Only this snapshot.")
  var snapshot: String?

  func run() async throws {
    try await Invocation.run("snapshot verify", global) { invocation in
      let checks = try invocation.memory().verifySnapshots(only: snapshot)
      switch output.format {
      case .text:
        for check in checks {
          let state = check.problem.map { "damaged: \($0)" } ?? "ok"
          invocation.talk.data(Printable.line("\(FilePath.name(of: check.path))  \(state)"))
        }
        if checks.isEmpty { invocation.talk.say("there is no snapshot to verify") }
      case .json:
        let json = CanonicalJSON.object {
          $0.member("schema", "kairos.verification/1")
          $0.member("sound", checks.allSatisfy { $0.problem == nil })
          $0.key("snapshots")
          $0.array(checks) { json, check in
            json.object {
              $0.member("path", check.path)
              $0.member("problem", check.problem)
            }
          }
        }
        invocation.talk.data(json.text)
      }
      return checks.allSatisfy { $0.problem == nil } ? .done : .no
    }
  }
}
