import KairosModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `decisions.jsonl`: what people decided, one line each, on the disk before it is acknowledged.
/// It can be read without kairos and survives the loss of the database.
struct DecisionLog: Sendable {
  let path: String

  /// Adds a line and returns its number (1 for the first). A line without its newline was never
  /// acknowledged and is cut.
  func append(_ entry: UserDecision) throws(StoreError) -> Int {
    let isNew = !StoreFiles.exists(path)
    let file = StoreFiles.open(path, O_RDWR | O_CREAT)
    guard file >= 0 else { throw StoreFiles.failure(path) }
    defer { close(file) }
    // Two processes that append at once wait for each other; the lock ends with the descriptor.
    guard flock(file, LOCK_EX) == 0, !isNew || fchmod(file, 0o600) == 0 else {
      throw StoreFiles.failure(path)
    }
    let before = try readAll(file)
    let whole = before.lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
    guard ftruncate(file, off_t(whole)) == 0, lseek(file, off_t(whole), SEEK_SET) >= 0 else {
      throw StoreFiles.failure(path)
    }
    try put(entry.canonicalBytes + [Self.newline], to: file)
    guard fsync(file) == 0 else { throw StoreFiles.failure(path) }
    if isNew { try syncFolder() }
    return before[..<whole].count { $0 == Self.newline } + 1
  }

  /// Replaces all lines; the old ones stay until the new ones are on the disk.
  func replace(with entries: [UserDecision]) throws(StoreError) {
    let next = path + ".partial"
    let file = StoreFiles.open(next, O_WRONLY | O_CREAT | O_TRUNC)
    guard file >= 0 else { throw StoreFiles.failure(next) }
    defer { close(file) }
    guard fchmod(file, 0o600) == 0 else { throw StoreFiles.failure(next) }
    try put(entries.flatMap { $0.canonicalBytes + [Self.newline] }, to: file)
    guard fsync(file) == 0, rename(next, path) == 0 else { throw StoreFiles.failure(next) }
    try syncFolder()
  }

  /// All entries whose line is complete; empty when there is no log.
  func entries() throws(StoreError) -> [UserDecision] {
    do { return try RecordLines.decode(try complete()) } catch let error as RecordError {
      throw StoreError.unreadableRecord(path: path, record: error.description)
    } catch { throw StoreError(error, path: path) }
  }

  /// The entry of each complete line; `nil` for a line that cannot be read.
  func lines() throws(StoreError) -> [UserDecision?] {
    try complete().split(separator: Self.newline).map { line in
      try? UserDecision(canonicalBytes: Array(line))
    }
  }

  /// The bytes of all complete lines; none when there is no log.
  private func complete() throws(StoreError) -> [UInt8] {
    let file = StoreFiles.open(path, O_RDONLY)
    guard file >= 0 else {
      if errno == ENOENT { return [] }
      throw StoreFiles.failure(path)
    }
    defer { close(file) }
    let bytes = try readAll(file)
    return bytes.lastIndex(of: Self.newline).map { Array(bytes[...$0]) } ?? []
  }

  private static let newline = UInt8(ascii: "\n")

  private func readAll(_ file: Int32) throws(StoreError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { throw StoreFiles.failure(path) }
    }
  }

  private func put(_ bytes: [UInt8], to file: Int32) throws(StoreError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      if count < 0, errno != EINTR { throw StoreFiles.failure(path) }
    }
  }

  /// Makes the new file's name durable.
  private func syncFolder() throws(StoreError) {
    try StoreFiles.syncFolder(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
  }
}
