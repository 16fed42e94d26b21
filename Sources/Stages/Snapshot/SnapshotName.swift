/// The file name of a snapshot's archive: `000012-3f9c0a51b2d7.tar.zst`. Names sort by age, and a
/// listing needs no archive to be opened.
public struct SnapshotName: Sendable, Hashable, Comparable {
  public let sequence: Int
  /// The first twelve digits of the snapshot's id.
  public let shortID: String

  public init(sequence: Int, shortID: String) {
    self.sequence = sequence
    self.shortID = shortID
  }

  /// Reads a file name with any ending; `nil` for files that are no snapshots.
  public init?(fileName: String) {
    let stem = fileName.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)[0]
    let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count >= 6, parts[0].utf8.allSatisfy(Self.isDigit),
      let sequence = Int(parts[0]), sequence > 0, parts[1].utf8.count == 12,
      parts[1].utf8.allSatisfy({ Self.isDigit($0) || (0x61...0x66).contains($0) }),
      fileName.hasSuffix(".tar.zst") || fileName.hasSuffix(".tar.gz")
    else { return nil }
    self.init(sequence: sequence, shortID: String(parts[1]))
  }

  /// The file name with an ending such as `.tar.zst`.
  public func fileName(suffix: String) -> String {
    let digits = String(sequence)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "-" + shortID + suffix
  }

  /// Older first.
  public static func < (left: SnapshotName, right: SnapshotName) -> Bool {
    (left.sequence, left.shortID) < (right.sequence, right.shortID)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
