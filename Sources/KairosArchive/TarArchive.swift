/// Archives of a few named files: tar with zstd or gzip, the same bytes for the same members.
public enum TarArchive {
  /// One file of an archive.
  public typealias Member = (name: String, bytes: [UInt8])

  /// How the container is compressed.
  public enum Compression: String, Sendable, CaseIterable {
    case zstd
    /// For tools without zstd; about twice the size.
    case gzip

    /// Ending of file names.
    public var suffix: String { self == .zstd ? ".tar.zst" : ".tar.gz" }
  }

  /// What an archive may cost its reader. The defaults are far above any memory of a project and
  /// far below what hurts a machine.
  public struct Limits: Sendable, Equatable {
    public var members: Int
    public var memberBytes: Int
    public var totalBytes: Int
    /// Unpacked to packed size, once more than `ratioFreeBytes` came out.
    public var ratio: Int
    public var ratioFreeBytes: Int

    public init(
      members: Int = 64, memberBytes: Int = 512 << 20, totalBytes: Int = 1 << 30,
      ratio: Int = 200, ratioFreeBytes: Int = 16 << 20
    ) {
      self.members = members
      self.memberBytes = memberBytes
      self.totalBytes = totalBytes
      self.ratio = ratio
      self.ratioFreeBytes = ratioFreeBytes
    }
  }

  /// The archive's bytes, members in the given order. Owner, mode and times are fixed, and no
  /// record depends on the machine; only another version of the compression library may give
  /// other bytes.
  public static func bytes(
    members: [Member], compression: Compression = .zstd
  ) throws(ArchiveError) -> [UInt8] {
    var names: Set<String> = []
    for (index, member) in members.enumerated() {
      guard let reason = refusal(member.name, taken: &names) else { continue }
      throw .unsafeMember(path: "the new archive", member: index + 1, reason: reason)
    }
    return try LibArchive.pack(members, compression: compression)
  }

  /// Writes an archive so that it is there as a whole or not at all.
  public static func write(
    members: [Member], to path: String, compression: Compression = .zstd, mode: UInt32 = 0o600,
    overwrite: Bool = false
  ) throws(ArchiveError) {
    try DurableFile.write(
      try bytes(members: members, compression: compression), to: path, mode: mode,
      overwrite: overwrite)
  }

  /// All members in their order. Refuses whatever is not a plain list of safe, regular files
  /// within the limits; nothing is written anywhere.
  public static func read(
    _ path: String, limits: Limits = Limits()
  ) throws(ArchiveError) -> [Member] {
    try LibArchive.unpack(try DurableFile.contents(path), path: path, limits: limits)
  }

  /// Why a member may not have this name; `nil` when it may. Names are relative paths of letters,
  /// digits and `._-`, because tools disagree about everything else.
  static func refusal(_ name: String, taken: inout Set<String>) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if name.utf8.first == UInt8(ascii: "/") { return "its name is an absolute path" }
    if parts.contains("..") { return "its name leads out of the archive" }
    if parts.contains("") || parts.contains(".") { return "its name has an empty part" }
    if !name.utf8.allSatisfy(isPlain) {
      return "its name has characters other than A–Z a–z 0–9 . _ - /"
    }
    if !taken.insert(name).inserted { return "another member has the same name" }
    return nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
