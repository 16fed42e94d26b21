#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An append-only file of lines, compressed: one zstd frame per append, each with a checksum.
/// `zstd -d` reads it.
///
/// An append that was cut short by a crash leaves a torn frame at the end. Readers stop before it,
/// the next append cuts it off. Damage anywhere else is an error, never silently skipped.
public struct ZstdLog: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// Appends lines (each ended by a newline) as one frame and syncs it to the disk. Makes the file
  /// (mode 0600) when it is missing. Returns the file's new size.
  @discardableResult
  public func append(_ lines: [UInt8]) throws(ArchiveError) -> Int {
    let isNew = access(path, F_OK) != 0
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .writing(path) }
    defer { close(file) }
    guard !isNew || fchmod(file, 0o600) == 0 else { throw .writing(path) }
    let end = try soundEnd(try DurableFile.contents(file, path: path))
    guard ftruncate(file, off_t(end)) == 0, lseek(file, off_t(end), SEEK_SET) >= 0 else {
      throw .writing(path)
    }
    let frame = lines.isEmpty ? [] : try Zstd.frame(lines)
    do throws(ArchiveError) {
      try DurableFile.put(frame, to: file, path: path)
      guard fsync(file) == 0 else { throw ArchiveError.writing(path) }
    } catch {
      ftruncate(file, off_t(end))
      throw error
    }
    if isNew { try DurableFile.syncFolder(of: path) }
    return end + frame.count
  }

  /// Replaces the whole log by one frame with these lines; a crash leaves the old one.
  public func replace(with lines: [UInt8]) throws(ArchiveError) {
    try DurableFile.write(
      lines.isEmpty ? [] : try Zstd.frame(lines), to: path, overwrite: true)
  }

  /// Cuts a torn last frame off and returns how many bytes it had; 0 for a sound log.
  @discardableResult
  public func repair() throws(ArchiveError) -> Int {
    let bytes = try DurableFile.contents(path)
    let end = try soundEnd(bytes)
    guard end < bytes.count else { return 0 }
    guard truncate(path, off_t(end)) == 0 else { throw .writing(path) }
    return bytes.count - end
  }

  /// Calls `body` with every line (without its newline) of every complete frame, in order. Only
  /// the compressed file and one line are in memory.
  public func forEachLine(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let bytes = try DurableFile.contents(path)
    let end = try soundEnd(bytes)
    var line: [UInt8] = []
    for range in Zstd.frames(bytes).ranges where range.upperBound <= end {
      let sound = try Zstd.decode(bytes[range]) { try Self.split($0, into: &line, body) }
      guard sound else { throw damaged(at: range.lowerBound) }
    }
    if !line.isEmpty { try body(line[...]) }
  }

  /// Hands out the lines that `piece` ends, and keeps the start of the next one in `line`.
  private static func split(
    _ piece: UnsafeRawBufferPointer, into line: inout [UInt8],
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var rest = piece[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      line.append(contentsOf: rest[..<newline])
      try body(line[...])
      line.removeAll(keepingCapacity: true)
      rest = rest[(newline + 1)...]
    }
    line.append(contentsOf: rest)
  }

  /// Where the last sound frame ends. After a power cut the tail may also have its full length but
  /// not its content: then the last frame's checksum is wrong, or only zeros follow.
  private func soundEnd(_ bytes: [UInt8]) throws(ArchiveError) -> Int {
    let (ranges, end) = Zstd.frames(bytes)
    switch end {
    case .torn(let at): return at
    case .damaged(let at):
      guard bytes[at...].allSatisfy({ $0 == 0 }) else { throw damaged(at: at) }
      return at
    case .whole:
      guard let last = ranges.last else { return 0 }
      let isSound: Bool
      do { isSound = try Zstd.decode(bytes[last]) { _ in } } catch {
        throw .compression(reason: "out of memory")
      }
      return isSound ? last.upperBound : last.lowerBound
    }
  }

  private func damaged(at offset: Int) -> ArchiveError {
    .damaged(path: path, place: "the frame at byte \(offset) does not match its checksum")
  }
}
