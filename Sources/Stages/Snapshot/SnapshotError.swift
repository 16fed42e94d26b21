/// Why a snapshot cannot be read: a sentence that names the member, never its content.
public enum SnapshotError: Error, Equatable, Sendable, CustomStringConvertible {
  case noManifest
  case unreadableManifest(field: String)
  /// The manifest's schema is of a later major version.
  case newerFormat(found: String)
  case missingMember(String)
  case unlistedMember(String)
  case wrongSize(member: String, expected: Int, found: Int)
  case wrongDigest(member: String)
  case unreadableRecord(member: String, line: Int, field: String)
  case misplacedFact(member: String, line: Int)

  public var description: String {
    switch self {
    case .noManifest: "it is not a snapshot: its first member is not manifest.json"
    case .unreadableManifest(let field): "manifest.json is unreadable at \(field)"
    case .newerFormat(let found):
      "it has format \(found), which is newer than this kairos knows "
        + "(\(SnapshotContents.format)); update kairos to read it"
    case .missingMember(let name): "\(name) is missing"
    case .unlistedMember(let name): "\(name) is not listed in manifest.json"
    case .wrongSize(let member, let expected, let found):
      "\(member) has \(found) bytes, and manifest.json says \(expected)"
    case .wrongDigest(let member): "\(member) does not match its digest in manifest.json"
    case .unreadableRecord(let member, let line, let field):
      "line \(line) of \(member) is unreadable at \(field)"
    case .misplacedFact(let member, let line):
      "the fact in line \(line) of \(member) has a state that belongs into another file"
    }
  }
}
