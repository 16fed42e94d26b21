import Foundation
import KairosArchive
import KairosTestSupport
import Testing

/// Archives of others are read member by member; their names lead nowhere and bombs are refused.
@Suite struct ArchiveStreamTests {
  private let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  /// `lamp` twenty times, compressed by other programs.
  private static let others = [
    "x.txt.gz": "H4sIAAAAAAACA8tJzC3IoSIGAPjXxUVQAAAA",
    "x.txt.xz": "/Td6WFoAAATm1rRGAgAhARAAAACocI6G4ABPAApdADYYSf75W6McYAAAAABXncBWGf6YTwAB"
      + "JlD7ZzOIH7bzfQEAAAAABFla",
    "x.zip": "UEsDBBQAAAAIAABgJVz418VFCQAAAFAAAAAJAAAAYS9vbmUudHh0y0nMLcihIgYAUEsDBBQAAAgIAABg"
      + "JVz418VFCQAAAFAAAAAJAAAALi4vw7wudHh0y0nMLcihIgYAUEsBAhQDFAAAAAgAAGAlXPjXxUUJAAAAUAAA"
      + "AAkAAAAAAAAAAAAAAIABAAAAAGEvb25lLnR4dFBLAQIUAxQAAAgIAABgJVz418VFCQAAAFAAAAAJAAAAAAAA"
      + "AAAAAACAATAAAAAuLi/DvC50eHRQSwUGAAAAAAIAAgBuAAAAYAAAAAAA",
  ]

  private func members(
    _ name: String, _ bytes: [UInt8], limits: ArchiveStream.Limits = .init()
  ) throws -> [(name: String, bytes: [UInt8])] {
    try temporary.write(name, bytes)
    var stream = try ArchiveStream(temporary.file(name), limits: limits)
    var found: [(name: String, bytes: [UInt8])] = []
    while let next = try stream.next() {
      var content: [UInt8] = []
      try stream.read {
        content.append(contentsOf: $0)
        return true
      }
      found.append((next, content))
    }
    return found
  }

  @Test(arguments: [
    ("x.txt.gz", ["x.txt"]), ("x.txt.xz", ["x.txt"]), ("x.zip", ["a/one.txt", "__/ü.txt"]),
  ])
  func formatsOfOtherPrograms(file: String, names: [String]) throws {
    let bytes = [UInt8](try #require(Data(base64Encoded: Self.others[file] ?? "")))
    let found = try members(file, bytes)
    #expect(found.map(\.name) == names)
    let content = Array(String(repeating: "lamp", count: 20).utf8)
    #expect(found.allSatisfy { $0.bytes == content })
    #expect(ArchiveStream.recognises(bytes))
  }

  @Test(arguments: TarArchive.Compression.allCases)
  func ownArchives(compression: TarArchive.Compression) throws {
    let bytes = try TarArchive.bytes(members: TarArchiveTests.members, compression: compression)
    let found = try members("a" + compression.suffix, bytes)
    #expect(found.map(\.name) == TarArchiveTests.members.map(\.name))
    #expect(found.map(\.bytes) == TarArchiveTests.members.map(\.bytes))
    #expect(ArchiveStream.recognises(bytes))
  }

  /// Links, devices and folders are passed; a name is changed until it is one.
  @Test(arguments: [
    ("../../up", UInt8(ascii: "0"), ["__/__/up"]),
    ("/etc/passwd", UInt8(ascii: "0"), ["etc/passwd"]),
    ("./a", UInt8(ascii: "0"), ["a"]), ("..", UInt8(ascii: "0"), ["__"]),
    ("a\u{1b}[2Jb", UInt8(ascii: "0"), ["a\u{FFFD}[2Jb"]),
    ("fine", UInt8(ascii: "0"), ["fine (2)"]),
    ("link", UInt8(ascii: "2"), []), ("hard", UInt8(ascii: "1"), []),
    ("device", UInt8(ascii: "3"), []), ("folder/", UInt8(ascii: "5"), []),
  ])
  func namesAreOnlyNames(name: String, type: UInt8, names: [String]) throws {
    let tar = TarArchiveTests.tar([
      TarArchiveTests.header("fine", size: 0), TarArchiveTests.header(name, size: 0, type: type),
    ])
    #expect(try members("a.tar", tar).map(\.name) == ["fine"] + names)
    #expect(ArchiveStream.recognises(tar))
  }

  /// In the locale of the process or without one, a name that is no UTF-8 is some name.
  @Test func aNameInNoEncodingIsAName() throws {
    let tar = TarArchiveTests.tar([TarArchiveTests.header("caf\u{e9}", size: 0)])
    try temporary.write("a.tar", tar)
    var stream = try ArchiveStream(temporary.file("a.tar"))
    // What failed before in this thread is nothing to libarchive, which may end the process for it.
    errno = ENOMEM
    #expect(try stream.next() != nil)
    #expect(try stream.next() == nil)
  }

  @Test(arguments: [true, false])
  func bombsAreRefusedWhetherTheyAreReadOrPassed(isRead: Bool) throws {
    let zeros = [UInt8](repeating: 0, count: 20 << 20)
    let path = temporary.file("bomb.tar.zst")
    try TarArchive.write(members: [("zeros", zeros), ("more", [1])], to: path)
    var stream = try ArchiveStream(path, limits: .init(ratioFreeBytes: 1 << 20))
    #expect(try stream.next() == "zeros")
    let error = #expect(throws: ArchiveError.self) {
      if isRead { try stream.read { _ in true } } else { _ = try stream.next() }
    }
    #expect(error == .tooLarge(path: path, limit: "400 times its size"))
  }

  @Test(arguments: [
    (ArchiveStream.Limits(members: 1), "1 members"), (.init(totalBytes: 5), "5 bytes"),
  ])
  func limitsHold(limits: ArchiveStream.Limits, limit: String) throws {
    let bytes = try TarArchive.bytes(members: [("a", [1, 2, 3]), ("b", [1, 2, 3])])
    #expect(throws: ArchiveError.tooLarge(path: temporary.file("a.tar"), limit: limit)) {
      try members("a.tar", bytes, limits: limits)
    }
    let exact = ArchiveStream.Limits(members: 2, totalBytes: 6)
    #expect(try members("a.tar", bytes, limits: exact).count == 2)
  }

  @Test func damageIsToldAndFilesAreNoArchives() throws {
    let whole = try TarArchive.bytes(members: TarArchiveTests.members)
    #expect(throws: ArchiveError.self) {
      try members("a.tar.zst", Array(whole.dropLast(whole.count / 2)))
    }
    #expect(throws: ArchiveError.missing(path: temporary.file("no"))) {
      _ = try ArchiveStream(temporary.file("no"))
    }
    #expect(!ArchiveStream.recognises(Array(#"{"type":"user"}"#.utf8)))
    #expect(!ArchiveStream.recognises([UInt8](repeating: 0, count: 600)))
  }
}
