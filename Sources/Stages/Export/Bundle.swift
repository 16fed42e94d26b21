import KairosModel

/// The members of a bundle: what another project's memory can be built from and checked against.
enum Bundle {
  static let schema = "kairos.bundle/1"

  /// Members in the order of the archive: manifest, facts, evidence, tombstones, checksums.
  ///
  /// Facts carry their strongest pieces of evidence already; `evidence.jsonl` repeats each once,
  /// with the facts that rest on it, so that a reader can verify sources without reading facts.
  static func members(
    facts: [Fact], tombstones: [Tombstone], snapshot: SnapshotManifest
  ) -> [(path: String, bytes: [UInt8])] {
    let facts = facts.sorted { $0.id < $1.id }
    let tombstones = tombstones.sorted { ($0.fact, $0.fingerprint) < ($1.fact, $1.fingerprint) }
    let content: [(path: String, bytes: [UInt8])] = [
      ("facts.jsonl", FactLines.bytes(facts)),
      ("evidence.jsonl", evidence(facts)),
      ("tombstones.jsonl", FactLines.bytes(tombstones)),
    ]
    let described = [("manifest.json", manifest(content, snapshot))] + content
    return described + [("checksums.txt", checksums(described))]
  }

  private static func manifest(
    _ content: [(path: String, bytes: [UInt8])], _ snapshot: SnapshotManifest
  ) -> [UInt8] {
    let json = CanonicalJSON.object {
      $0.member("schema", schema)
      $0.member("project", snapshot.project)
      $0.member("snapshot", snapshot.id)
      $0.member("newest_evidence", snapshot.newestEvidence)
      $0.member("tool_version", snapshot.toolVersion)
      $0.key("members")
      $0.array(content) { json, member in
        json.object {
          $0.member("name", member.path)
          $0.member("size", member.bytes.count)
          $0.member("sha256", SHA256Digest.of(member.bytes).hex)
        }
      }
    }
    return json.bytes + [0x0a]
  }

  private static func evidence(_ facts: [Fact]) -> [UInt8] {
    var factsByRecord: [String: [String]] = [:]
    for fact in facts {
      for piece in fact.evidence {
        let record = String(decoding: piece.canonicalBytes, as: UTF8.self)
        factsByRecord[record, default: []].append(fact.id)
      }
    }
    let lines = factsByRecord.sorted { $0.key < $1.key }.map { record, ids in
      var json = CanonicalJSON()
      json.array(ids) { $0.value($1) }
      return "{\"schema\":\"kairos.evidence/1\",\"facts\":\(json.text)," + record.dropFirst()
    }
    return lines.flatMap { Array($0.utf8) + [0x0a] }
  }

  /// The format of `sha256sum`, so that a bundle can be checked without kairos.
  private static func checksums(_ members: [(path: String, bytes: [UInt8])]) -> [UInt8] {
    members.flatMap { Array("\(SHA256Digest.of($0.bytes).hex)  \($0.path)\n".utf8) }
  }
}
