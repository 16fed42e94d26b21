import Foundation
import Testing

@testable import KairosPipeline

/// What others could have written is not trusted.
@Suite struct AccessTests {
  @Test(arguments: [0o770, 0o702, 0o777])
  func aMemoryThatOthersMayWriteToIsRefused(mode: Int) async throws {
    let project = try await Project()
    defer { project.remove() }
    let folder = project.memory.folder
    try FileManager.default.setAttributes(
      [.posixPermissions: NSNumber(value: mode)], ofItemAtPath: folder.path)
    #expect(throws: AccessFailure.writableByOthers(path: folder.path, mode: "go-w")) {
      try Memory.open(folder)
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: NSNumber(value: 0o755)], ofItemAtPath: folder.path)
    _ = try Memory.open(folder)
  }

  /// Only the superuser can give files away.
  @Test(.enabled(if: geteuid() == 0), arguments: ["", "/config.yaml", "/kairos.db", "/snapshots"])
  func aMemoryOfSomebodyElseIsRefused(part: String) async throws {
    let project = try await Project()
    defer { project.remove() }
    let path = project.memory.folder.path + part
    #expect(chown(path, 12_345, 12_345) == 0)
    #expect(throws: AccessFailure.otherOwner(path: path, owner: 12_345)) {
      try Memory.open(project.memory.folder)
    }
  }

  @Test func aPipelineThatEverybodyMayWriteToIsRefused() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write("p.yaml", "name: n\nstages: [ingest]\nsources:\n  agents: true\n")
    _ = try Memory.readPipeline(path)
    #expect(chmod(path, 0o666) == 0)
    #expect(throws: AccessFailure.writableByOthers(path: path, mode: "o-w")) {
      try Memory.readPipeline(path)
    }
  }
}
