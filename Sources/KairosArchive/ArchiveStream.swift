/// The files in an archive that someone else made, one after the other, without unpacking: tar
/// and zip, and what gzip, zstd and xz compress. A compressed file that is no archive has one
/// member.
///
/// Names are only names: nothing is written, links and devices are passed, and everything that
/// comes out counts against the limits, whether it is asked for or not.
public struct ArchiveStream: ~Copyable {
  /// What an archive may cost its reader. The defaults are far above the transcripts of a company
  /// and far below what stops a machine.
  public struct Limits: Sendable, Equatable {
    public var members: Int
    public var totalBytes: Int
    /// Unpacked to packed size, once more than `ratioFreeBytes` came out. Transcripts repeat
    /// themselves: real ones reach 90.
    public var ratio: Int
    public var ratioFreeBytes: Int

    public init(
      members: Int = 1_000_000, totalBytes: Int = 1 << 38, ratio: Int = 400,
      ratioFreeBytes: Int = 256 << 20
    ) {
      self.members = members
      self.totalBytes = totalBytes
      self.ratio = ratio
      self.ratioFreeBytes = ratioFreeBytes
    }
  }

  private let path: String
  private let limits: Limits
  private let stream: LibArchive.Stream
  private var members = 0
  private var total = 0
  private var hasRest = false
  /// How often each name occurred.
  private var names: [String: Int] = [:]

  /// Opens the archive at `path` for one reading from its beginning.
  public init(_ path: String, limits: Limits = Limits()) throws(ArchiveError) {
    self.path = path
    self.limits = limits
    stream = try LibArchive.Stream(path)
  }

  /// Whether a file begins like an archive or a compressed file.
  public static func recognises(_ head: [UInt8]) -> Bool {
    let beginnings: [[UInt8]] = [
      [0x1f, 0x8b, 0x08], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
      [0x50, 0x4b, 0x03, 0x04],
    ]
    if beginnings.contains(where: { head.starts(with: $0) }) { return true }
    return head.count >= 512 && head[257..<262].elementsEqual("ustar".utf8)
  }

  /// Goes on to the next file and returns its name, unlike that of any file before; `nil` at the
  /// end.
  public mutating func next() throws(ArchiveError) -> String? {
    try read { _ in true }
    guard let name = try stream.next() else { return nil }
    members += 1
    guard members <= limits.members else {
      throw .tooLarge(path: path, limit: "\(limits.members) members")
    }
    hasRest = true
    return unique(stream.isSingleFile ? singleName : Self.plain(name))
  }

  /// Hands on the bytes of the current file that were not read yet, until `body` answers `false`.
  public mutating func read(
    _ body: (UnsafeRawBufferPointer) -> Bool
  ) throws(ArchiveError) {
    while hasRest {
      let bytes = try stream.read()
      if bytes.isEmpty { hasRest = false }
      total += bytes.count
      try checkLimits()
      guard !bytes.isEmpty, body(bytes) else { return }
    }
  }

  private func checkLimits() throws(ArchiveError) {
    if total > limits.totalBytes {
      throw .tooLarge(path: path, limit: "\(limits.totalBytes) bytes")
    }
    if total > limits.ratioFreeBytes, total / limits.ratio > stream.packed {
      throw .tooLarge(path: path, limit: "\(limits.ratio) times its size")
    }
  }

  // MARK: Names

  private mutating func unique(_ name: String) -> String {
    let count = names[name, default: 0] + 1
    names[name] = count
    return count == 1 ? name : unique("\(name) (\(count))")
  }

  /// The compressed file's own name without the ending of the compression.
  private var singleName: String {
    let name = path.split(separator: "/").last ?? ""
    let end = name.lastIndex(of: ".") ?? name.endIndex
    return Self.plain(String(end == name.startIndex ? name : name[..<end]))
  }

  /// A name that leads nowhere and changes nothing on a terminal.
  private static func plain(_ name: String) -> String {
    let parts = name.split(separator: "/").filter { $0 != "." }.map { $0 == ".." ? "__" : $0 }
    let scalars = parts.joined(separator: "/").unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
      default: scalar
      }
    }
    var plain = String.UnicodeScalarView()
    plain.append(contentsOf: scalars)
    return plain.isEmpty ? "member" : String(plain)
  }
}
