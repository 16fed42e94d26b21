/// What a memory cannot do for its caller.
public enum MemoryFailure: Failure, Equatable {
  case noMemory(at: String)
  case noMemoryUpward(from: String)
  case notAFolder(path: String)
  case nothingToRead(path: String)
  /// `near` names the formats that a single file looks most like.
  case notATranscript(paths: [String], near: [String] = [])
  case noSnapshot
  case unknownSnapshot(String)
  case prunedSnapshot(String)
  case ambiguousSnapshot(String, count: Int)
  case unknownFact(String)
  case ambiguousFact(String, ids: [String], count: Int)
  case brokenEventLog(path: String)
  case lostStore(path: String)
  case lossRefused(retired: [String], of: Int, limitPercent: Int)
  case badData(places: [String])
  case unknownMember(String, known: [String])
  case damagedSnapshot(path: String, reason: String)
  case unknownTarget(String, near: String?)

  public var status: ExitStatus {
    switch self {
    case .noMemory, .noMemoryUpward, .notAFolder, .nothingToRead, .noSnapshot,
      .unknownSnapshot, .prunedSnapshot, .ambiguousSnapshot, .unknownMember, .unknownFact,
      .ambiguousFact:
      .inputMissing
    case .brokenEventLog, .lostStore, .damagedSnapshot: .inputOutput
    case .lossRefused: .refused
    case .badData, .notATranscript: .badData
    case .unknownTarget: .usage
    }
  }

  public var sentence: String {
    switch self {
    case .noMemory(let path): "there is no memory at \(path)"
    case .noMemoryUpward(let path): "there is no memory (.kairos) in \(path) or above it"
    case .notAFolder(let path): "\(path) is a file, not a project's folder"
    case .notATranscript(let paths, let near):
      paths.count == 1
        ? "\(paths[0]) is no transcript and no observation feed that kairos knows"
          + UnknownFile.likeness(near)
        : "none of these files is a transcript that kairos knows:\n"
          + paths.prefix(20).map { "  \($0)" }.joined(separator: "\n")
    case .nothingToRead(let path): "there is no transcript and no file of a project in \(path)"
    case .noSnapshot: "there is no snapshot yet"
    case .unknownSnapshot(let reference): "there is no snapshot '\(reference)'"
    case .prunedSnapshot(let reference):
      "the snapshot '\(reference)' was pruned; only its manifest is left"
    case .ambiguousSnapshot(let reference, let count):
      "'\(reference)' fits \(count) snapshots"
    case .unknownFact(let query): "no fact has the id '\(query)' or contains it"
    case .ambiguousFact(let query, let ids, let count):
      "'\(query)' fits \(count) facts: \(ids.joined(separator: ", "))"
        + (count > ids.count ? ", …" : "")
    case .brokenEventLog(let path): "the event log \(path) cannot be read"
    case .lostStore(let path):
      "\(path) is missing or empty, but the event logs beside it are there"
    case .lossRefused(let retired, let all, let limit): Self.loss(retired, all, limit)
    case .badData(let places):
      "--strict is on, and there is bad input data; nothing of these sources was kept:\n"
        + places.prefix(50).map { "  \($0)" }.joined(separator: "\n")
        + (places.count > 50 ? "\n  … and \(places.count - 50) more" : "")
    case .damagedSnapshot(let path, let reason): "the snapshot \(path) is damaged: \(reason)"
    case .unknownMember(let name, _): "the snapshot has no member '\(name)'"
    case .unknownTarget(let name, let near):
      "there is no export target '\(name)'" + (near.map { "; did you mean '\($0)'?" } ?? "")
    }
  }

  public var hint: String? {
    switch self {
    case .noMemory, .noMemoryUpward: "`kairos init` makes one beside the project"
    case .notAFolder: "name the folder that holds the project: `kairos init DIR`"
    case .notATranscript:
      "transcripts of Claude Code and Codex are JSON lines; `--as` says what a file is"
    case .nothingToRead:
      "`kairos ingest --as transcripts|workspace|observations PATH` says what it is"
    case .noSnapshot: "`kairos snapshot create` writes the first one"
    case .unknownSnapshot, .prunedSnapshot, .ambiguousSnapshot:
      "`kairos snapshot list` shows all of them"
    case .unknownFact: "`kairos facts --state all QUERY` searches every statement"
    case .ambiguousFact: "give more of the id, or a text that fits one of them only"
    case .brokenEventLog: "`kairos ingest` reads the session again if its source is still there"
    case .lostStore: "`kairos doctor --rebuild` makes the store anew from them"
    case .lossRefused: "look at the list; `--allow-loss` goes on all the same"
    case .badData: "without --strict such lines are counted and skipped"
    case .damagedSnapshot:
      "`kairos snapshot verify` checks all; older snapshots are not touched"
    case .unknownMember(_, let known): "its members are \(known.joined(separator: ", "))"
    case .unknownTarget: "`kairos export --help` lists the targets"
    }
  }

  private static func loss(_ retired: [String], _ all: Int, _ limit: Int) -> String {
    let shown = retired.prefix(50).map { "  \($0)" }
    let rest = retired.count > 50 ? ["  … and \(retired.count - 50) more"] : []
    let head =
      "this run would retire \(retired.count) of \(all) firm facts, more than \(limit) %; "
      + "nothing was changed:"
    return ([head] + shown + rest).joined(separator: "\n")
  }
}
