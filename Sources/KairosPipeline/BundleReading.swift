import KairosArchive
import KairosJSON
import KairosModel

/// A bundle that cannot be taken.
enum BundleFailure: Failure, Equatable {
  case damaged(path: String, reason: String)
  case newer(path: String, found: String)
  case otherProject(path: String, theirs: String, ours: String)

  var status: ExitStatus {
    switch self {
    case .damaged: .inputOutput
    case .newer: .configuration
    case .otherProject: .refused
    }
  }

  var sentence: String {
    switch self {
    case .damaged(let path, let reason): "\(path) is no bundle that can be trusted: \(reason)"
    case .newer(let path, let found):
      "\(path) has the format \(OneLine.of(found)), which is newer than this kairos knows"
    case .otherProject(let path, let theirs, let ours):
      "\(path) is about \(OneLine.of(theirs)), this memory is about \(ours); nothing was imported"
    }
  }

  var hint: String? {
    switch self {
    case .damaged: "ask for it again; `kairos export --target bundle` writes one"
    case .newer: "update kairos"
    case .otherProject: "if it is the same project, add its name to `aliases` in config.yaml"
    }
  }
}

/// A bundle whose every byte was checked against its manifest and its checksums.
struct ReadBundle: Sendable {
  static let schema = "kairos.bundle/1"

  let project: String
  let facts: [Fact]
  let tombstones: [Tombstone]
  /// Digest of the manifest: equal bundles are one origin.
  let id: String

  /// Reads and checks the archive at `path`; nothing of a bundle with one wrong byte is used.
  static func read(_ path: String) throws -> ReadBundle {
    var members: [String: [UInt8]] = [:]
    for member in try TarArchive.read(path) { members[member.name] = member.bytes }
    func damaged(_ reason: String) -> BundleFailure { .damaged(path: path, reason: reason) }
    guard let bytes = members["manifest.json"], let sums = members["checksums.txt"],
      let manifest = try? JSONDocument.parse(bytes).root,
      let schema = manifest["schema"]?.string, schema.hasPrefix("kairos.bundle/")
    else { throw damaged("it has no manifest of a bundle") }
    guard schema == Self.schema else { throw BundleFailure.newer(path: path, found: schema) }
    try checkSums(sums, members, damaged)
    for listed in manifest["members"]?.elements ?? [] {
      guard let name = listed["name"]?.string, let member = members[name],
        listed["size"]?.int == Int64(member.count),
        listed["sha256"]?.string == SHA256Digest.of(member).hex
      else { throw damaged("a member is not as the manifest says") }
    }
    guard let project = manifest["project"]?.string, let factLines = members["facts.jsonl"] else {
      throw damaged("the manifest is incomplete")
    }
    do {
      let facts: [Fact] = try records(factLines)
      guard facts.allSatisfy({ $0.isItself && $0.slot.scope.project == project }) else {
        throw damaged("the id of a fact does not match its content")
      }
      return ReadBundle(
        project: project, facts: facts, tombstones: try records(members["tombstones.jsonl"] ?? []),
        id: SHA256Digest.of(bytes).hex)
    } catch let error as RecordError { throw damaged(error.description) }
  }

  /// Every member but the list itself stands in `checksums.txt` with its digest.
  private static func checkSums(
    _ sums: [UInt8], _ members: [String: [UInt8]], _ damaged: (String) -> BundleFailure
  ) throws {
    var open = Set(members.keys).subtracting(["checksums.txt"])
    for line in String(decoding: sums, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let member = members[String(parts[1])],
        SHA256Digest.of(member).hex == parts[0]
      else { throw damaged("a checksum does not match") }
      open.remove(String(parts[1]))
    }
    guard open.isEmpty else { throw damaged("a member has no checksum") }
  }

  private static func records<T: CanonicalRecord>(_ bytes: [UInt8]) throws(RecordError) -> [T] {
    var found: [T] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      found.append(try T(canonicalBytes: Array(line)))
    }
    return found
  }
}

extension Fact {
  /// Whether the id belongs to the content.
  var isItself: Bool { id == Fact.id(slot: slot, value: value, polarity: polarity) }
}
