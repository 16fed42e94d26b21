#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of a database with its logs, in a folder of its own that nobody else may enter.
struct PrivateCopy {
  /// Files that belong to a database: what is not written back yet (`-wal`), and what undoes a
  /// write that was cut off (`-journal`). The index of the first, `-shm`, is made anew from it.
  private static let companions = ["-wal", "-journal"]
  private static let prefix = "copy-"
  private static let attempts = 5

  private let folder: String
  /// The copied database.
  let path: String

  /// Copies until the original did not change meanwhile.
  init(of original: String, in parent: String) throws(ForeignDatabaseError) {
    var template = Array((parent + "/" + Self.prefix + "XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .noRoom(path: parent, reason: String(cString: strerror(errno)))
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = folder + "/database"
    do {
      try copy(original)
    } catch {
      remove()
      throw error
    }
  }

  private func copy(_ original: String) throws(ForeignDatabaseError) {
    for _ in 0..<Self.attempts {
      let before = Self.state(original)
      // The log first: pages that are written back meanwhile stand in both.
      for suffix in Self.companions {
        try copy(original + suffix, to: path + suffix, mayLack: true)
      }
      try copy(original, to: path, mayLack: false)
      if Self.state(original) == before { return }
    }
    throw .restless(path: original)
  }

  /// Size and time of the database and what belongs to it.
  private static func state(_ original: String) -> [Int64] {
    ([""] + companions).flatMap { suffix -> [Int64] in
      var status = stat()
      guard stat(original + suffix, &status) == 0 else { return [-1] }
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      return [Int64(status.st_size), Int64(time.tv_sec), Int64(time.tv_nsec)]
    }
  }

  private func copy(
    _ original: String, to path: String, mayLack: Bool
  ) throws(ForeignDatabaseError) {
    unlink(path)
    let source = StoreFiles.open(original, O_RDONLY | O_NONBLOCK)
    guard source >= 0 else {
      if mayLack, errno == ENOENT { return }
      throw .unreadable(path: original, reason: String(cString: strerror(errno)))
    }
    defer { close(source) }
    let target = StoreFiles.open(path, O_WRONLY | O_CREAT | O_EXCL)
    guard target >= 0 else { throw .noRoom(path: path, reason: String(cString: strerror(errno))) }
    defer { close(target) }
    guard fchmod(target, 0o600) == 0 else {
      throw .noRoom(path: path, reason: String(cString: strerror(errno)))
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(source, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .unreadable(path: original, reason: String(cString: strerror(errno)))
      }
      if count == 0 { return }
      try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: target)
    }
  }

  private func write(
    _ bytes: UnsafeRawBufferPointer, to target: Int32
  ) throws(ForeignDatabaseError) {
    var at = 0
    while at < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
      #if canImport(Glibc)
        let count = Glibc.write(target, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(target, rest.baseAddress, rest.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .noRoom(path: path, reason: String(cString: strerror(errno)))
      }
      at += count
    }
  }

  /// Removes the copy and its folder.
  func remove() { Self.remove(folder) }

  private static func remove(_ folder: String) {
    for suffix in ["", "-shm"] + companions { unlink(folder + "/database" + suffix) }
    rmdir(folder)
  }

  /// Removes copies whose process was killed.
  static func removeLeftovers(in parent: String) {
    guard let listing = opendir(parent) else { return }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name.hasPrefix(prefix) { remove(parent + "/" + name) }
    }
  }
}
