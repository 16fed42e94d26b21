import Foundation
import KairosArchive
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Sessions that are found in homes: whose they are.
@Suite struct AgentScanTests {
  /// A home, a repository with a memory, and what lies beside them.
  private final class Machine {
    let folder: TemporaryFolder
    let root: String
    let memory: Memory
    let settings = RunSettings(workers: 1, now: { Build.start })

    init(remote: String? = nil) throws {
      folder = try TemporaryFolder()
      root = try #require(PathStatus.resolved(folder.path))
      try Self.repository(root + "/lamp", "one")
      if let remote { try Self.git(root + "/lamp", "remote", "add", "origin", remote) }
      let made = try Memory.create(
        at: root + "/lamp/.kairos", projectFolder: root + "/lamp", project: nil)
      memory = try Memory.open(made.folder)
    }

    static func repository(_ path: String, _ text: String) throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try text.write(toFile: path + "/a", atomically: true, encoding: .utf8)
      for arguments in [["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", text]] {
        try git(path, arguments)
      }
    }

    static func git(_ path: String, _ arguments: String...) throws { try git(path, arguments) }

    static func git(_ path: String, _ arguments: [String]) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", path, "-c", "user.name=A", "-c", "user.email=a@example.org"] + arguments
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
    }

    /// Writes a file into the home.
    func put(_ name: String, _ text: String) throws {
      let path = root + "/home/" + name
      try FileManager.default.createDirectory(
        atPath: FilePath.parent(of: path), withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func claude(_ session: String, cwd: String...) throws {
      let lines = cwd.enumerated().map {
        """
        {"parentUuid":null,"isSidechain":false,"userType":"external","cwd":"\($1)",\
        "sessionId":"\(session)","version":"2.1.30","gitBranch":"main","type":"user",\
        "message":{"role":"user","content":"Hello \($0)."},"uuid":"u-\(session)-\($0)",\
        "timestamp":"2026-01-05T12:00:0\($0)Z"}

        """
      }
      try put(".claude/projects/x/\(session).jsonl", lines.joined())
    }

    func codex(_ session: String, remote: String, cwd: String = "/elsewhere") throws {
      try put(
        ".codex/sessions/rollout-\(session).jsonl",
        """
        {"timestamp":"2026-01-05T12:00:00Z","type":"session_meta","payload":{"id":"\(session)",\
        "cwd":"\(cwd)","cli_version":"0.80.0","git":{"repository_url":"\(remote)"}}}

        """)
    }

    func search(all: Bool = false) -> IngestRequest {
      IngestRequest(
        paths: [],
        agents: AgentSearch(home: root + "/home", environment: [:], takesAllProjects: all))
    }

    func listing(_ agent: String = "Claude Code") throws -> AgentListing {
      let plan = try memory.plan(search())
      return try #require(plan.agents.first { $0.agent == agent })
    }

    func ingest(all: Bool = false) async throws -> StageReport {
      try await memory.ingest(search(all: all), settings)
    }
  }

  @Test func checkoutsOfTheProjectAreOurs() throws {
    let machine = try Machine()
    try Machine.git(machine.root, "clone", "-q", machine.root + "/lamp", machine.root + "/copy")
    try Machine.git(machine.root + "/lamp", "worktree", "add", "-q", machine.root + "/tree")
    try Machine.repository(machine.root + "/other", "two")
    try Machine.repository(machine.root + "/lamp/nested", "three")
    for name in ["lamp", "copy", "tree", "other", "lamp/nested", "gone/lamp"] {
      try machine.claude(name.replacing("/", with: "-"), cwd: machine.root + "/" + name)
    }
    try machine.claude("deep", cwd: machine.root + "/lamp/src/deep")
    let listing = try machine.listing()
    #expect(listing.taken == 4 && listing.others == 3)
    let findings = try machine.memory.plan(machine.search()).findings
    #expect(findings.map(\.path) == [machine.root + "/gone/lamp"])
  }

  @Test func aSessionBelongsToTheFirstProjectItWentTo() throws {
    let machine = try Machine()
    try Machine.repository(machine.root + "/other", "two")
    let (lamp, other) = (machine.root + "/lamp", machine.root + "/other")
    try machine.claude("a", cwd: machine.root, lamp, other)
    try machine.claude("b", cwd: machine.root, other, lamp)
    #expect(
      try machine.memory.plan(machine.search()).items.map(\.path).map(FilePath.name) == ["a.jsonl"])
  }

  @Test func theRemoteComesBeforeTheFolder() throws {
    let machine = try Machine(remote: "git@github.com:ann/lamp.git")
    try machine.codex("ours", remote: "https://github.com/ann/lamp")
    try machine.codex("theirs", remote: "https://github.com/bob/lamp", cwd: "/home/ann/lamp")
    try machine.codex("fork", remote: "https://github.com/bob/lamp", cwd: machine.root + "/lamp")
    try AliasTable().remember(["/home/ann/lamp"], in: machine.memory.folder)
    let paths = try machine.memory.plan(machine.search()).items.map(\.path).map(FilePath.name)
    #expect(paths == ["rollout-fork.jsonl", "rollout-ours.jsonl"])
  }

  @Test func hashesOfFoldersAreTried() throws {
    let machine = try Machine()
    let deep = machine.root + "/lamp/src/app"
    try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
    for (name, folder) in [("a", machine.root + "/lamp"), ("b", deep), ("c", "/home/bob/lamp")] {
      let hash = SHA256Digest.of(folder).hex
      try machine.put(
        ".gemini/tmp/\(hash)/chats/session-\(name).json",
        """
        {"sessionId":"\(name)","projectHash":"\(hash)","startTime":"2026-01-05T12:00:00.000Z",\
        "messages":[{"id":"1","timestamp":"2026-01-05T12:00:00.000Z","type":"user","content":"Hi"}]}
        """)
    }
    let listing = try machine.listing("Gemini CLI")
    #expect(listing.taken == 2 && listing.others == 1)
  }

  @Test(arguments: [
    (#"{"folder":"file://ROOT/lamp"}"#, 1, 0), (#"{"folder":"file:///gone/my%20lamp"}"#, 0, 1),
    (#"{"workspace":"file://ROOT/lamp/lamp.code-workspace"}"#, 1, 0), ("{}", 0, 0),
  ])
  func theEditorsWindowNamesTheFolder(window: String, taken: Int, others: Int) throws {
    let machine = try Machine()
    let storage = ".config/Code/User/workspaceStorage/1a2b/"
    try machine.put(
      storage + "chatSessions/s.json",
      #"{"version":3,"requests":[{"requestId":"r","message":{"text":"Hi"},"response":[]}]}"#)
    try machine.put(storage + "workspace.json", window.replacing("ROOT", with: machine.root))
    let listing = try machine.listing("GitHub Copilot in VS Code")
    #expect(listing.taken == taken && listing.others == others)
    #expect(listing.nowhere == 1 - taken - others)
  }

  @Test func foldersAreRememberedAndTheTableIsObeyed() async throws {
    let machine = try Machine()
    let copy = machine.root + "/copy"
    try Machine.git(machine.root, "clone", "-q", machine.root + "/lamp", copy)
    try machine.claude("first", cwd: copy)
    #expect(try await machine.ingest().count("sessions") == 1)
    try FileManager.default.removeItem(atPath: copy)
    try machine.claude("second", cwd: copy + "/src")
    #expect(try machine.listing().taken == 2)
    let file = machine.memory.folder.aliases
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("\n\(copy)\n") && text.contains("\n\(machine.root)/lamp\n"))
    try text.replacing("\n\(copy)", with: "\n ! \(copy)/")
      .write(toFile: file, atomically: true, encoding: .utf8)
    try machine.claude("third", cwd: copy)
    let listing = try machine.listing()
    #expect(listing.unchanged == 1 && listing.taken == 1 && listing.others == 2)
    #expect(try machine.memory.status().aliases.entries.contains { $0.isExcluded })
  }

  @Test func otherProjectsAreKeptApart() async throws {
    let machine = try Machine()
    try Machine.repository(machine.root + "/other", "two")
    try machine.claude("ours", cwd: machine.root + "/lamp")
    try machine.claude("other", cwd: machine.root + "/other")
    try machine.claude("gone", cwd: "/gone")
    #expect(try await machine.ingest(all: true).count("sessions") == 3)
    let status = try machine.memory.status()
    #expect(status.sessions == 1 && status.otherSessions == 2)
    #expect(try await machine.memory.extract(machine.settings).count("sessions") == 1)
    #expect(try await machine.ingest(all: true).agents.first?.unchanged == 3)
    #expect(try await machine.ingest().agents.first?.others == 2)
    try AliasTable().remember(["/gone"], in: machine.memory.folder)
    #expect(try await machine.ingest().count("sessions") == 1)
    #expect(try machine.memory.status().otherSessions == 1)
  }

  @Test(arguments: [false, true])
  func otherProjectsStayApartWhenTheStoreIsMadeAnew(isStoreLost: Bool) async throws {
    let machine = try Machine()
    try Machine.repository(machine.root + "/other", "two")
    try machine.claude("ours", cwd: machine.root + "/lamp")
    try machine.claude("other", cwd: machine.root + "/other")
    _ = try await machine.ingest(all: true)
    let folder = machine.memory.folder
    if isStoreLost { try FileManager.default.removeItem(atPath: folder.database) }
    let request = RebuildRequest(agents: machine.search().agents)
    _ = try await Memory.rebuild(folder, request, machine.settings)
    let status = try Memory.open(folder).status()
    #expect(status.sessions == 1 && status.otherSessions == 1)
  }

  @Test func whatIsNoTranscriptIsCounted() throws {
    let machine = try Machine()
    try machine.claude("ours", cwd: machine.root + "/lamp")
    try machine.put(".claude/projects/x/ours.meta.json", "{}")
    try machine.put(".bash_history", "#1767614400\nmake test\n#1767614401\nmake lint\n")
    #expect(try machine.listing().unknown == 1)
    #expect(try machine.listing("bash and zsh").nowhere == 1)
  }

  @Test func aHistoryOfManyProjectsIsDivided() async throws {
    let machine = try Machine()
    try Machine.repository(machine.root + "/other", "two")
    let lines = ["other", "lamp", "gone"].enumerated().map {
      """
      {"display":"Hello \($1).","pastedContents":{},"timestamp":176761440\($0)000,\
      "project":"\(machine.root)/\($1)","sessionId":"h\($0)"}

      """
    }
    try machine.put(".claude/history.jsonl", lines.joined())
    _ = try await machine.ingest()
    let session = try #require(try machine.memory.store.sessions().first)
    let events = try EventLog(machine.memory.folder).events(of: session)
    #expect(Set(events.map(\.session)) == ["h1"])
  }

  @Test(arguments: ["file", "digest"])
  func earlyGeminiLogsAreMatchedByTheirFolder(way: String) throws {
    let machine = try Machine()
    let hash = SHA256Digest.of(machine.root + "/lamp").hex
    let folder = ".gemini/tmp/" + (way == "digest" ? hash : "lamp")
    try machine.put(
      folder + "/logs.json",
      #"[{"sessionId":"g","messageId":0,"type":"user","message":"Hi","timestamp":"#
        + #""2026-01-05T12:00:00.000Z"}]"#)
    if way == "file" { try machine.put(folder + "/.project_root", machine.root + "/lamp\n") }
    #expect(try machine.listing("Gemini CLI").taken == 1)
  }

  @Test func compressedRolloutsAreReadAsTheyAre() async throws {
    let machine = try Machine(remote: "git@github.com:ann/lamp.git")
    try machine.codex("ours", remote: "https://github.com/ann/lamp")
    try machine.codex("theirs", remote: "https://github.com/bob/lamp")
    let sessions = machine.root + "/home/.codex/sessions"
    for name in ["ours", "theirs"] {
      let path = "\(sessions)/rollout-\(name).jsonl"
      let text = try WholeFile.read(path)
      try TarArchive.write(members: [("rollout.jsonl", text)], to: path + ".tar.zst")
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(try machine.listing("Codex CLI").taken == 1)
    #expect(try await machine.ingest().count("sessions") == 1)
    #expect(try machine.listing("Codex CLI").unchanged == 1)
  }
}
