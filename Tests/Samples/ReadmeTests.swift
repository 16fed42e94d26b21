import Foundation
import KairosModel
import Testing

/// What the README shows is what the program does.
///
/// `KAIROS_UPDATE_GOLDEN=1 swift test --filter Samples` writes session and table anew.
@Suite("README", .serialized)
struct ReadmeTests {
  private static let file = SampleRun.repository.appending(path: "README.md")

  /// Compares the part between the markers called `name`, or rewrites it.
  private func expect(_ name: String, _ content: String) throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let begin = try #require(text.range(of: "<!-- \(name):begin -->\n"))
    let end = try #require(text.range(of: "<!-- \(name):end -->"))
    let new =
      String(text[..<begin.upperBound]) + content + "\n" + String(text[end.lowerBound...])
    if SamplesTests.isUpdating { try Data(new.utf8).write(to: Self.file) }
    #expect(
      SamplesTests.isUpdating || new == text,
      "README.md is not fresh; KAIROS_UPDATE_GOLDEN=1 swift test --filter Samples rewrites it")
  }

  @Test("the session is true")
  func session() throws {
    let run = try SampleRun("refactor-and-contradiction")
    defer { run.remove() }
    let lines = try run.session([
      "kairos init", "kairos ingest . --commit HEAD~1", "kairos ingest . ../sessions",
      "kairos extract", "kairos consolidate",
      "kairos facts", "kairos facts --state superseded", "kairos snapshot create",
      "kairos export --target agents-md",
    ])
    try expect("session", "```console\n" + lines + "```")
  }

  @Test("the table of commands is fresh")
  func commands() throws {
    let run = try SampleRun("refactor-and-contradiction")
    defer { run.remove() }
    let help = try run.kairosAnywhere("--experimental-dump-help")
    let root = try #require(try JSONSerialization.jsonObject(with: help) as? [String: Any])
    let command = try #require(root["command"] as? [String: Any])
    let rows = (command["subcommands"] as? [[String: Any]] ?? []).compactMap { row -> String? in
      guard row["shouldDisplay"] as? Bool != false else { return nil }
      guard let name = row["commandName"] as? String, name != "help" else { return nil }
      return "| `kairos \(name)` | \(row["abstract"] as? String ?? "") |"
    }
    #expect(rows.count >= 11)
    try expect(
      "commands", (["| command | what it does |", "|---|---|"] + rows).joined(separator: "\n"))
  }

  @Test("it stays short, and the session is on the first screen")
  func size() throws {
    let lines = try String(contentsOf: Self.file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 151)
    #expect(try #require(lines.firstIndex { $0.hasPrefix("$ kairos") }) < 20)
  }
}
