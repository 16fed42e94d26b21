import Ingest
import KairosArchive
import KairosModel
import KairosSources

/// Searches the homes of all agents and tells whose session every file is.
struct AgentScan {
  /// A file to read.
  struct Found {
    let task: TranscriptTask
    /// The file lies in an archive.
    let isMember: Bool
  }

  /// A file with its first bytes.
  private struct Candidate {
    let file: SourceFile
    let head: [UInt8]
    let isMember: Bool
  }

  private let search: AgentSearch
  private let matcher: ProjectMatcher
  private let project: String
  private let homes: HomePlaces
  private let known: KnownSources
  private let databases: DatabaseFiles
  private(set) var found: [Found] = []
  private(set) var unchanged: [SourceFile] = []
  private(set) var findings: [Finding] = []
  /// By agent, in the order of the table; only agents of which something is there.
  private(set) var listings: [AgentListing] = []
  private var visited: Set<String> = []
  /// How many sessions ran in folders that are in no repository and have this project's name.
  private var namesakes: [String: Int] = [:]

  /// How much of a file is looked at: the first records name the folder, and few are longer.
  private static let headBytes = 512 * 1024

  init(memory: Memory, search: AgentSearch, known: KnownSources) {
    self.search = search
    self.known = known
    project = memory.configuration.project
    databases = DatabaseFiles(memory.folder)
    matcher = ProjectMatcher(memory: memory)
    homes = HomePlaces(
      home: search.home, environment: search.environment,
      projectFolders: matcher.folders.filter { PathStatus.of($0)?.isFolder == true },
      memoryFolder: memory.folder.path)
  }

  /// Checkouts of the project that exist.
  var seenFolders: [String] { matcher.seen.sorted() }

  /// What exists of the homes, by agent, without reading any file.
  static func places(_ homes: HomePlaces) -> [AgentListing] {
    var listings: [AgentListing] = []
    for place in homes.places {
      let paths = PathPattern().matches(place.pattern).found
      guard !paths.isEmpty else { continue }
      let at = listings.firstIndex { $0.agent == place.agent } ?? listings.count
      if at == listings.count { listings.append(AgentListing(agent: place.agent)) }
      listings[at].places = Set(listings[at].places + paths).sorted()
    }
    return listings
  }

  mutating func run() {
    for place in homes.places {
      let (paths, closed) = PathPattern().matches(place.pattern)
      guard !paths.isEmpty || !closed.isEmpty else { continue }
      var listing =
        listings.last.flatMap { $0.agent == place.agent ? $0 : nil }
        ?? AgentListing(agent: place.agent)
      listing.places = Set(listing.places + paths).sorted()
      for path in closed { note(SourceError.notPermitted(path: path).description, path, &listing) }
      for path in paths { take(path, place, &listing) }
      if listings.last?.agent == place.agent { listings.removeLast() }
      listings.append(listing)
    }
    noteNamesakes()
  }

  private mutating func take(
    _ path: String, _ place: HomePlaces.Place, _ listing: inout AgentListing
  ) {
    let (files, problems) = SourceDiscovery(isTranscript: IngestPlanner.isTranscript).files(
      at: path)
    findings += problems
    listing.unreadable += problems.count
    for file in files.map(SourceCompanions().whole) where visited.insert(file.path).inserted {
      guard !SourceCompanions.isCompanion(file.path) else { continue }
      if known.isUnchanged(file) {
        keepUnchanged(file, &listing)
        continue
      }
      do throws(SourceError) {
        let head = try FileChunks().head(file.path, bytes: SourceDiscovery.headBytes)
        if ArchiveStream.recognises(head) {
          unpack(file, place, &listing)
        } else if DatabaseFiles.isDatabase(head) {
          takeDatabase(file, place, &listing)
        } else {
          try classify(Candidate(file: file, head: head, isMember: false), place, &listing)
        }
      } catch {
        note(error.description, file.path, &listing)
      }
    }
  }

  /// Whose sessions a database holds is seen when it is read.
  private mutating func takeDatabase(
    _ file: SourceFile, _ place: HomePlaces.Place, _ listing: inout AgentListing
  ) {
    do {
      guard var task = try databases.task(file, known) else {
        listing.unknown += 1
        return
      }
      task.isShared = !place.isProjects
      var marks = SessionMarks()
      HomeMarks.add(to: &marks, path: file.path)
      // What stands beside it may tell for all of its sessions.
      if !place.isProjects, marks != SessionMarks() {
        guard case .ours = matcher.owner(of: marks) else {
          listing.others += 1
          return
        }
        task.isShared = false
      }
      listing.taken += 1
      found.append(Found(task: task, isMember: false))
    } catch {
      note(DatabaseFiles.finding(error, file.path).message, file.path, &listing)
    }
  }

  /// Some agents compress what they have done with; every member counts as a file.
  private mutating func unpack(
    _ archive: SourceFile, _ place: HomePlaces.Place, _ listing: inout AgentListing
  ) {
    do {
      try ArchivedSources.visit(archive) { member in
        if known.isUnchanged(member.file) {
          keepUnchanged(member.file, &listing)
        } else {
          let candidate = Candidate(file: member.file, head: member.head, isMember: true)
          try classify(candidate, place, &listing)
        }
        return true
      }
    } catch {
      note((error as? any Failure)?.sentence ?? "\(error)", archive.path, &listing)
    }
  }

  private mutating func classify(
    _ candidate: Candidate, _ place: HomePlaces.Place, _ listing: inout AgentListing
  ) throws(SourceError) {
    let (file, head) = (candidate.file, candidate.head)
    guard let detection = IngestStage.detect(head: head, path: file.path),
      detection.format != .observations || place.isProjects
    else {
      listing.unknown += 1
      return
    }
    var task = TranscriptTask(file, detection, head)
    var owner = SessionOwner.ours
    if detection.format == .claudeHistory {
      // A list of prompts of all projects: whose they are is seen when it is read.
      task.isShared = !place.isProjects
    } else if !place.isProjects {
      (owner, task.isShared) = try self.owner(of: candidate, detection.format)
    }
    switch owner {
    case .ours: break
    case _ where search.takesAllProjects:
      task.isShared = false
      task.project = owner.project(ours: project)
      if known.projectOfUnchanged(file) == task.project {
        keepUnchanged(file, &listing)
        return
      }
    case .other, .unknown:
      listing.others += 1
      if case .unknown(let folder) = owner { noteFolder(folder) }
      return
    case .nowhere:
      listing.nowhere += 1
      return
    }
    listing.taken += 1
    found.append(Found(task: task, isMember: candidate.isMember))
  }

  /// The owner by the first records; more of the file is read as long as they do not tell.
  private func owner(
    of candidate: Candidate, _ format: SourceFormat
  ) throws(SourceError) -> (SessionOwner, isShared: Bool) {
    let file = candidate.file
    var head = candidate.head
    while true {
      let source = SourceIdentity(id: "", path: file.path)
      var marks = SessionMarks.read(head: head, format: format, source: source)
      HomeMarks.add(to: &marks, path: file.path)
      let owner = matcher.owner(of: marks)
      let isShared = marks.sessions.count > 1 && !marks.folders.isEmpty
      // Whose each session is will be seen when the file is read.
      if isShared || format == .claudeHistory { return (.ours, isShared: true) }
      switch owner {
      case .ours, .other: return (owner, isShared: false)
      case .unknown, .nowhere: break
      }
      guard !candidate.isMember, head.count < min(file.size, Self.headBytes) else {
        return (owner, isShared: false)
      }
      let longer = try FileChunks().head(file.path, bytes: Self.headBytes)
      guard longer.count > head.count else { return (owner, isShared: false) }
      head = longer
    }
  }

  private mutating func keepUnchanged(_ file: SourceFile, _ listing: inout AgentListing) {
    listing.taken += 1
    listing.unchanged += 1
    unchanged.append(file)
  }

  private mutating func note(
    _ sentence: String, _ path: String, _ listing: inout AgentListing
  ) {
    listing.unreadable += 1
    findings.append(
      Finding(severity: .warning, code: "unreadable-file", message: sentence, path: path))
  }

  private mutating func noteFolder(_ folder: String) {
    let names = Set(matcher.folders.map(FilePath.name(of:)))
    if names.contains(FilePath.name(of: folder)) { namesakes[folder, default: 0] += 1 }
  }

  private mutating func noteNamesakes() {
    for (folder, count) in namesakes.sorted(by: { $0.key < $1.key }) {
      findings.append(
        Finding(
          severity: .warning, code: "unknown-folder",
          message: "\(count) \(count == 1 ? "session" : "sessions") ran in a folder of this "
            + "project's name that is no checkout of it now. If it was one, add it to the "
            + "memory's `aliases` file.",
          path: folder))
    }
  }
}
