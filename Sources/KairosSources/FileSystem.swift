/// Everything that kairos asks of a file system, and nothing that could change it.
///
/// A small surface on purpose: the faults of disks are an implementation of it, so that every
/// reader is tested against short reads, interrupted calls and failing sectors.
public protocol FileSystem: Sendable {
  /// What stands at a path; of a link itself unless `followLinks`.
  func status(of path: String, followLinks: Bool) throws(FileError) -> FileStatus
  /// The names in a folder, in no order.
  func list(_ path: String) throws(FileError) -> FolderListing
  /// Opens a file for reading; with `followLinks` false a link at the end of the path is refused.
  func open(_ path: String, followLinks: Bool) throws(FileError) -> OpenFile
  /// Reads at most `buffer.count` bytes at an offset. Fewer is no error; 0 is the end.
  func read(
    _ file: OpenFile, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int
  /// Gives an open file back.
  func close(_ file: OpenFile)
  /// The absolute path without links, `.` and `..`.
  func resolve(_ path: String) throws(FileError) -> String
}

/// A file that was opened for reading.
public struct OpenFile: Sendable, Equatable {
  public let descriptor: Int32
  public let path: String

  public init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }
}

/// What stands at a path.
public struct FileStatus: Sendable, Equatable {
  /// What kairos tells apart; `special` is every device, pipe and socket.
  public enum Kind: Sendable { case file, folder, link, special }

  public let kind: Kind
  public let size: Int
  /// Time of the last change in nanoseconds since 1970.
  public let modified: Int64

  public init(kind: Kind, size: Int, modified: Int64) {
    self.kind = kind
    self.size = size
    self.modified = modified
  }
}

/// The names in a folder.
public struct FolderListing: Sendable, Equatable {
  public let names: [String]
  /// Names that are no UTF-8: no path in kairos can spell them.
  public let unspeakable: Int

  public init(names: [String], unspeakable: Int) {
    self.names = names
    self.unspeakable = unspeakable
  }
}

/// One failed call, with the system's error number.
public struct FileError: Error, Sendable, Equatable {
  public let path: String
  public let code: Int32

  public init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }
}
