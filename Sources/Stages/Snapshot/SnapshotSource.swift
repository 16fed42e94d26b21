import KairosJSON
import KairosModel

/// One source as a snapshot names it: by content, never by place. Paths would differ between
/// machines and tell who owns them; the id leads back to the file through the store.
public struct SnapshotSource: Sendable, Equatable {
  public static let schema = "kairos.source/1"

  /// `s_…` of a transcript or feed, `w_…` of a workspace state; as in evidence.
  public let id: String
  /// `transcript`, `workspace`, `observations`.
  public let kind: String
  /// Name of the transcript format; empty for workspaces.
  public let format: String
  public let session: String?
  /// Commit of a workspace state.
  public let commit: String?
  /// Bytes that were read.
  public let bytes: Int64
  /// `sha256:…` of those bytes; `nil` for workspaces, whose id covers all their files.
  public let digest: String?

  public init(
    id: String, kind: String, format: String, session: String?, commit: String? = nil,
    bytes: Int64, digest: String?
  ) {
    self.id = id
    self.kind = kind
    self.format = format
    self.session = session
    self.commit = commit
    self.bytes = bytes
    self.digest = digest
  }
}

extension SnapshotSource: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", Self.schema)
      $0.member("id", id)
      $0.member("kind", kind)
      $0.member("format", format)
      $0.member("session", session)
      $0.member("commit", commit)
      $0.member("bytes", bytes)
      $0.member("digest", digest)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("source", json)
    self.init(
      id: try reader.string("id"), kind: try reader.string("kind"),
      format: try reader.string("format"), session: reader.optionalString("session"),
      commit: reader.optionalString("commit"), bytes: try reader.int("bytes"),
      digest: reader.optionalString("digest"))
  }
}
