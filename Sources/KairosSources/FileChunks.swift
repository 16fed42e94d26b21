#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads files piece by piece through one buffer, whatever the file system does: short reads are
/// joined, interrupted calls are repeated.
public struct FileChunks: Sendable {
  /// Large enough that calls cost nothing, small enough that four workers fit any machine.
  public static let chunkBytes = 1 << 20

  private let fileSystem: any FileSystem

  public init(fileSystem: any FileSystem = PosixFileSystem()) { self.fileSystem = fileSystem }

  /// Hands the bytes from `offset` on to `body` until the end, or until it answers `false`. Every
  /// chunk but the last is full. The memory is valid only during the call.
  public func read(
    _ path: String, from offset: Int = 0, followLinks: Bool = true,
    chunkBytes: Int = FileChunks.chunkBytes, body: (UnsafeRawBufferPointer) -> Bool
  ) throws(SourceError) {
    let file: OpenFile
    do { file = try fileSystem.open(path, followLinks: followLinks) } catch {
      throw SourceError(error)
    }
    defer { fileSystem.close(file) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkBytes, alignment: 16)
    defer { buffer.deallocate() }
    var at = offset
    while true {
      let count = try fill(file, at: at, buffer)
      if count == 0 { return }
      guard body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return }
      at += count
    }
  }

  /// The first bytes of a file.
  public func head(
    _ path: String, bytes: Int, followLinks: Bool = true
  ) throws(SourceError) -> [UInt8] {
    var head: [UInt8] = []
    try read(path, followLinks: followLinks, chunkBytes: bytes) {
      head.append(contentsOf: $0)
      return false
    }
    return head
  }

  /// Reads until the buffer is full or the file ends.
  private func fill(
    _ file: OpenFile, at offset: Int, _ buffer: UnsafeMutableRawBufferPointer
  ) throws(SourceError) -> Int {
    var filled = 0
    while filled < buffer.count {
      do {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        let count = try fileSystem.read(file, at: offset + filled, into: rest)
        if count == 0 { break }
        filled += count
      } catch  where error.code == EINTR {
        continue
      } catch {
        throw SourceError(error)
      }
    }
    return filled
  }
}
