import KairosJSON

/// The first member of every snapshot: what it is, what it follows, and the digests of the rest.
/// Its canonical bytes have no wall clock; their SHA-256 is the snapshot's id.
public struct SnapshotManifest: Sendable, Equatable {
  public static let schema = "kairos.snapshot/1"

  /// One file of the archive with its size in bytes and SHA-256 in hexadecimal.
  public struct Member: Sendable, Equatable {
    public let name: String
    public let size: Int
    public let sha256: String

    public init(name: String, size: Int, sha256: String) {
      self.name = name
      self.size = size
      self.sha256 = sha256
    }
  }

  public let project: String
  /// 1 for the first snapshot of a store.
  public let sequence: Int
  /// Id of the previous snapshot; `nil` for the first.
  public let parent: String?
  /// Time of the newest evidence.
  public let newestEvidence: Timestamp?
  public let toolVersion: String
  /// Digest of the settings that shaped the result (thresholds, rules).
  public let configuration: String
  /// Whether it was written anew without what a person asked to forget: it, or one before it.
  public let isRewritten: Bool
  /// Sorted by their order in the archive, `manifest.json` itself excluded.
  public let members: [Member]

  public init(
    project: String, sequence: Int, parent: String?, newestEvidence: Timestamp?,
    toolVersion: String, configuration: String, isRewritten: Bool = false, members: [Member]
  ) {
    self.project = project
    self.sequence = sequence
    self.parent = parent
    self.newestEvidence = newestEvidence
    self.toolVersion = toolVersion
    self.configuration = configuration
    self.isRewritten = isRewritten
    self.members = members
  }

  /// SHA-256 of the canonical bytes, 64 hexadecimal digits.
  public var id: String { SHA256Digest.of(canonicalBytes).hex }
  /// The first twelve digits, as used in file names and on the command line.
  public var shortID: String { String(id.prefix(12)) }
}

extension SnapshotManifest: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", Self.schema)
      $0.member("project", project)
      $0.member("sequence", sequence)
      $0.member("parent", parent)
      $0.member("newest_evidence", newestEvidence)
      $0.member("tool_version", toolVersion)
      $0.member("configuration", configuration)
      // Only there when it is so, since it must not change the ids of all others.
      if isRewritten { $0.member("rewritten", true) }
      $0.key("members")
      $0.array(members) { json, member in
        json.object {
          $0.member("name", member.name)
          $0.member("size", member.size)
          $0.member("sha256", member.sha256)
        }
      }
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("snapshot manifest", json)
    guard reader.optionalString("schema") == Self.schema else { throw reader.error("schema") }
    var members: [Member] = []
    for element in json["members"]?.elements ?? [] {
      let member = RecordReader("snapshot member", element)
      members.append(
        Member(
          name: try member.string("name"), size: Int(try member.int("size")),
          sha256: try member.string("sha256")))
    }
    self.init(
      project: try reader.string("project"), sequence: Int(try reader.int("sequence")),
      parent: reader.optionalString("parent"), newestEvidence: reader.time("newest_evidence"),
      toolVersion: try reader.string("tool_version"),
      configuration: try reader.string("configuration"),
      isRewritten: json["rewritten"]?.bool ?? false, members: members)
  }
}
