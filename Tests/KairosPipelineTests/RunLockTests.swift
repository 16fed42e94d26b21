import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

@Suite struct RunLockTests {
  static func holder(_ pid: Int32, host: String = "here", minutes: Int64 = 0) -> LockHolder {
    LockHolder(
      pid: pid, host: host, birth: 7, since: Build.at(day: 0, seconds: minutes * 60),
      command: "run")
  }

  @Test func aSecondRunIsToldWhoHoldsTheLock() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/run.lock"
    let lock = try RunLock.acquire(path, holder: Self.holder(1)) { _ in true }
    #expect(throws: LockFailure(path: path, holder: Self.holder(1))) {
      _ = try RunLock.acquire(path, holder: Self.holder(2)) { _ in true }
    }
    lock.release()
    #expect(RunLock.holder(path) == nil)
    _ = try RunLock.acquire(path, holder: Self.holder(2)) { _ in true }
    #expect(RunLock.holder(path) == Self.holder(2))
  }

  @Test(arguments: [
    ("here", 0, true, false), ("here", 0, false, true), ("here", 600, true, false),
    ("there", 59, false, false), ("there", 61, false, true),
  ])
  func aDeadHolderIsReplaced(host: String, minutes: Int64, isAlive: Bool, isTaken: Bool) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/run.lock"
    _ = try RunLock.acquire(path, holder: Self.holder(1, host: host)) { _ in true }
    let next = Self.holder(2, minutes: minutes)
    let lock = try? RunLock.acquire(path, holder: next) { _ in isAlive }
    #expect((lock != nil) == isTaken)
    #expect(RunLock.holder(path) == (isTaken ? next : Self.holder(1, host: host)))
  }

  @Test func aLockThatWasTakenOverIsNotReleasedByItsOldHolder() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/run.lock"
    let old = try RunLock.acquire(path, holder: Self.holder(1)) { _ in true }
    _ = try RunLock.acquire(path, holder: Self.holder(2)) { _ in false }
    old.release()
    #expect(RunLock.holder(path) == Self.holder(2))
  }

  @Test func theMessageNamesCommandAndProcess() {
    let failure = LockFailure(path: "/p", holder: Self.holder(12))
    #expect(failure.status == .locked)
    #expect(
      failure.sentence
        == "another run holds the lock: `kairos run`, process 12 on here, since "
        + "2026-01-05T12:00:00Z")
  }
}
