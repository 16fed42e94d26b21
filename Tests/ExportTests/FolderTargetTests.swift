import Foundation
import KairosModel
import Testing

@testable import Export

@Suite("Folders keep the rules of who reads them")
struct FolderTargetTests {
  private func render(
    _ target: ExportTarget, _ facts: [Fact] = Sample.facts, existing: [String: String] = [:],
    snapshot: SnapshotManifest = Sample.snapshot
  ) throws -> (files: [String: String], result: ExportResult) {
    let result = try ExportStage().render(
      target: target, facts: facts, snapshot: snapshot,
      existing: existing.mapValues { Array($0.utf8) })
    let texts = result.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    return (Dictionary(uniqueKeysWithValues: texts), result)
  }

  /// The members between the fences at the beginning.
  private func frontMatter(_ text: String?) throws -> [String: String] {
    let lines = try #require(text).split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.first == "---")
    let end = try #require(lines.dropFirst().firstIndex(of: "---"))
    return Dictionary(
      uniqueKeysWithValues: lines[1..<end].map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return (String(parts[0]), parts.count == 1 ? "" : String(parts[1].dropFirst()))
      })
  }

  @Test(
    "what Claude Code loads of the index is whole, with whatever people wrote before it",
    arguments: [0, 1, 100, 180])
  func claudeIndex(humanLines: Int) throws {
    let human = String(repeating: "A note of a person.\n", count: humanLines)
    let (files, result) = try render(
      .claudeMemory, Sample.many, existing: humanLines == 0 ? [:] : ["MEMORY.md": human])
    let index = try #require(files["MEMORY.md"])
    #expect(index.hasPrefix(human))
    #expect(index.split(separator: "\n", omittingEmptySubsequences: false).count <= 201)
    #expect(index.utf8.count <= 25_000)
    for path in files.keys where path != "MEMORY.md" { #expect(index.contains("](\(path))")) }
    #expect(Set(result.report.included) == Set(Sample.many.map(\.id)))
    #expect(result.report.deferred.count > 0 && result.report.omitted.isEmpty)
    let topics = files.filter { $0.key != "MEMORY.md" }.values.joined()
    for fact in Sample.many { #expect(topics.contains("- \(fact.statement)")) }
    #expect(result.report.sentences.contains { $0.hasPrefix("read on demand only") })
  }

  @Test("one rule of Cursor applies always, the others below the folder of their facts")
  func cursorHeads() throws {
    let facts =
      Sample.facts + [
        Sample.fact("Pots are glazed.", path: "pots"),
        Sample.fact("Nothing is poured here.", about: "path:a*b/x.go"),
        Sample.fact("Read `README.md` first.", about: "path:README.md"),
        Sample.fact("One.", about: "path:a/b/x.go"), Sample.fact("Two.", about: "path:a-b/y.go"),
      ]
    let (files, result) = try render(.cursorRules, facts)
    let always = try frontMatter(files["kairos.mdc"])
    #expect(always["alwaysApply"] == "true" && always["globs"] == "")
    #expect(files["kairos.mdc"]?.contains("Nothing is poured here.") == true)
    #expect(files["kairos.mdc"]?.contains("README.md") == true)
    let scoped = try files.filter { $0.key != "kairos.mdc" }.mapValues(frontMatter)
    let globs = Set(scoped.values.compactMap { $0["globs"] })
    #expect(globs == ["brew/leaf/**", "pots/**", "a/b/**", "a-b/**"])
    #expect(scoped.values.allSatisfy { $0["alwaysApply"] == "false" })
    #expect(files.keys.allSatisfy { $0.hasSuffix(".mdc") })
    #expect(result.report.included.count == 14)
  }

  @Test("the instructions of the extension are the same for every project")
  func codexExtension() throws {
    let other = SnapshotManifest(
      project: "dir:Other One", sequence: 9, parent: nil, newestEvidence: nil,
      toolVersion: "0.1.0", configuration: "sha256:00", members: [])
    let (files, _) = try render(.codexExtension)
    let (others, _) = try render(.codexExtension, snapshot: other)
    #expect(files["instructions.md"] == others["instructions.md"])
    #expect(Set(others.keys) == ["instructions.md", "resources/other-one.md"])
    let (_, later) = try render(.codexExtension, existing: others)
    #expect(later.obsolete.isEmpty)
    let resource = try #require(files["resources/example-org-acme-teapot.md"])
    #expect(resource.contains("\napplies_to: \(Sample.project)\n"))
  }

  @Test("skills are named as the specification demands and hold proven procedures only")
  func skills() throws {
    let unproven = Sample.fact("Deploy with `make ship`.", kind: .command)
    let (files, result) = try render(.skills, Sample.facts + [unproven])
    #expect(Set(files.keys.map { $0.split(separator: "/").last }) == ["SKILL.md"])
    for (path, text) in files {
      let head = try frontMatter(text)
      let name = try #require(head["name"])
      #expect(path == name + "/SKILL.md")
      #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil && name.count <= 64)
      let description = try #require(head["description"])
      #expect((1...1024).contains(description.count))
      #expect(!description.contains(": ") && !description.contains(" #"))
      #expect(!text.contains("make ship"))
    }
    #expect(result.report.omitted.map(\.fact) == [unproven.id])
    #expect(result.report.foreign == 5)
    #expect(result.report.sentences.contains { $0.hasPrefix("left out because no run") })
    #expect(try render(.skills, [Sample.facts[3]]).files.isEmpty)
  }

  @Test("front matter that a person changed stays, and so does text around the section")
  func humanHead() throws {
    let (files, _) = try render(.cursorRules, Array(Sample.facts.dropLast()))
    let old =
      try #require(files["kairos.mdc"])
      .replacingOccurrences(of: "globs:", with: "globs: *.go") + "\nMine.\n"
    let (again, _) = try render(.cursorRules, [Sample.facts[0]], existing: ["kairos.mdc": old])
    let text = try #require(again["kairos.mdc"])
    #expect(text.contains("globs: *.go\n") && text.hasSuffix("-->\n\nMine.\n"))
    #expect(!text.contains("amended"))
  }

  @Test("a file of an earlier export that nothing needs is named, unless a person wrote into it")
  func obsolete() throws {
    var (files, _) = try render(.claudeMemory)
    files["kairos-fix.md"]? += "\nMine.\n"
    files["kairos-notes.md"] = "A note.\n"
    files["debugging.md"] = "<!-- kairos:begin -->\n<!-- kairos:end -->\n"
    let (again, result) = try render(.claudeMemory, [Sample.facts[3]], existing: files)
    #expect(result.obsolete.contains("kairos-command.md"))
    #expect(!result.obsolete.contains { again.keys.contains($0) })
    #expect(Set(again.keys) == ["MEMORY.md", "kairos-convention.md", "kairos-fix.md"])
    let kept = try #require(again["kairos-fix.md"])
    #expect(kept.hasSuffix("\nMine.\n") && !kept.contains("lid"))
    let (skills, _) = try render(.skills)
    #expect(try render(.skills, [], existing: skills).result.obsolete.count == skills.count)
  }

  @Test("Copilot's review reads the whole section")
  func copilot() throws {
    let (files, result) = try render(.copilotInstructions, Sample.many)
    let text = try #require(files[ExportTarget.copilotInstructions.path])
    #expect(text.utf8.count <= 4_000 && text.utf8.count > 3_000)
    #expect(result.report.included.count + result.report.omitted.count == Sample.many.count)
  }

  @Test(
    "nothing in a statement imports a file or runs a command",
    arguments: [
      ("See @docs/a.md now", "See `@docs/a.md` now"), ("Use `@scope/pkg`.", "Use `@scope/pkg`."),
      ("Mail a@b.c at 5 @ noon", "Mail a@b.c at 5 @ noon"),
      ("Odd ` then @x", "Odd ` then &#64;x"), ("Never!`rm x`", "Never! `rm x`"),
      ("a <!-- b", "a <! -- b"), ("line\r\nbreak", "line break"),
    ])
  func statement(text: String, line: String) {
    #expect(MarkdownText.line(text) == line)
  }
}
