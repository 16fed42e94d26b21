import KairosJSON

/// Where something stands in a source, with the digest of exactly those bytes, so that it can be
/// found again and checked.
public struct Place: Hashable, Sendable {
  /// Id of the source (`s_…` a transcript file, `w_…` a workspace state).
  public let source: String
  /// Path inside a workspace; `nil` for transcripts.
  public let path: String?
  /// First and last line (1-based) inside `path`; `nil` for transcripts.
  public let lines: ClosedRange<Int>?
  /// Bytes of the record in a transcript; `nil` for workspace files.
  public let bytes: Range<Int>?
  /// `sha256:…` of the record's bytes, or of the whole workspace file.
  public let digest: String

  public init(source: String, bytes: Range<Int>, digest: String) {
    self.source = source
    path = nil
    lines = nil
    self.bytes = bytes
    self.digest = digest
  }

  public init(source: String, path: String, lines: ClosedRange<Int>?, digest: String) {
    self.source = source
    self.path = path
    self.lines = lines
    bytes = nil
    self.digest = digest
  }
}

extension Place: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object { writeMembers(to: &$0) }
  }

  /// The members without the braces, for records that carry a place among other things.
  public func writeMembers(to json: inout CanonicalJSON) {
    json.member("source", source)
    if let path {
      json.member("path", path)
      json.key("lines")
      if let lines {
        json.array([lines.lowerBound, lines.upperBound]) { $0.value($1) }
      } else {
        json.null()
      }
    }
    if let bytes {
      json.key("bytes")
      json.array([bytes.lowerBound, bytes.upperBound]) { $0.value($1) }
    }
    json.member("digest", digest)
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("place", json)
    let source = try reader.string("source")
    let digest = try reader.string("digest")
    if let path = reader.optionalString("path") {
      let pair = json["lines"]?.elements.compactMap(\.int) ?? []
      let lines = pair.count == 2 && pair[0] <= pair[1] ? Int(pair[0])...Int(pair[1]) : nil
      self.init(source: source, path: path, lines: lines, digest: digest)
    } else {
      let pair = json["bytes"]?.elements.compactMap(\.int) ?? []
      guard pair.count == 2, pair[0] <= pair[1] else { throw reader.error("bytes") }
      self.init(source: source, bytes: Int(pair[0])..<Int(pair[1]), digest: digest)
    }
  }
}
