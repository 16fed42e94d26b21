import KairosModel
import Testing

@testable import Export

@Suite("Secrets do not leave")
struct SecretGateTests {
  // Put together here, so that no scanner takes this file for a leak.
  private static let secret = "ghp_" + "Zx81kPq0Lm5Tn7Rv2Wb9Yc4Ud6Ae3Sf1Gh8J"

  @Test("one hit refuses the whole export and names the fact", arguments: ExportTarget.allCases)
  func refused(target: ExportTarget) {
    let leak = Sample.fact("Log in with `\(Self.secret)`.", kind: .command, actors: [.tool])
    let error = ExportError.secret(facts: [leak.id], target: target.rawValue)
    #expect(throws: error) {
      try ExportStage().render(
        target: target, facts: Sample.facts + [leak], snapshot: Sample.snapshot)
    }
    #expect(error.isRefusal)
    #expect(error.description.contains(leak.id))
    #expect(!error.description.contains(Self.secret))
  }

  @Test("quotes are scanned, too")
  func quote() {
    let leak = Sample.fact("Log in first.", quote: "token is \(Self.secret)")
    #expect(throws: ExportError.secret(facts: [leak.id], target: "bundle")) {
      try ExportStage().render(target: .bundle, facts: [leak], snapshot: Sample.snapshot)
    }
  }

  @Test("a placeholder and a fact that is not exported do not refuse")
  func harmless() throws {
    let placeholder = Sample.fact("Set `TOKEN` to [redacted:github-token:1a2b].")
    let tentative = Sample.fact("Use \(Self.secret).", state: .tentative)
    let result = try ExportStage().render(
      target: .jsonl, facts: [placeholder, tentative], snapshot: Sample.snapshot)
    #expect(result.report.included == [placeholder.id])
  }
}
