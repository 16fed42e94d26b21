import CArchive

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Packs and unpacks in memory; the only file that talks to libarchive.
///
/// Member names are ASCII (`TarArchive.refusal`), so that the process locale never matters:
/// libarchive 3.6 crashes on other names in the C locale.
enum LibArchive {
  /// `AE_IFREG`, a cast macro that Swift does not import.
  private static let regularFile: UInt32 = 0o100000

  /// To be called before a name is read or asked for: libarchive 3.6 ends the process when a name
  /// cannot be converted and `errno` still says that some call before ran out of memory
  /// (`archive_entry.c`).
  private static func forgetOldErrors() { errno = 0 }

  /// Collects what libarchive writes.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  static func pack(
    _ members: [TarArchive.Member], compression: TarArchive.Compression
  ) throws(ArchiveError) -> [UInt8] {
    guard let archive = archive_write_new() else { throw .compression(reason: "out of memory") }
    defer { archive_write_free(archive) }
    let sink = Sink()
    try configure(archive, compression)
    let target = Unmanaged.passUnretained(sink).toOpaque()
    let opened = archive_write_open(
      archive, target, nil,
      { _, target, buffer, count in
        guard let target, let buffer else { return -1 }
        let sink = Unmanaged<Sink>.fromOpaque(target).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: count))
        return count
      }, nil)
    try check(archive, opened)
    try withExtendedLifetime(sink) { () throws(ArchiveError) in
      for member in members { try add(member, to: archive) }
      try check(archive, archive_write_close(archive))
    }
    return sink.bytes
  }

  private static func configure(
    _ archive: OpaquePointer, _ compression: TarArchive.Compression
  ) throws(ArchiveError) {
    try check(archive, archive_write_set_format_pax_restricted(archive))
    switch compression {
    case .zstd:
      try check(archive, archive_write_add_filter_zstd(archive))
      try check(archive, archive_write_set_filter_option(archive, "zstd", "compression-level", "9"))
      // With one worker or more the bytes do not depend on how many; without any they are others.
      try check(archive, archive_write_set_filter_option(archive, "zstd", "threads", "1"))
    case .gzip:
      try check(archive, archive_write_add_filter_gzip(archive))
      try check(archive, archive_write_set_filter_option(archive, "gzip", "compression-level", "9"))
      try check(archive, archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
    }
    try check(archive, archive_write_set_bytes_in_last_block(archive, 1))
  }

  private static func add(
    _ member: TarArchive.Member, to archive: OpaquePointer
  ) throws(ArchiveError) {
    guard let entry = archive_entry_new() else { throw .compression(reason: "out of memory") }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, member.name)
    archive_entry_set_filetype(entry, regularFile)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(member.bytes.count))
    archive_entry_set_mtime(entry, 0, 0)
    archive_entry_set_uid(entry, 0)
    archive_entry_set_gid(entry, 0)
    try check(archive, archive_write_header(archive, entry))
    var rest = member.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      guard count > 0 else { throw .compression(reason: reason(archive)) }
      rest = rest.dropFirst(count)
    }
  }

  static func unpack(
    _ packed: [UInt8], path: String, limits: TarArchive.Limits
  ) throws(ArchiveError) -> [TarArchive.Member] {
    guard let archive = archive_read_new() else { throw .compression(reason: "out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_filter_zstd(archive)
    archive_read_support_filter_gzip(archive)
    archive_read_support_format_tar(archive)
    var reader = Reader(archive: archive, path: path, limits: limits, packed: packed.count)
    let result: Result<[TarArchive.Member], ArchiveError> = packed.withUnsafeBytes { buffer in
      guard archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        return .failure(.damaged(path: path, place: reason(archive)))
      }
      do throws(ArchiveError) {
        return .success(try reader.members())
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Reads the members of one open archive, counting against the limits as bytes come out.
  private struct Reader {
    let archive: OpaquePointer
    let path: String
    let limits: TarArchive.Limits
    let packed: Int
    var total = 0
    var names: Set<String> = []

    mutating func members() throws(ArchiveError) -> [TarArchive.Member] {
      var found: [TarArchive.Member] = []
      var entry: OpaquePointer?
      while true {
        LibArchive.forgetOldErrors()
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { break }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damaged() }
        guard found.count < limits.members else {
          throw .tooLarge(path: path, limit: "\(limits.members) members")
        }
        let name = try name(of: entry, number: found.count + 1)
        found.append((name, try content()))
      }
      // An empty or cut file is an empty archive to libarchive.
      guard !found.isEmpty else { throw .damaged(path: path, place: "it has no members") }
      return found
    }

    private mutating func name(of entry: OpaquePointer, number: Int) throws(ArchiveError) -> String
    {
      func refused(_ reason: String) -> ArchiveError {
        .unsafeMember(path: path, member: number, reason: reason)
      }
      LibArchive.forgetOldErrors()
      guard archive_entry_filetype(entry) == regularFile, archive_entry_hardlink(entry) == nil
      else {
        throw refused("it is not a regular file")
      }
      LibArchive.forgetOldErrors()
      guard let pointer = archive_entry_pathname(entry) else {
        throw refused("its name cannot be read")
      }
      let name = String(cString: pointer)
      if let reason = TarArchive.refusal(name, taken: &names) { throw refused(reason) }
      return name
    }

    private mutating func content() throws(ArchiveError) -> [UInt8] {
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = chunk.withUnsafeMutableBytes {
          archive_read_data(archive, $0.baseAddress, $0.count)
        }
        if count == 0 { return bytes }
        guard count > 0 else { throw damaged() }
        total += count
        try checkLimits(member: bytes.count + count)
        bytes.append(contentsOf: chunk[..<count])
      }
    }

    private func checkLimits(member: Int) throws(ArchiveError) {
      if member > limits.memberBytes {
        throw .tooLarge(path: path, limit: "\(limits.memberBytes) bytes in one member")
      }
      if total > limits.totalBytes {
        throw .tooLarge(path: path, limit: "\(limits.totalBytes) bytes")
      }
      if total > limits.ratioFreeBytes, total / limits.ratio > packed {
        throw .tooLarge(path: path, limit: "\(limits.ratio) times its size")
      }
    }

    private func damaged() -> ArchiveError { .damaged(path: path, place: reason(archive)) }
  }

  // MARK: Archives of others

  /// An open archive, or one compressed file, that is read from its beginning to its end.
  final class Stream {
    private static let bufferBytes = 1 << 18

    /// Bytes of the archive itself.
    let packed: Int
    private let archive: OpaquePointer
    private let path: String
    private let buffer: UnsafeMutableRawBufferPointer
    /// Names are converted in the locale of the thread; without one, no name but ASCII is read.
    private let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    /// Opens tar and zip archives and compressed files; nothing is read before `next`.
    init(_ path: String) throws(ArchiveError) {
      packed = try DurableFile.size(path)
      guard let archive = archive_read_new() else { throw .compression(reason: "out of memory") }
      self.archive = archive
      self.path = path
      buffer = .allocate(byteCount: Self.bufferBytes, alignment: 16)
      archive_read_support_filter_zstd(archive)
      archive_read_support_filter_gzip(archive)
      archive_read_support_filter_xz(archive)
      archive_read_support_format_tar(archive)
      archive_read_support_format_zip(archive)
      archive_read_support_format_raw(archive)
      guard archive_read_open_filename(archive, path, 1 << 18) == ARCHIVE_OK else {
        throw .damaged(path: path, place: reason(archive))
      }
    }

    deinit {
      archive_read_free(archive)
      buffer.deallocate()
      if let locale { freelocale(locale) }
    }

    /// The name of the next regular file, `""` when it cannot be read; `nil` at the end. Links,
    /// folders and devices are passed.
    func next() throws(ArchiveError) -> String? {
      let before = locale.flatMap { uselocale($0) }
      defer { if let before { _ = uselocale(before) } }
      var entry: OpaquePointer?
      while true {
        LibArchive.forgetOldErrors()
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damaged }
        LibArchive.forgetOldErrors()
        guard archive_entry_filetype(entry) == regularFile,
          archive_entry_hardlink_utf8(entry) == nil
        else { continue }
        LibArchive.forgetOldErrors()
        let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
        return name.map { String(cString: $0) } ?? ""
      }
    }

    /// Whether this is no archive but one compressed file.
    var isSingleFile: Bool { archive_format(archive) == ARCHIVE_FORMAT_RAW }

    /// The next bytes of the file that `next` named, valid until the next call; none at its end.
    func read() throws(ArchiveError) -> UnsafeRawBufferPointer {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      guard count >= 0 else { throw damaged }
      return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    private var damaged: ArchiveError { .damaged(path: path, place: reason(archive)) }
  }

  private static func check(_ archive: OpaquePointer, _ status: Int32) throws(ArchiveError) {
    guard status == ARCHIVE_OK else { throw .compression(reason: reason(archive)) }
  }

  /// What libarchive says; it may say nothing at all.
  private static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
  }
}
