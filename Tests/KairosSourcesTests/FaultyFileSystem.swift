import Glibc
import KairosSources

/// A file system that gives short reads, interrupts calls and fails, as its seed decides; the same
/// seed fails alike.
final class FaultyFileSystem: FileSystem, @unchecked Sendable {
  /// Chances in percent.
  struct Faults {
    var shortRead = 0
    var interrupted = 0
    /// Reads that succeed before every read fails for good.
    var readsUntilBroken = Int.max
  }

  private let real = PosixFileSystem()
  private let faults: Faults
  private var state: UInt64
  private var reads = 0
  /// Files opened and not yet closed.
  private(set) var opened = 0

  init(seed: UInt64, _ faults: Faults) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    self.faults = faults
  }

  private func happens(_ percent: Int) -> Bool {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state % 100 < UInt64(percent)
  }

  func status(of path: String, followLinks: Bool) throws(FileError) -> FileStatus {
    try real.status(of: path, followLinks: followLinks)
  }

  func list(_ path: String) throws(FileError) -> FolderListing { try real.list(path) }

  func resolve(_ path: String) throws(FileError) -> String { try real.resolve(path) }

  func open(_ path: String, followLinks: Bool) throws(FileError) -> OpenFile {
    let file = try real.open(path, followLinks: followLinks)
    opened += 1
    return file
  }

  func close(_ file: OpenFile) {
    opened -= 1
    real.close(file)
  }

  func read(
    _ file: OpenFile, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    reads += 1
    if reads > faults.readsUntilBroken { throw FileError(path: file.path, code: EIO) }
    if happens(faults.interrupted) { throw FileError(path: file.path, code: EINTR) }
    let count = happens(faults.shortRead) ? max(1, buffer.count / 3) : buffer.count
    return try real.read(
      file, at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
  }
}
