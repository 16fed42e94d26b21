import KairosArchive
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// The union of memories, and bundles that must not be believed.
@Suite struct ImportTests {
  private func bundle(_ project: Project, _ name: String) async throws -> String {
    _ = try await project.snapshot()
    let path = project.folder.path + "/" + name
    _ = try project.memory.export(ExportRequest(target: "bundle", out: path))
    return path
  }

  private func facts(_ project: Project) throws -> [Fact] {
    try project.memory.store.facts().sorted { $0.id < $1.id }
  }

  @Test func theUnionDependsOnNoOrder() async throws {
    let (left, right) = (try await Project(), try await Project())
    defer { for used in [left, right] { used.remove() } }
    try await left.read(["a.jsonl": Project.lines(0..<4)])
    try await right.read(["b.jsonl": Project.lines(2..<7, session: "t")])
    let paths = [try await bundle(left, "left.tar.zst"), try await bundle(right, "right.tar.zst")]
    var results: [[Fact]] = []
    for order in [[0, 1], [1, 0], [1, 0, 0, 1]] {
      let ours = try await Project()
      defer { ours.remove() }
      for index in order {
        _ = try await ours.memory.importMemory(
          paths[index], withTombstones: false, isDryRun: false, ours.settings)
      }
      results.append(try facts(ours))
    }
    #expect(results[0].count == 7 && results.allSatisfy { $0 == results[0] })
    #expect(results[0].allSatisfy { $0.state == .tentative })
    let again = try await left.memory.importMemory(
      paths[0], withTombstones: false, isDryRun: true, left.settings)
    #expect(again.count(.new) == 4)
    #expect(try facts(left).allSatisfy { $0.support.observations == 1 })
  }

  @Test func nothingRejectedHereComesIn() async throws {
    let (ours, theirs) = (try await Project(), try await Project())
    defer { for used in [ours, theirs] { used.remove() } }
    for project in [ours, theirs] {
      try await project.read(["a.jsonl": Project.lines(0..<3)])
      _ = try await project.snapshot()
    }
    _ = try await ours.memory.review(.reject, "check0", reason: nil, ours.settings)
    _ = try await ours.memory.forget(.fact("check1"), isDryRun: false, ours.settings)
    let outcome = try await ours.memory.importMemory(
      try await bundle(theirs, "b.tar.zst"), withTombstones: true, isDryRun: false, ours.settings)
    #expect(outcome.count(.rejectedHere) == 2 && outcome.count(.new) == 1)
    let left = try facts(ours)
    #expect(left.count { $0.state == .rejected } == 1)
    #expect(!left.contains { $0.statement.contains("check1") })
  }

  @Test(arguments: ["facts.jsonl", "manifest.json", "evidence.jsonl", "tombstones.jsonl"])
  func oneChangedByteIsRefused(name: String) async throws {
    let project = try await Project()
    defer { project.remove() }
    try await project.read(["a.jsonl": Project.lines(0..<2)])
    let path = try await bundle(project, "b.tar.zst")
    let members = try TarArchive.read(path).map { member in
      (name: member.name, bytes: member.name == name ? member.bytes + [0x20] : member.bytes)
    }
    let changed = project.folder.path + "/changed.tar.zst"
    try TarArchive.write(members: members, to: changed)
    await #expect(throws: BundleFailure.self) {
      try await project.memory.importMemory(
        changed, withTombstones: true, isDryRun: false, project.settings)
    }
  }
}
