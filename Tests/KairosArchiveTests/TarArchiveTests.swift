import Foundation
import KairosArchive
import KairosTestSupport
import Testing

/// Byte identity, round trips, and archives that must not be opened.
@Suite struct TarArchiveTests {
  let temporary: TemporaryFolder
  let path: String

  static let members: [TarArchive.Member] = [
    ("manifest.json", Array("{}".utf8)), ("facts.jsonl", []),
    ("a/" + String(repeating: "long-name-", count: 12) + "x", Array("long".utf8)),
    ("big.bin", (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }),
  ]

  init() throws {
    temporary = try TemporaryFolder()
    path = temporary.file("a.tar")
  }

  @Test(arguments: TarArchive.Compression.allCases)
  func membersComeBackInOrder(compression: TarArchive.Compression) throws {
    try TarArchive.write(members: Self.members, to: path, compression: compression)
    let back = try TarArchive.read(path)
    #expect(back.map(\.name) == Self.members.map(\.name))
    #expect(back.map(\.bytes) == Self.members.map(\.bytes))
    #expect(try temporary.names() == ["a.tar"])
    #expect(try temporary.mode("a.tar") == 0o600)
  }

  /// The second archive is made a second later: no clock gets in.
  @Test func theSameMembersGiveTheSameBytes() async throws {
    let first = try TarArchive.Compression.allCases.map {
      try TarArchive.bytes(members: Self.members, compression: $0)
    }
    try await Task.sleep(for: .milliseconds(1100))
    let second = try TarArchive.Compression.allCases.map {
      try TarArchive.bytes(members: Self.members, compression: $0)
    }
    #expect(first == second)
    #expect(try TarArchive.bytes(members: Self.members.reversed()) != first[0])
  }

  @Test func anArchiveThatIsThereStays() throws {
    try TarArchive.write(members: [("a", [1])], to: path)
    #expect(throws: ArchiveError.exists(path: path)) {
      try TarArchive.write(members: [("a", [2])], to: path)
    }
    #expect(try TarArchive.read(path).map(\.bytes) == [[1]])
    try TarArchive.write(members: [("a", [2])], to: path, overwrite: true)
    #expect(try TarArchive.read(path).map(\.bytes) == [[2]])
  }

  @Test func aFailedWriteLeavesNothing() throws {
    let blocked = temporary.file("folder")
    try FileManager.default.createDirectory(
      atPath: blocked + "/inside", withIntermediateDirectories: true)
    #expect(throws: ArchiveError.self) {
      try TarArchive.write(members: [("a", [1])], to: blocked, overwrite: true)
    }
    #expect(try temporary.names() == ["folder"])
  }

  @Test(arguments: [
    "/etc/passwd", "../up", "a/../../up", "a//b", "a/", "./a", "", "a\\b", "é", "a b", "a\u{0}b",
  ]) func unsafeNamesAreNotWritten(name: String) {
    #expect(throws: ArchiveError.self) { try TarArchive.bytes(members: [("ok", []), (name, [])]) }
  }

  @Test func oneNameIsOneMember() {
    #expect(throws: ArchiveError.self) { try TarArchive.bytes(members: [("a", []), ("a", [])]) }
  }

  /// Archives that another program made: names that leave the folder, links, devices.
  @Test(arguments: [
    ("../up", UInt8(ascii: "0")), ("/abs", UInt8(ascii: "0")), ("link", UInt8(ascii: "2")),
    ("hard", UInt8(ascii: "1")), ("device", UInt8(ascii: "3")), ("folder/", UInt8(ascii: "5")),
    ("caf\u{e9}", UInt8(ascii: "0")),
  ]) func unsafeMembersAreNotRead(name: String, type: UInt8) throws {
    let bytes = Self.tar([Self.header("fine", size: 0), Self.header(name, size: 0, type: type)])
    try temporary.write("a.tar", bytes)
    let error = #expect(throws: ArchiveError.self) { try TarArchive.read(path) }
    guard case .unsafeMember(path, 2, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A plain archive of another program is fine, so the refusals above are about the members.
  @Test func plainForeignArchivesAreRead() throws {
    try temporary.write("a.tar", Self.tar([Self.header("fine", size: 0)]))
    #expect(try TarArchive.read(path).map(\.name) == ["fine"])
  }

  @Test func bombsAreRefusedWhileTheyUnpack() throws {
    try TarArchive.write(members: [("zeros", [UInt8](repeating: 0, count: 20 << 20))], to: path)
    #expect(throws: ArchiveError.tooLarge(path: path, limit: "200 times its size")) {
      try TarArchive.read(path)
    }
    #expect(try TarArchive.read(path, limits: .init(ratio: 100_000)).count == 1)
  }

  /// Three members of three bytes: each limit holds exactly, and one less refuses.
  @Test(arguments: [
    (TarArchive.Limits(members: 2), "2 members"),
    (TarArchive.Limits(memberBytes: 2), "2 bytes in one member"),
    (TarArchive.Limits(totalBytes: 8), "8 bytes"),
  ]) func limitsHold(limits: TarArchive.Limits, limit: String) throws {
    let members: [TarArchive.Member] = ["a", "b", "c"].map { ($0, [1, 2, 3]) }
    try TarArchive.write(members: members, to: path)
    let exact = TarArchive.Limits(members: 3, memberBytes: 3, totalBytes: 9)
    #expect(try TarArchive.read(path, limits: exact).count == 3)
    #expect(throws: ArchiveError.tooLarge(path: path, limit: limit)) {
      try TarArchive.read(path, limits: limits)
    }
  }

  /// Cut at several places, changed in the middle, empty, and no archive at all.
  @Test func damageHasAName() throws {
    let whole = try TarArchive.bytes(members: Self.members)
    var broken = [[], Array("not an archive".utf8), Array(whole[..<5])]
    broken += stride(from: 20, to: whole.count, by: whole.count / 7).map { Array(whole[..<$0]) }
    for bytes in broken {
      try temporary.write("a.tar", bytes)
      let error = #expect(throws: ArchiveError.self) { try TarArchive.read(path) }
      guard case .damaged(path, _) = error else {
        Issue.record("\(bytes.count) bytes: \(String(describing: error))")
        continue
      }
    }
    #expect(throws: ArchiveError.missing(path: path + "x")) { try TarArchive.read(path + "x") }
    #expect(throws: ArchiveError.self) { try TarArchive.read(temporary.path) }
  }

  /// A ustar header block, by hand.
  static func header(_ name: String, size: Int, type: UInt8 = UInt8(ascii: "0")) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      // Latin-1: a name that is not UTF-8 must be refused as well.
      for (index, scalar) in text.unicodeScalars.enumerated() {
        block[offset + index] = UInt8(truncatingIfNeeded: scalar.value)
      }
    }
    put(name, at: 0)
    for (offset, text) in [(100, "0000644"), (108, "0000000"), (116, "0000000")] {
      put(text, at: offset)
    }
    let octal = String(size, radix: 8)
    put(String(repeating: "0", count: 11 - octal.count) + octal, at: 124)
    put("00000000000", at: 136)
    block[156] = type
    put("target", at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put("        ", at: 148)
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ", at: 148)
    return block
  }

  static func tar(_ blocks: [[UInt8]]) -> [UInt8] {
    blocks.flatMap { $0 } + [UInt8](repeating: 0, count: 1024)
  }
}
