import Extract
import KairosModel
import KairosRedaction

/// What `kairos import` takes from one path: facts of a bundle or of lines of `kairos.fact/1`, or
/// claims of memory files as tentative facts.
struct ImportSource {
  let project: String
  let facts: [Fact]
  let tombstones: [Tombstone]
  /// Digest of what was read.
  let id: String
  /// Whose observations an import of the same path replaces.
  let origin: String
  /// Whether the facts are claims "stated in file".
  let isStated: Bool
  var files: [String] = []
  var unclear = 0
  var elsewhere = 0

  /// Reads the bundle, file or folder at `path`.
  static func read(_ path: String, for memory: Memory) throws -> ImportSource {
    guard let status = PathStatus.of(path) else {
      guard !isArchive(path, []) else { return ImportSource(try ReadBundle.read(path)) }
      throw FileFailure.missing(path: path)
    }
    if status.isFolder { return try stated(path, MemoryFolderScan.files(in: path), memory) }
    let bytes = try WholeFile.read(path)
    if isArchive(path, bytes) { return ImportSource(try ReadBundle.read(path)) }
    if let facts = try records(bytes, path) { return facts }
    return try stated(
      FilePath.parent(of: path), [String(path.split(separator: "/").last ?? "")],
      memory, named: path)
  }

  private init(_ bundle: ReadBundle) {
    self.init(
      project: bundle.project, facts: bundle.facts, tombstones: bundle.tombstones, id: bundle.id,
      origin: String(bundle.id.prefix(20)), isStated: false)
  }

  private init(
    project: String, facts: [Fact], tombstones: [Tombstone], id: String, origin: String,
    isStated: Bool
  ) {
    self.project = project
    self.facts = facts
    self.tombstones = tombstones
    self.id = id
    self.origin = origin
    self.isStated = isStated
  }

  /// By its name, or by the first bytes of zstd and gzip.
  private static func isArchive(_ path: String, _ bytes: [UInt8]) -> Bool {
    path.hasSuffix(".tar.zst") || path.hasSuffix(".tar.gz") || path.hasSuffix(".tgz")
      || bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) || bytes.starts(with: [0x1f, 0x8b])
  }

  /// The facts of an export as JSON lines; `nil` when the file is something else.
  private static func records(_ bytes: [UInt8], _ path: String) throws -> ImportSource? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.starts(with: #"{"schema":"kairos.fact/"#.utf8) else {
      return nil
    }
    var facts: [Fact] = []
    for (index, line) in lines.enumerated() {
      guard let fact = try? Fact(canonicalBytes: Array(line)), fact.isItself else {
        throw BundleFailure.damaged(path: path, reason: "line \(index + 1) is no fact record")
      }
      facts.append(fact)
    }
    let projects = Set(facts.map(\.slot.scope.project)).sorted()
    guard projects.count == 1 else {
      throw BundleFailure.damaged(
        path: path, reason: "its facts are about \(projects.joined(separator: " and "))")
    }
    let id = SHA256Digest.of(bytes).hex
    return ImportSource(
      project: projects[0], facts: facts, tombstones: [], id: id, origin: String(id.prefix(20)),
      isStated: false)
  }

  // MARK: Memory files

  private static func stated(
    _ root: String, _ paths: [String], _ memory: Memory, named: String? = nil
  ) throws -> ImportSource {
    let redactor = Redactor(key: memory.configuration.project)
    var claims: [Fact] = []
    var seen: Set<String> = []
    var digests: [String] = []
    var counts = (unclear: 0, elsewhere: 0)
    for path in paths {
      let bytes = try WholeFile.read(root + "/" + path, limit: MemoryFolderScan.bytesMax)
      let digest = SHA256Digest.of(bytes)
      digests.append(path + "\u{1f}" + digest.hex)
      let text = redactor.redact(String(decoding: bytes, as: UTF8.self))
      let file = MemoryFile(path: path, text: text, project: memory.folder.projectRoot)
      let read = file.read()
      counts.unclear += read.unclear
      counts.elsewhere += read.elsewhere
      let place = (path: path, digest: digest.text)
      for claim in read.claims {
        let fact = Fact(claim, project: memory.configuration.project, place)
        if seen.insert(fact.id).inserted { claims.append(fact) }
      }
    }
    let origin = SHA256Digest.of(named ?? root).hex
    var source = ImportSource(
      project: memory.configuration.project, facts: claims, tombstones: [],
      id: SHA256Digest.of(digests.joined(separator: "\n")).hex, origin: String(origin.prefix(20)),
      isStated: true)
    source.files = paths
    (source.unclear, source.elsewhere) = counts
    return source
  }
}

extension Fact {
  /// A claim of a memory file, as tentative as it can be.
  init(_ claim: StatedClaim, project: String, _ place: (path: String, digest: String)) {
    let slot = Slot(
      scope: Scope(project: project, path: claim.folder), subject: claim.subject,
      predicate: claim.predicate)
    let evidence = Evidence(
      place: Place(
        source: ImportRun.statedSource + place.digest.suffix(64).prefix(20), path: place.path,
        lines: claim.lines, digest: place.digest),
      session: nil, event: nil, actor: .external, at: claim.at, quote: claim.statement)
    self.init(
      id: Fact.id(slot: slot, value: claim.value, polarity: claim.polarity), state: .tentative,
      kind: claim.kind, statement: claim.statement, slot: slot, value: claim.value,
      polarity: claim.polarity, confidencePPM: 0,
      support: Support(observations: 1, sessions: 0, days: 0, actors: [.external], against: 0),
      validFrom: nil, validTo: nil, firstSeen: claim.at, lastSeen: claim.at, verified: nil,
      supersedes: [], supersededBy: nil, pinned: false, reason: "stated in \(place.path)",
      evidence: [evidence], disposition: .none, logOddsQ16: 0, weights: [])
  }
}

/// Which files of a folder are a memory.
enum MemoryFolderScan {
  static let bytesMax = 4 << 20
  private static let filesMax = 2_000
  private static let depthMax = 6

  /// Paths below `root`, sorted. In a project only the places that agents load are looked at; any
  /// other folder is a memory as a whole.
  static func files(in root: String) -> [String] {
    let found =
      isProject(root)
      ? projectPlaces.flatMap { below(root, $0, depth: 4) } : below(root, "", depth: depthMax)
    return Array(Set(found.filter(MemoryFile.isRead)).sorted().prefix(filesMax))
  }

  private static func isProject(_ root: String) -> Bool {
    PathStatus.of(root + "/.git") != nil || PathStatus.of(root + "/.kairos") != nil
  }

  private static let projectPlaces = [
    "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "GEMINI.md", "MEMORY.md", ".cursorrules",
    ".windsurfrules", ".clinerules", ".cursor/rules", ".claude/memory", ".claude/rules",
    ".claude/CLAUDE.md", ".github/copilot-instructions.md", ".github/instructions", "memory",
  ]

  /// Regular files at or below `path`; links and hidden folders are not followed.
  private static func below(_ root: String, _ path: String, depth: Int) -> [String] {
    let absolute = path.isEmpty ? root : root + "/" + path
    guard let status = PathStatus.of(absolute), path.isEmpty || !PathStatus.isLink(absolute) else {
      return []
    }
    guard status.isFolder else { return status.size <= bytesMax ? [path] : [] }
    guard depth > 0 else { return [] }
    return FolderNames.sorted(in: absolute).flatMap { name -> [String] in
      let isHidden = name.hasPrefix(".") && !MemoryFile.isRead(name)
      return isHidden ? [] : below(root, path.isEmpty ? name : path + "/" + name, depth: depth - 1)
    }
  }
}
