import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Pruned chains stay whole.
@Suite struct SnapshotPruningTests {
  private func project(snapshots: Int) async throws -> Project {
    let project = try await Project()
    for number in 0..<snapshots {
      try await project.read(["\(number).jsonl": Project.lines(number..<(number + 1))])
      _ = try await project.snapshot()
    }
    return project
  }

  @Test func anyOrderOfPruningKeepsTheChain() async throws {
    let project = try await project(snapshots: 9)
    defer { project.remove() }
    let memory = project.memory
    _ = try memory.tagSnapshot("2", "second")
    for last in [7, 4, 2] {
      let planned = try memory.pruneSnapshots(SnapshotRetention(last: last), isDryRun: true)
      let done = try memory.pruneSnapshots(SnapshotRetention(last: last), isDryRun: false)
      #expect(planned.pruned.map(\.path) == done.pruned.map(\.path))
      let checks = try memory.verifySnapshots()
      #expect(checks.count == 9 && checks.allSatisfy { $0.problem == nil })
      let log = try memory.snapshotLog().map(\.entry.manifest.sequence)
      #expect(log == (10 - last...9).reversed() + (last < 8 ? [2] : []))
    }
    #expect(try memory.snapshot("second").manifest.sequence == 2)
    #expect(throws: MemoryFailure.prunedSnapshot("3")) { try memory.snapshot("3") }
    try await project.read(["next.jsonl": Project.lines(20..<21)])
    _ = try await project.snapshot()
    #expect(try memory.snapshot("latest").manifest.sequence == 10)
    #expect(try memory.diff(older: "second", newer: "latest").text.contains("8 added"))
    #expect(try memory.restoreSnapshot("second").entry.manifest.sequence == 11)
    #expect(try memory.verifySnapshots().allSatisfy { $0.problem == nil })
  }

  @Test(arguments: [
    (SnapshotRetention(last: 2), [7, 8]), (SnapshotRetention(daily: 2), [6, 8]),
    (SnapshotRetention(weekly: 2), [4, 8]), (SnapshotRetention(monthly: 3), [4, 8]),
    (SnapshotRetention(), [8]),
  ])
  func keepsTheNewestOfEachPeriod(rule: SnapshotRetention, kept: [Int]) {
    // 2025-12-25 twice, 12-28 (Sunday) twice, 2026-01-05 (Monday) twice, 01-06 twice.
    let days = [
      "2025-12-25", "2025-12-25", "2025-12-28", "2025-12-28", "2026-01-05", "2026-01-05",
      "2026-01-06", "2026-01-06",
    ]
    let manifests = days.enumerated().map { index, day in
      SnapshotManifest(
        project: "dir:test", sequence: index + 1, parent: nil,
        newestEvidence: Timestamp(rfc3339: day + "T0\(index):00:00Z"), toolVersion: "",
        configuration: "", members: [])
    }
    #expect(rule.kept(manifests.reversed()).sorted() == kept)
  }
}
