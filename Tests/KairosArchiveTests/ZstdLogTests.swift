import KairosArchive
import KairosTestSupport
import Testing

/// Appending, reading back, and what a crash may leave.
@Suite struct ZstdLogTests {
  let temporary: TemporaryFolder
  let log: ZstdLog

  init() throws {
    temporary = try TemporaryFolder()
    log = ZstdLog(path: temporary.file("a.jsonl.zst"))
  }

  private func lines() throws -> [String] {
    var found: [String] = []
    try log.forEachLine { found.append(String(decoding: $0, as: UTF8.self)) }
    return found
  }

  private func size() throws -> Int { try temporary.bytes("a.jsonl.zst").count }

  @Test func linesComeBackInOrderOverAllFrames() throws {
    // Longer than any buffer, so that lines cross the pieces in which a frame is decoded.
    let long = (0..<50_000).map { "line \($0)" }
    #expect(try log.append(Array("a\n\nb\n".utf8)) == size())
    try log.append([])
    try log.append(Array((long.joined(separator: "\n") + "\n").utf8))
    #expect(try lines() == ["a", "", "b"] + long)
    #expect(try temporary.mode("a.jsonl.zst") == 0o600)
  }

  @Test func theSameAppendsGiveTheSameBytes() throws {
    let other = ZstdLog(path: temporary.file("b.jsonl.zst"))
    for text in ["a\n", "b\nc\n"] {
      try log.append(Array(text.utf8))
      try other.append(Array(text.utf8))
    }
    #expect(try temporary.bytes("a.jsonl.zst") == temporary.bytes("b.jsonl.zst"))
  }

  /// Killed at every byte of the second append.
  @Test func aTornFrameIsNotReadAndIsCut() throws {
    let first = try log.append(Array("first\n".utf8))
    try log.append(Array("second, which is longer\n".utf8))
    let whole = try temporary.bytes("a.jsonl.zst")
    for length in first..<whole.count {
      try temporary.write("a.jsonl.zst", Array(whole[..<length]))
      #expect(try lines() == ["first"], "cut at \(length)")
      #expect(try log.repair() == length - first)
      #expect(try log.repair() == 0)
      try temporary.write("a.jsonl.zst", Array(whole[..<length]))
      try log.append(Array("third\n".utf8))
      #expect(try lines() == ["first", "third"], "cut at \(length)")
    }
  }

  /// After a power cut the length may be there and the content not.
  @Test func aTailOfZerosOrOfOtherBytesIsCut() throws {
    let first = try log.append(Array("first\n".utf8))
    try temporary.write("a.jsonl.zst", try temporary.bytes("a.jsonl.zst") + [0, 0, 0, 0, 0, 0])
    #expect(try lines() == ["first"])
    #expect(try log.repair() == 6)
    try log.append(Array("second\n".utf8))
    var bytes = try temporary.bytes("a.jsonl.zst")
    bytes[first + 10] ^= 0xff
    try temporary.write("a.jsonl.zst", bytes)
    #expect(try lines() == ["first"])
  }

  @Test func damageBeforeTheEndIsAnErrorAndIsKept() throws {
    let first = try log.append(Array("first\n".utf8))
    try log.append(Array("second\n".utf8))
    let whole = try temporary.bytes("a.jsonl.zst")
    for offset in [0, first - 1, first] {
      var bytes = whole
      bytes[offset] ^= 0xff
      try temporary.write("a.jsonl.zst", bytes)
      let error = #expect(throws: ArchiveError.self, "byte \(offset)") { try lines() }
      guard case .damaged(log.path, _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(try temporary.bytes("a.jsonl.zst") == bytes)
    }
  }

  @Test func replacingKeepsOneFrame() throws {
    try log.append(Array("a\n".utf8))
    try log.replace(with: Array("b\n".utf8))
    #expect(try lines() == ["b"])
    try log.replace(with: [])
    #expect(try lines() == [])
    #expect(try temporary.names() == ["a.jsonl.zst"])
  }

  @Test func aMissingLogHasAName() throws {
    #expect(throws: ArchiveError.missing(path: log.path)) { try lines() }
    let lost = ZstdLog(path: temporary.file("no/a.jsonl.zst"))
    #expect(throws: ArchiveError.self) { try lost.append([1]) }
  }
}
