import Foundation
import KairosArchive
import KairosModel
import KairosStore

/// One sample, run by the built binary in a folder of its own.
struct SampleRun {
  let sample: URL
  private let root: URL
  private var project: URL { root.appending(path: "project") }
  private var store: URL { project.appending(path: ".kairos") }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init(_ name: String) throws {
    sample = Self.repository.appending(path: "samples/\(name)")
    root = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID().uuidString)")
      .resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: root) }

  /// Runs every stage; gives back the artefact of each, in order.
  func artefacts() throws -> [(name: String, bytes: [UInt8])] {
    let script = Self.repository.appending(path: "scripts/sample-project.sh").path
    try run(["bash", script, sample.path, project.path], in: root)
    try kairos("init")
    let commits = String(
      decoding: try run(["git", "rev-list", "--reverse", "HEAD"], in: project), as: UTF8.self)
    for commit in commits.split(separator: "\n") {
      try kairos("ingest", ".", "--commit", String(commit))
    }
    try kairos("ingest", sample.appending(path: "input/sessions").path)
    let events = try eventLines()
    try kairos("extract")
    let observations = try observationLines()
    let merged = try kairos("consolidate", "--stage", "merge", "--format", "jsonl")
    let reconciled = try kairos("consolidate", "--stage", "reconcile", "--format", "jsonl")
    try kairos("consolidate")
    let facts = try kairos("facts", "--state", "all", "--format", "jsonl")
    try kairos("snapshot", "create")
    try kairos("export", "--target", "agents-md")
    return [
      ("1-ingest.events.jsonl", events), ("2-extract.observations.jsonl", observations),
      ("3-merge.claims.jsonl", merged), ("4-reconcile.claims.jsonl", reconciled),
      ("5-promote.facts.jsonl", facts), ("6-snapshot.manifest.json", try manifest()),
      ("7-export.AGENTS.md", [UInt8](try Data(contentsOf: project.appending(path: "AGENTS.md")))),
    ]
  }

  /// The snapshot's id after everything was read and written once more.
  func idAfterSecondRun() throws -> String {
    try kairos("ingest", sample.appending(path: "input/sessions").path)
    try kairos("extract")
    try kairos("consolidate")
    try kairos("snapshot", "create")
    return try SnapshotManifest(canonicalBytes: Array(try manifest().dropLast())).id
  }

  /// Commands and what they print to a terminal, in the project's newest state; its path is shown
  /// as `~/lantern`.
  func session(_ commands: [String]) throws -> String {
    let script = Self.repository.appending(path: "scripts/sample-project.sh").path
    try run(["bash", script, sample.path, project.path], in: root)
    try FileManager.default.copyItem(
      at: sample.appending(path: "input/sessions"), to: root.appending(path: "sessions"))
    let path = Self.binary.deletingLastPathComponent().path
    return try commands.map { command in
      let line = "PATH=\(path):$PATH; \(command) 2>&1"
      let output = String(decoding: try run(["sh", "-c", line], in: project), as: UTF8.self)
      return "$ \(command)\n" + output.replacing(project.path, with: "~/lantern")
    }.joined()
  }

  /// What the binary prints without a memory.
  func kairosAnywhere(_ arguments: String...) throws -> Data {
    Data(try run([Self.binary.path] + arguments, in: root))
  }

  // MARK: Artefacts that no command prints

  private func eventLines() throws -> [UInt8] {
    let folder = store.appending(path: "events")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var lines: [UInt8] = []
    for name in names {
      try ZstdLog(path: folder.appending(path: name).path).forEachLine { lines += $0 + [0x0a] }
    }
    return lines
  }

  private func observationLines() throws -> [UInt8] {
    var lines: [UInt8] = []
    try Store.open(folder: store.path, create: false).forEachSlot { _, observations in
      for observation in observations { lines += observation.canonicalBytes + [0x0a] }
    }
    return lines
  }

  /// The manifest of the newest snapshot, with a newline at its end.
  private func manifest() throws -> [UInt8] {
    let folder = store.appending(path: "snapshots")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    guard let newest = names.last else { throw SampleFailure(message: "there is no snapshot") }
    let members = try TarArchive.read(folder.appending(path: newest).path)
    guard let manifest = members.first(where: { $0.name == "manifest.json" }) else {
      throw SampleFailure(message: "\(newest) has no manifest")
    }
    return manifest.bytes.last == 0x0a ? manifest.bytes : manifest.bytes + [0x0a]
  }

  // MARK: Processes

  /// The built binary stands beside the test bundle.
  private static let binary = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "kairos")

  @discardableResult
  private func kairos(_ arguments: String...) throws -> [UInt8] {
    try run([Self.binary.path] + arguments, in: project)
  }

  /// Runs a command and gives back its stdout; throws its stderr when it fails.
  @discardableResult
  private func run(_ command: [String], in folder: URL) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = folder
    process.environment = ["HOME": root.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    // Files, since a full pipe would block both sides.
    let files = ["out", "err"].map { root.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = try String(contentsOf: files[1], encoding: .utf8)
      throw SampleFailure(message: "\(command.joined(separator: " ")): \(text)")
    }
    return [UInt8](try Data(contentsOf: files[0]))
  }
}

struct SampleFailure: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
