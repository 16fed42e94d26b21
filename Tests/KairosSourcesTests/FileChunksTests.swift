import Glibc
import KairosSources
import Testing

@Suite struct FileChunksTests {
  static let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 5) }

  private func chunks(
    _ fileSystem: any FileSystem, _ path: String, from offset: Int = 0
  ) throws -> [[UInt8]] {
    var found: [[UInt8]] = []
    try FileChunks(fileSystem: fileSystem).read(path, from: offset, chunkBytes: 4096) {
      found.append(Array($0))
      return true
    }
    return found
  }

  @Test(arguments: 1...20) func joinsShortAndInterruptedReads(seed: UInt64) throws {
    let tree = try Tree()
    try tree.write("a", Self.content)
    let disk = FaultyFileSystem(seed: seed, .init(shortRead: 60, interrupted: 30))
    let found = try chunks(disk, tree.path("a"))
    #expect(found.map(\.count) == [4096, 4096, 1808])
    #expect(found.flatMap { $0 } == Self.content)
    #expect(disk.opened == 0)
  }

  @Test func reportsAFailingDiskAndClosesTheFile() throws {
    let tree = try Tree()
    try tree.write("a", Self.content)
    let disk = FaultyFileSystem(seed: 1, .init(readsUntilBroken: 2))
    let path = tree.path("a")
    #expect(throws: SourceError.unreadable(path: path, code: EIO)) { try chunks(disk, path) }
    #expect(disk.opened == 0)
  }

  @Test func startsAtAnOffsetAndStopsWhenToldTo() throws {
    let tree = try Tree()
    try tree.write("a", Self.content)
    let path = tree.path("a")
    #expect(try chunks(PosixFileSystem(), path, from: 9_998) == [Array(Self.content[9_998...])])
    #expect(try chunks(PosixFileSystem(), path, from: 20_000).isEmpty)
    var calls = 0
    try FileChunks().read(path, chunkBytes: 100) { _ in
      calls += 1
      return false
    }
    #expect(calls == 1)
    #expect(try FileChunks().head(path, bytes: 5) == Array(Self.content[..<5]))
  }

  @Test func refusesALinkWhereAskedTo() throws {
    let tree = try Tree(["a": "x"])
    try tree.link("b", to: tree.path("a"))
    let path = tree.path("b")
    #expect(try FileChunks().head(path, bytes: 9) == [0x78])
    #expect(throws: SourceError.notRegular(path: path)) {
      try FileChunks().head(path, bytes: 9, followLinks: false)
    }
  }
}
