import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos doctor`: whether everything that kairos needs is in order.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check environment, permissions, store and sources.",
    discussion: HelpPage.text(
      """
      Looks at the settings, the folder's permissions, every page of the store, the event log, \
      the newest snapshot and every source, and says for each finding what to do. Changes nothing. \
      Ends with code 1 when something is broken.
      """,
      examples: [
        ("kairos doctor", "all checks"), ("kairos doctor --format json", "for monitoring"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  func run() async throws {
    try await Invocation.run("doctor", global) { invocation in
      let environment = [
        Check(name: "kairos", state: .sound, text: "version \(KairosVersion.text)"),
        Check(
          name: "agent homes", state: .sound,
          text: invocation.agentHomes.isEmpty
            ? "none found" : invocation.agentHomes.joined(separator: ", ")),
      ]
      let checks = environment + Memory.doctor(try invocation.folder())
      switch output.format {
      case .text:
        for check in checks {
          invocation.talk.data(
            Printable.line(
              "\(FactTable.padded(check.state.rawValue, 7))  \(check.name): \(check.text)"))
        }
      case .json:
        let json = CanonicalJSON.object {
          $0.member("schema", "kairos.doctor/1")
          $0.key("checks")
          $0.array(checks) { json, check in
            json.object {
              $0.member("name", check.name)
              $0.member("state", check.state.rawValue)
              $0.member("text", check.text)
            }
          }
        }
        invocation.talk.data(json.text)
      }
      return checks.contains { $0.state == .broken } ? .no : .done
    }
  }
}
