import Export
import KairosArchive
import KairosModel
import KairosStore
import Snapshot

extension Memory {
  /// Takes out what `target` names and leaves tombstones without content; with `isDryRun` only
  /// says what would go. Snapshots are touched only with `rewritesSnapshots`. The caller holds the
  /// lock.
  public func forget(
    _ target: ForgetTarget, rewritesSnapshots: Bool = false, isDryRun: Bool,
    _ settings: RunSettings
  ) async throws -> ForgetOutcome {
    let run = ForgetRun(memory: self)
    var outcome = try run.plan(target)
    if !isDryRun, target != .nothing {
      if try run.remove(target, outcome) { _ = try await extract(settings) }
      try await settle(settings)
      try store.compact()
    }
    if rewritesSnapshots {
      var rewriting = try SnapshotRewriting(
        memory: self, texts: outcome.facts.flatMap { [$0.statement, $0.value] },
        isDryRun: isDryRun)
      let numbers = try rewriting.run()
      // Before it is forgotten, only the plan knows which archives hold it.
      let first = (outcome.snapshots + numbers).min()
      outcome.rewritten =
        isDryRun
        ? SnapshotShelf(folder).chain.map(\.name.sequence).filter { number in
          first.map { number >= $0 } ?? false
        } : numbers
    }
    return outcome
  }
}

/// The steps of a forgetting. The decision is kept first, so that a killed run can be repeated.
struct ForgetRun {
  let memory: Memory
  private var store: Store { memory.store }
  private var log: EventLog { EventLog(memory.folder) }

  init(memory: Memory) { self.memory = memory }

  /// The key, when the session is stored or has a log.
  private func known(session key: String) throws -> String {
    guard try store.session(key: key) != nil || log.hasLog(of: key) else {
      throw ForgetFailure.unknownSession(key)
    }
    return key
  }

  /// The source that was read from a path.
  private func known(source path: String) throws -> SourceRecord {
    guard let source = try store.source(path: path) else { throw ForgetFailure.unknownSource(path) }
    guard source.kind != .workspace else { throw ForgetFailure.workspace(path) }
    return source
  }

  // MARK: - What would go

  func plan(_ target: ForgetTarget) throws -> ForgetOutcome {
    switch target {
    case .fact(let query): return try plan(facts: [try memory.oneFact(query)])
    case .query(let text):
      let facts = try store.facts(FactQuery(text: text)).sorted { $0.id < $1.id }
      guard !facts.isEmpty else { throw MemoryFailure.unknownFact(text) }
      return try plan(facts: facts)
    case .person(let name):
      let facts = try store.facts().filter { $0.names(name) }.sorted { $0.id < $1.id }
      guard !facts.isEmpty else { throw ForgetFailure.unknownPerson(name) }
      return try plan(facts: facts)
    case .session(let key):
      return try plan(sessions: [try known(session: key)], places: ["session \(key)"])
    case .source(let path): return try plan(try known(source: path))
    case .period(let period): return try plan(period)
    case .nothing:
      return ForgetOutcome(
        facts: [], weakened: 0, observations: 0, places: [], events: 0, sessionsBehind: [],
        exportedFiles: [], snapshots: [], oldStores: Store.damaged(folder: memory.folder.path))
    }
  }

  /// Takes out what was planned; whether sessions must be extracted again.
  func remove(_ target: ForgetTarget, _ planned: ForgetOutcome) throws -> Bool {
    switch target {
    case .fact, .query, .person: try remove(facts: planned.facts)
    case .session(let key): try remove(session: key)
    case .source(let path):
      try remove(try known(source: path))
      return true
    case .period(let period):
      try remove(period)
      return true
    case .nothing: break
    }
    return false
  }

  private func plan(facts: [Fact]) throws -> ForgetOutcome {
    let observations = try facts.flatMap { try said($0) }
    return ForgetOutcome(
      facts: facts, weakened: 0, observations: Set(observations.map(\.id)).count, places: [],
      events: 0, sessionsBehind: Set(observations.compactMap(\.session)).sorted(),
      exportedFiles: exported(facts), snapshots: snapshots(Set(facts.map(\.id))) { _ in false },
      oldStores: Store.damaged(folder: memory.folder.path))
  }

  /// `origins` of observations are keys of sessions and ids of feeds.
  private func plan(
    sessions origins: [String], places: [String], events: Int? = nil
  ) throws -> ForgetOutcome {
    let gone = try store.observationIDs(onlyIn: origins)
    let known = try origins.reduce(0) { $0 + (try store.session(key: $1)?.events ?? 0) }
    return try plan(gone: gone, places: places, events: events ?? known) { contents in
      contents.sources.contains { origins.contains($0.session ?? $0.id) }
    }
  }

  private func plan(_ period: ForgottenPeriod) throws -> ForgetOutcome {
    let gone = try observations(in: period)
    let events = try sessions(in: period).reduce(0) { count, session in
      count + (try log.events(of: session).count { period.contains($0.at) })
    }
    guard !gone.isEmpty || events > 0 else { throw ForgetFailure.unknownPeriod }
    return try plan(gone: gone, places: ["time \(period.text)"], events: events) { contents in
      contents.facts.contains { fact in
        fact.evidence.contains { period.holds($0.actor, $0.at) }
      }
    }
  }

  private func observations(in period: ForgottenPeriod) throws -> Set<String> {
    var found: Set<String> = []
    try store.forEachSlot { _, observations in
      for observation in observations where period.holds(observation.actor, observation.at) {
        found.insert(observation.id)
      }
    }
    return found
  }

  /// Sessions with a log that may hold events of the time.
  private func sessions(in period: ForgottenPeriod) throws -> [SessionRecord] {
    try store.sessions().filter { session in
      guard !session.isFeed, let first = session.firstAt, let last = session.lastAt else {
        return false
      }
      return period.end.map { first.milliseconds < $0.milliseconds } ?? true
        && period.start.map { last.milliseconds >= $0.milliseconds } ?? true
    }
  }

  /// `holds` tells whether a snapshot has more of it than the facts that go.
  private func plan(
    gone: Set<String>, places: [String], events: Int, holds: (SnapshotContents) -> Bool
  ) throws -> ForgetOutcome {
    var going: [Fact] = []
    var weakened = 0
    for fact in try store.facts() {
      let behind = Set(try memory.observations(behind: fact).map(\.id))
      if behind.isEmpty || behind.isDisjoint(with: gone) { continue }
      if behind.isSubset(of: gone) { going.append(fact) } else { weakened += 1 }
    }
    going.sort { $0.id < $1.id }
    return ForgetOutcome(
      facts: going, weakened: weakened, observations: gone.count, places: places,
      events: events, sessionsBehind: [], exportedFiles: exported(going),
      snapshots: snapshots(Set(going.map(\.id)), holds),
      oldStores: Store.damaged(folder: memory.folder.path))
  }

  private func plan(_ source: SourceRecord) throws -> ForgetOutcome {
    let place = "source \(source.path)"
    guard let session = source.session else {
      return try plan(sessions: [source.id], places: [place])
    }
    guard try isShared(source) else { return try plan(sessions: [session], places: [place]) }
    // Other files tell the same session: what they say again stays, so this is the most that goes.
    let events = try log.known(session: session).count { $0.place.source == source.id }
    return try plan(sessions: [session], places: [place], events: events)
  }

  private func isShared(_ source: SourceRecord) throws -> Bool {
    try store.sources().contains { $0.session == source.session && $0.id != source.id }
  }

  // MARK: - Taking it out

  private func remove(facts: [Fact]) throws {
    var ids: Set<String> = []
    for fact in facts {
      for (id, value) in try memory.wordings(of: fact) {
        ids.insert(id)
        try store.addUserDecision(
          Decision(
            action: .forget, subject: id, object: id == fact.id ? "" : fact.id, actor: "user",
            at: fact.lastSeen, reason: Tombstone.forgottenReason),
          tombstone: Tombstone(
            fact: id, fingerprint: Tombstone.fingerprint(slot: fact.slot, value: value),
            reason: Tombstone.forgottenReason))
      }
      for claim in try memory.statedWordings(of: fact) {
        ids.insert(claim.id)
        try store.addUserDecision(
          Decision(
            action: .forget, subject: claim.id, object: fact.id, actor: "user", at: fact.lastSeen,
            reason: Tombstone.forgottenReason),
          tombstone: Tombstone(
            fact: claim.id, fingerprint: claim.fingerprint, reason: Tombstone.forgottenReason))
      }
    }
    try store.scrubDecisions(about: ids)
    let forgotten = ForgottenValues(try store.tombstones())
    var gone: Set<String> = []
    for fact in facts { gone.formUnion(try said(fact).map(\.id)) }
    try store.forEachSlot { _, observations in
      for observation in observations where forgotten.contains(observation) {
        gone.insert(observation.id)
      }
    }
    try store.removeObservations(gone)
  }

  private func remove(session key: String) throws {
    try keep(ForgottenPlaces.sessionPrefix + key)
    try store.removeSession(key)
    FileRemoval.remove(memory.folder.eventLog(of: key))
  }

  private func remove(_ source: SourceRecord) throws {
    try keep(ForgottenPlaces.sourcePrefix + source.id)
    guard let key = source.session else { return try store.removeSession(source.id) }
    guard try isShared(source) else {
      try store.removeSession(key)
      return FileRemoval.remove(memory.folder.eventLog(of: key))
    }
    let events = try log.known(session: key).filter { $0.place.source != source.id }
    let written = try log.write(events, session: key)
    guard let old = try store.session(key: key) else { return }
    let times = events.compactMap(\.at)
    // The other files are read whole again: an event that several told was kept from one of them.
    let siblings = try store.sources().filter { $0.session == key && $0.id != source.id }
    try store.putSession(
      SessionRecord(
        key: key, format: old.format, project: old.project, firstAt: times.min(),
        lastAt: times.max(), events: events.count, logName: written.name,
        logDigest: written.digest), sources: siblings.map(\.unread))
    try store.removeSources(paths: try copies(of: source))
  }

  private func remove(_ period: ForgottenPeriod) throws {
    try keep(ForgottenPlaces.periodPrefix + period.text)
    let sources = try store.sources()
    for session in try sessions(in: period) {
      let events = try log.events(of: session)
      let left = events.filter { !period.contains($0.at) }
      guard left.count < events.count else { continue }
      let written = try log.write(left, session: session.key)
      let times = left.compactMap(\.at)
      // The cursors stay where they are: what was read is not read again.
      try store.putSession(
        SessionRecord(
          key: session.key, format: session.format, project: session.project,
          firstAt: times.min(), lastAt: times.max(), events: left.count, logName: written.name,
          logDigest: written.digest),
        sources: sources.filter { $0.session == session.key })
    }
    try store.removeObservations(try observations(in: period))
  }

  private func copies(of source: SourceRecord) throws -> [String] {
    try store.sources().filter { $0.id == source.id }.map(\.path)
  }

  private func keep(_ subject: String) throws {
    try store.addUserDecision(
      Decision(
        action: .forget, subject: subject, object: "", actor: "user", at: nil,
        reason: Tombstone.forgottenReason))
  }

  // MARK: - Where it stands

  /// Observations of the fact's question that say the fact, also those that do not count.
  private func said(_ fact: Fact) throws -> [Observation] {
    let words = Set(try memory.wordings(of: fact).map(\.value))
    return try store.observations(slot: fact.slot.key).filter {
      words.contains($0.value) || words.contains($0.statement)
    }
  }

  /// Files in the places of export targets that hold one of the statements.
  private func exported(_ facts: [Fact]) -> [String] {
    guard !facts.isEmpty else { return [] }
    var found: Set<String> = []
    for target in ExportTarget.allCases where target.form != .archive {
      let base = memory.folder.projectRoot + "/" + target.path
      for path in files(at: base, depth: 2) {
        guard let bytes = try? WholeFile.read(path) else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        if facts.contains(where: { text.contains($0.statement) || text.contains($0.id) }) {
          found.insert(FilePath.absolute(path, in: "/"))
        }
      }
    }
    return found.sorted()
  }

  private func files(at path: String, depth: Int) -> [String] {
    guard let status = PathStatus.of(path) else { return [] }
    guard status.isFolder else { return [path] }
    guard depth > 0 else { return [] }
    return FolderNames.sorted(in: path).flatMap { files(at: path + "/" + $0, depth: depth - 1) }
  }

  private func snapshots(
    _ facts: Set<String>, _ holds: (SnapshotContents) -> Bool
  ) -> [Int] {
    let shelf = SnapshotShelf(memory.folder)
    return shelf.names.compactMap { name, file in
      guard let contents = try? shelf.open(memory.folder.snapshots + "/" + file).contents else {
        return nil
      }
      let isIn = contents.facts.contains { facts.contains($0.id) } || holds(contents)
      return isIn ? name.sequence : nil
    }
  }
}

extension Fact {
  /// Whether the fact names somebody as whole words, or rests on a quote that does.
  fileprivate func names(_ name: String) -> Bool {
    ([statement, value, slot.subject, reason] + evidence.map(\.quote)).contains {
      Self.words($0).contains(Self.words(name))
    }
  }

  /// The words in small letters between spaces, so that only whole ones are found.
  private static func words(_ text: String) -> String {
    " " + text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
  }
}

extension SourceRecord {
  /// The same source as one that has to be read from its beginning.
  var unread: SourceRecord {
    SourceRecord(
      path: path, id: id, kind: kind, format: format, session: session, size: -1,
      modifiedNanoseconds: 0, present: present)
  }
}
