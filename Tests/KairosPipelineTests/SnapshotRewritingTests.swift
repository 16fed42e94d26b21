import Foundation
import KairosArchive
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// What was forgotten can be taken out of archives, and the chain stays whole.
@Suite struct SnapshotRewritingTests {
  private func project(snapshots: Int) async throws -> Project {
    let project = try await Project()
    for number in 0..<snapshots {
      try await project.read(["\(number).jsonl": Project.lines(number..<(number + 1))])
      _ = try await project.snapshot()
    }
    return project
  }

  /// Every byte of every file of the chain, unpacked.
  private func everything(_ project: Project) throws -> String {
    let folder = project.memory.folder.snapshots
    return try FolderNames.sorted(in: folder).map { name in
      let path = folder + "/" + name
      guard name.contains(".tar.") else {
        return String(decoding: try WholeFile.read(path), as: UTF8.self)
      }
      return try TarArchive.read(path).map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }.joined()
  }

  private func isWhole(_ project: Project, _ count: Int) throws -> Bool {
    let checks = try project.memory.verifySnapshots()
    return checks.count == count && checks.allSatisfy { $0.problem == nil }
  }

  @Test func theContentIsGoneAndTheChainIsWhole() async throws {
    let project = try await project(snapshots: 7)
    defer { project.remove() }
    let memory = project.memory
    _ = try memory.tagSnapshot("3", "third")
    _ = try memory.tagSnapshot("1", "first")
    _ = try memory.pruneSnapshots(SnapshotRetention(last: 2), isDryRun: false)
    let before = try memory.snapshots().map(\.manifest)
    #expect(try everything(project).contains("check2"))

    let plan = try await memory.forget(
      .fact("check2"), rewritesSnapshots: true, isDryRun: true, project.settings)
    #expect(plan.snapshots == [3, 6, 7] && plan.rewritten == [3, 4, 5, 6, 7])
    #expect(try memory.snapshots().map(\.manifest) == before)

    let done = try await memory.forget(
      .fact("check2"), rewritesSnapshots: true, isDryRun: false, project.settings)
    #expect(done.rewritten == plan.rewritten)
    #expect(try !everything(project).contains("check2") && isWhole(project, 7))
    let after = try memory.snapshots().map(\.manifest)
    #expect(after.map(\.sequence) == [1, 3, 6, 7])
    #expect(after.map(\.isRewritten) == [false, true, true, true] && after[0] == before[0])
    #expect(try memory.snapshot("third").manifest == after[1])
    // The other facts stay in every one of them.
    #expect(try SnapshotShelf(memory.folder).newest()?.contents.facts.count == 6)

    let again = try await memory.forget(
      .nothing, rewritesSnapshots: true, isDryRun: false, project.settings)
    #expect(again.rewritten.isEmpty)
    _ = try await project.snapshot()
    #expect(try isWhole(project, 8))
  }

  /// A run that was killed after any number of files is repeated to the same end.
  @Test(arguments: 0...3)
  func aKilledRunIsRepeated(done: Int) async throws {
    let project = try await project(snapshots: 4)
    defer { project.remove() }
    let folder = project.memory.folder.snapshots
    let old = try FolderNames.sorted(in: folder).map { name in
      (name, try WholeFile.read(folder + "/" + name))
    }
    _ = try await project.memory.forget(
      .fact("check0"), rewritesSnapshots: true, isDryRun: false, project.settings)
    let names = FolderNames.sorted(in: folder)
    // Of the archives behind the kill only the old ones are there; at it there are both.
    for (index, name) in names.enumerated() where index > done {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    for (index, entry) in old.enumerated() where index >= done {
      try NewFile.write(entry.1, to: folder + "/" + entry.0)
    }
    _ = try await project.memory.forget(
      .nothing, rewritesSnapshots: true, isDryRun: false, project.settings)
    #expect(FolderNames.sorted(in: folder) == names)
    #expect(try !everything(project).contains("check0") && isWhole(project, 4))
  }
}
