import Export
import Foundation
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Memories of other tools, and exports of kairos read back.
@Suite struct MemoryFileTests {
  private func take(
    _ path: String, into project: Project, isDryRun: Bool = false
  ) async throws -> ImportOutcome {
    try await project.memory.importMemory(
      path, withTombstones: false, isDryRun: isDryRun, project.settings)
  }

  private func statements(_ project: Project, _ state: FactState? = nil) throws -> Set<String> {
    Set(
      try project.memory.store.facts().filter { state == nil || $0.state == state }
        .map(\.statement))
  }

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  // MARK: Round trips

  static let pairs = ExportTarget.allCases.filter { $0 != .html && $0 != .skills }

  @Test(arguments: pairs)
  func whatIsExportedComesBack(target: ExportTarget) async throws {
    let (ours, theirs) = (try await Project(), try await Project())
    defer { for used in [ours, theirs] { used.remove() } }
    try await ours.read(["a.jsonl": Project.lines(0..<5)])
    _ = try await ours.snapshot()
    _ = try await ours.memory.review(.pin, "check1", reason: nil, ours.settings)
    _ = try await ours.snapshot()
    let out = TemporaryFolder.path(in: ours, target)
    _ = try ours.memory.export(ExportRequest(target: target.rawValue, out: out))
    let outcome = try await take(out, into: theirs)
    let firm = try statements(ours, .firm)
    #expect(!firm.isEmpty && Set(outcome.facts.map(\.fact.statement)) == firm)
    #expect(try statements(theirs) == firm)
    #expect(try theirs.memory.store.facts().allSatisfy { $0.state == .tentative })
    let again = try await take(out, into: theirs)
    #expect(again.count(.known) == firm.count)
    // One's own words say nothing new.
    let own = try await take(out, into: ours)
    #expect(own.count(.new) == 0 || target == .bundle || target == .jsonl)
    #expect(try statements(ours).count == 5)
  }

  // MARK: Formats of others

  /// A file, what it says, and the kinds of that.
  struct Sample: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let says: [String: FactKind]
    var folder: String?
    var testDescription: String { name }
  }

  static let samples = [
    Sample(
      name: "CLAUDE.md",
      text: """
        # Rules
        - Always run `make lint` before you push.
        - Maybe we should switch to Bazel?
        - `errors.go` - Defines the silent error type
        - Unit tests live in `Tests/` and mirror the sources.

        **Don't:**
        - Read `settings.json` directly with `os.ReadFile`
        """,
      says: [
        "Always run `make lint` before you push.": .convention,
        "`errors.go`: Defines the silent error type.": .purpose,
        "Do not read `settings.json` directly with `os.ReadFile`.": .convention,
        "Unit tests live in `Tests/` and mirror the sources.": .purpose,
      ]),
    Sample(
      name: ".cursor/rules/api.mdc",
      text: """
        ---
        description: API rules
        globs: src/api/**
        alwaysApply: false
        ---
        - Never return raw database rows from a handler.
        """,
      says: ["Never return raw database rows from a handler.": .convention], folder: "src/api"),
    Sample(
      name: ".github/instructions/swift.instructions.md",
      text: """
        ---
        applyTo: "Sources/**"
        ---
        ## Conventions
        Use two spaces for indentation in every file.
        """,
      says: ["Use two spaces for indentation in every file.": .convention], folder: "Sources"),
    Sample(
      name: "notes/auth.md",
      text: """
        ---
        title: Token service
        type: note
        permalink: token-service
        ---
        ## Observations
        - [decision] Refresh tokens are stored in cookies only #auth (since March)
        - [gotcha] Tokens expire after `15m` in every environment #security

        ## Relations
        - requires [[Key store]]
        """,
      says: [
        "Refresh tokens are stored in cookies only.": .decision,
        "Tokens expire after `15m` in every environment.": .gotcha,
      ]),
    Sample(
      name: "memory/2026-01-05.md",
      text: "## Deploy\n- The staging server is restarted by `deploy.sh` every night.\n",
      says: ["The staging server is restarted by `deploy.sh` every night.": .purpose]),
    Sample(
      name: "memory.jsonl",
      text: """
        {"type":"entity","name":"build_server","entityType":"host","observations":["The build \
        server runs Debian 12 with `ccache`","ok"]}
        {"type":"relation","from":"build_server","to":"ci","relationType":"serves"}
        """,
      says: ["The build server runs Debian 12 with `ccache`.": .purpose]),
  ]

  @Test(arguments: samples)
  func readsMemoriesOfOtherTools(sample: Sample) async throws {
    let project = try await Project()
    defer { project.remove() }
    let root = project.folder.url.appending(path: "theirs")
    let file = try write(sample.text, sample.name, in: root)
    let outcome = try await take(file, into: project)
    let found = outcome.facts.map { ($0.fact.statement, $0.fact.kind) }
    #expect(Dictionary(found) { one, _ in one } == sample.says)
    for entry in outcome.facts {
      #expect(entry.answer == .new && entry.fact.slot.scope.path == sample.folder)
      let place = entry.fact.evidence.first?.place
      #expect(place?.path == file.split(separator: "/").last.map(String.init))
      #expect(place?.lines != nil)
    }
    #expect(try project.memory.store.facts().allSatisfy { $0.state == .tentative })
    #expect(try await take(root.path, into: project).count(.new) == 0)
  }

  @Test func codexMemoriesOfOtherProjectsStayOut() async throws {
    let project = try await Project()
    defer { project.remove() }
    let root = project.memory.folder.projectRoot
    let text = """
      # Task Group: Build
      scope: builds
      applies_to: cwd=\(root); reuse_rule=safe
      ## Task 1: Make it build, success
      ### rollout_summary_files
      - rollout_summaries/x.md (cwd=\(root), thread_id=1)
      ### keywords
      - make, build, cache
      ## Reusable knowledge
      - The cache of `make` must be cleared after a toolchain update [Task 1]

      # Task Group: Other
      scope: another tree
      applies_to: cwd=/somewhere/else; reuse_rule=safe
      ## User preferences
      - Always answer in French when the work is in this tree
      """
    let folder = project.folder.url.appending(path: "codex")
    _ = try write(text, "MEMORY.md", in: folder)
    _ = try write("- Raw notes are not what was kept of them.", "raw_memories.md", in: folder)
    let outcome = try await take(folder.path, into: project)
    #expect(
      outcome.facts.map(\.fact.statement) == [
        "The cache of `make` must be cleared after a toolchain update."
      ])
    #expect(outcome.elsewhere == 1 && outcome.files == ["MEMORY.md"])
  }

  // MARK: What must not come in, and order

  @Test func whatWasRejectedOrForgottenIsNotStatedAgain() async throws {
    let project = try await Project()
    defer { project.remove() }
    try await project.read(["a.jsonl": Project.lines(0..<3)])
    _ = try await project.snapshot()
    let said = try project.memory.store.facts().map(\.statement).sorted()
    _ = try await project.memory.review(.reject, "check0", reason: nil, project.settings)
    _ = try await project.memory.forget(.fact("check1"), isDryRun: false, project.settings)
    let text = said.map { "- \($0)\n" }.joined() + "- The key is AKIAQYLPMN5HHHFPZAM2 for now.\n"
    let file = try write(text, "AGENTS.md", in: project.folder.url.appending(path: "x"))
    let outcome = try await take(file, into: project)
    #expect(outcome.count(.rejectedHere) == 2 && outcome.count(.known) == 1)
    #expect(try !statements(project).contains { $0.contains("check1") || $0.contains("AKIA") })
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func theUnionDependsOnNoOrder(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let theirs = try await Project()
    defer { theirs.remove() }
    try await theirs.read(["a.jsonl": Project.lines(0..<4)])
    _ = try await theirs.snapshot()
    let bundle = theirs.folder.path + "/b.kairos.tar.zst"
    _ = try theirs.memory.export(ExportRequest(target: "bundle", out: bundle))
    let folder = theirs.folder.url
    let lines = (2..<9).map { "- Always run `make check\($0)` before a commit.\n" }
    let paths = [
      bundle, try write(lines.prefix(4).joined(), "one/CLAUDE.md", in: folder),
      try write(lines.shuffled(using: &random).suffix(5).joined(), "two/AGENTS.md", in: folder),
    ]
    var results: [[Fact]] = []
    for _ in 0..<3 {
      let ours = try await Project()
      defer { ours.remove() }
      // Each at least once, some twice, in any order.
      let order = (paths + [paths.randomElement(using: &random) ?? bundle]).shuffled(using: &random)
      for path in order { _ = try await take(path, into: ours) }
      results.append(try ours.memory.store.facts().sorted { $0.id < $1.id })
    }
    #expect(results[0].count >= 6 && results.allSatisfy { $0 == results[0] })
    #expect(results[0].allSatisfy { $0.state == .tentative })
  }
}

extension TemporaryFolder {
  /// Where an export of `target` is written in a test: outside of the project.
  fileprivate static func path(in project: Project, _ target: ExportTarget) -> String {
    let name = target.path.split(separator: "/").last ?? "memory"
    return project.folder.path + "/exported/" + (target.form == .folder ? "memory" : String(name))
  }
}
