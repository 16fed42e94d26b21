import Foundation
import KairosModel
import KairosRedaction
import KairosSources
import Testing

@Suite struct WorkspaceScannerTests {
  static let scanner = WorkspaceScanner(redactor: Redactor(key: "test")) { head, _ in
    head.starts(with: Array("{\"type\":".utf8))
  }

  static let files = [
    "README.md": "# Demo\n", "AGENTS.md": "Use tabs.\n", "package.json": "{\"name\": \"demo\"}\n",
    "src/a.py": "\"\"\"Module a.\"\"\"\ndef run_all(): pass\n", "src/data.csv": "alpha,beta\n",
    ".gitignore": "ignored/\n*.log\n", "bin/tool": "#!/usr/bin/env python3\ndef main(): pass\n",
  ]

  private func paths(_ scan: WorkspaceScan) -> [String] { scan.workspace.files.map(\.path) }

  @Test func readsAFolderLikeItsCommitAndLikeACopyWithoutGit() throws {
    let tree = try Tree(Self.files)
    let commit = try tree.commit()
    try tree.write("ignored/x.py", "def x(): pass")
    try tree.write("src/a.log", "noise")
    let folder = try Self.scanner.scan(directory: tree.root)
    let atCommit = try Self.scanner.scan(repository: tree.root, commit: commit)
    #expect(folder == atCommit)
    #expect(folder.workspace.commit == commit && !folder.workspace.dirty)
    #expect(folder.workspace.at?.rfc3339 == "2026-01-05T12:00:00Z")
    #expect(paths(folder) == Self.files.keys.sorted())
    try tree.remove(".git")
    let plain = try Self.scanner.scan(directory: tree.root).workspace
    #expect(plain.files == folder.workspace.files)
    #expect(plain.commit == nil && plain.at == nil && plain.id != folder.workspace.id)
  }

  @Test func saysWhatEachFileIs() throws {
    let tree = try Tree(Self.files)
    let scan = try Self.scanner.scan(directory: tree.root)
    let byPath = Dictionary(uniqueKeysWithValues: scan.workspace.files.map { ($0.path, $0) })
    #expect(byPath["README.md"]?.kind == .document && byPath["AGENTS.md"]?.kind == .instructions)
    #expect(byPath["package.json"]?.text == "{\"name\": \"demo\"}\n")
    #expect(byPath["src/a.py"]?.text == "Module a.")
    #expect(byPath["src/a.py"]?.symbols.map(\.name) == ["run_all"])
    #expect(byPath["src/data.csv"]?.text == nil)
    #expect(byPath["src/data.csv"]?.words == ["alpha", "beta"])
    #expect(byPath["bin/tool"]?.kind == .code)
    #expect(byPath["AGENTS.md"]?.digest == SHA256Digest.of("Use tabs.\n").text)
  }

  @Test func wordsAreThoseOfTheIndex() throws {
    let text = "go-git --flag x_y -a- größe a1 z\nfoo.Bar::baz 日本 end-"
    let tree = try Tree(["a.md": text])
    let file = try Self.scanner.scan(directory: tree.root).workspace.files[0]
    #expect(file.words == Array(Set(WorkspaceIndex.words(of: text))).sorted())
  }

  @Test func marksAChangedTreeDirty() throws {
    let tree = try Tree(Self.files)
    let commit = try tree.commit()
    let clean = try Self.scanner.scan(directory: tree.root).workspace
    try tree.write("new.md", "new")
    #expect(try !Self.scanner.scan(directory: tree.root).workspace.dirty)
    try tree.write("README.md", "# Changed\n")
    let dirty = try Self.scanner.scan(directory: tree.root).workspace
    #expect(dirty.dirty && dirty.commit == commit && dirty.id != clean.id)
    #expect(dirty.file("new.md") != nil)
    try tree.remove("README.md")
    #expect(try Self.scanner.scan(directory: tree.root).workspace.file("README.md") == nil)
  }

  @Test func leavesOutWhatIsNoPartOfTheProject() throws {
    let outside = try Tree(["secret.md": "outside"])
    let tree = try Tree(Self.files)
    try tree.commit()
    for path in [
      "node_modules/a/README.md", "dist/x.js", ".kairos/store.md", ".specstory/history/a.md",
      "id_rsa", "sub/.claude/projects/p/a.md",
    ] { try tree.write(path, "x y z") }
    try tree.write("log.jsonl", "{\"type\":\"user\"}")
    try tree.write("image.bin", [1, 2, 0, 3])
    try tree.link("link.md", to: outside.path("secret.md"))
    try tree.link("folder", to: outside.root)
    tree.fifo("pipe")
    tree.writeUnspeakable()
    let scan = try Self.scanner.scan(directory: tree.root)
    #expect(paths(scan) == (Self.files.keys + ["image.bin"]).sorted())
    let image = try #require(scan.workspace.file("image.bin"))
    #expect(image.kind == .other && image.words.isEmpty && image.text == nil)
    #expect(
      Set(scan.findings.map(\.code)) == ["committed-transcripts", "file-name-encoding"])
  }

  @Test func followsNoLinkThatReplacedATrackedFolder() throws {
    let outside = try Tree(["a.py": "def leaked(): pass"])
    let tree = try Tree(Self.files)
    try tree.commit()
    try tree.remove("src")
    try tree.link("src", to: outside.root)
    let scan = try Self.scanner.scan(directory: tree.root)
    #expect(!paths(scan).contains { $0.hasPrefix("src") })
    #expect(scan.workspace.dirty)
  }

  @Test func runsNothingOfTheRepository() throws {
    let tree = try Tree(Self.files)
    try tree.write(".gitattributes", "*.md filter=evil diff=evil\n*.py filter=a=b\n")
    try tree.commit()
    let mark = tree.path(".git/mark")
    let script = tree.path(".git/evil.sh")
    try "#!/bin/sh\ntouch '\(mark)'\ncat\n".write(toFile: script, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    for name in [
      "core.fsmonitor", "core.pager", "diff.external", "filter.evil.clean", "filter.evil.smudge",
      "filter.evil.process", "diff.evil.textconv", "core.sshCommand", "filter.a=b.clean",
      "core.alternateRefsCommand", "gpg.program", "core.editor",
    ] { try tree.git("config", name, script) }
    try tree.git("config", "filter.evil.required", "true")
    try tree.git("config", "log.showSignature", "true")
    for hook in ["post-index-change", "fsmonitor-watchman", "reference-transaction"] {
      try FileManager.default.createDirectory(
        atPath: tree.path(".git/hooks"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: script, toPath: tree.path(".git/hooks/" + hook))
    }
    try tree.write("README.md", "# Demi\n")
    try tree.write("src/a.py", "def run_one(): pass\n")
    let before = try Data(contentsOf: URL(fileURLWithPath: tree.path(".git/index")))
    let scan = try Self.scanner.scan(directory: tree.root)
    _ = try Self.scanner.scan(repository: tree.root, commit: "HEAD")
    _ = ProjectIdentity.of(directory: tree.root)
    #expect(scan.workspace.dirty)
    #expect(!FileManager.default.fileExists(atPath: mark))
    #expect(try Data(contentsOf: URL(fileURLWithPath: tree.path(".git/index"))) == before)
    // The canary: an unprotected git does run the filter.
    try tree.git("status", "--porcelain")
    #expect(FileManager.default.fileExists(atPath: mark))
  }

  @Test func readsASubfolderABareRepositoryAndAnUnbornBranch() throws {
    let tree = try Tree(Self.files)
    let commit = try tree.commit()
    let folder = try Self.scanner.scan(directory: tree.path("src"))
    #expect(paths(folder) == ["a.py", "data.csv"])
    #expect(folder == (try Self.scanner.scan(repository: tree.path("src"), commit: "main")))
    let other = try Tree()
    try other.git("clone", "-q", "--bare", tree.root, other.path("b.git"))
    let bare = try Self.scanner.scan(directory: other.path("b.git"))
    #expect(bare.workspace.commit == commit && paths(bare) == Self.files.keys.sorted())
    let unborn = try Tree(["a.md": "x"])
    try unborn.git("init", "-q")
    let state = try Self.scanner.scan(directory: unborn.root).workspace
    #expect(state.commit == nil && !state.dirty && state.files.map(\.path) == ["a.md"])
  }

  @Test func keepsSecretsAndItsOwnExportsOut() throws {
    let token = "gh" + "p_" + "q7Zt2Lw9Xk4Rv1Bn8Sd6Pf3Hg5Jc0YmA1zE7"
    let block = "top\n<!-- kairos:begin snapshot=x -->\nown words\n<!-- kairos:end -->\nlast\n"
    let tree = try Tree([
      "README.md": "token \(token)\n", "AGENTS.md": block,
      "a.go": "// Use \(token).\npackage a\n// Run uses \(token).\nfunc Run() {}\n",
    ])
    let files = try Self.scanner.scan(directory: tree.root).workspace.files
    for file in files {
      let json = file.canonical
      #expect(!json.contains("Xk4Rv1Bn8Sd6"), "\(file.path)")
    }
    #expect(files[0].text == "top\n\n\n\nlast\n")
    #expect(files[0].words == ["last", "top"])
  }

  @Test func cutsLargeFiles() throws {
    var limits = WorkspaceLimits()
    limits.fileBytes = 1000
    limits.manifestBytes = 300
    limits.textBytes = 100
    limits.digestBytes = 5000
    let text = String(repeating: "größer ", count: 150)
    let tree = try Tree([
      "big.md": text, "go.sum": text, "doc.md": String(text.prefix(200)),
      "huge.md": String(repeating: "x", count: 6000),
    ])
    let scanner = WorkspaceScanner(redactor: Redactor(key: "t"), limits: limits)
    let scan = try scanner.scan(directory: tree.root)
    #expect(paths(scan) == ["big.md", "doc.md", "go.sum"])
    #expect(scan.workspace.file("big.md")?.text == nil)
    #expect(scan.workspace.file("big.md")?.digest == SHA256Digest.of(text).text)
    #expect(scan.workspace.file("doc.md")?.text.map { $0.utf8.count } == 100)
    #expect(scan.workspace.file("go.sum")?.text.map { $0.hasPrefix("größer") } == true)
    #expect(scan.findings.map(\.code) == ["large-file"])
  }

  @Test func namesWhatCannotBeScanned() throws {
    let tree = try Tree(["a": "x"])
    #expect(throws: SourceError.notFound(path: "no/where")) {
      try Self.scanner.scan(directory: "no/where")
    }
    #expect(throws: SourceError.notAFolder(path: tree.path("a"))) {
      try Self.scanner.scan(directory: tree.path("a"))
    }
    #expect(throws: SourceError.notARepository(path: tree.root)) {
      try Self.scanner.scan(repository: tree.root, commit: "HEAD")
    }
    try tree.commit()
    for name in ["gone", "--all", "", "HEAD:a"] {
      #expect(throws: SourceError.unknownCommit(path: tree.root, commit: name)) {
        try Self.scanner.scan(repository: tree.root, commit: name)
      }
    }
    let bare = try Tree()
    let empty = try Self.scanner.scan(directory: bare.root)
    #expect(empty.findings.map(\.code) == ["empty-workspace"])
  }

  @Test func aFailingDiskIsAnErrorAndNoSmallerProject() throws {
    let tree = try Tree(Self.files)
    let disk = FaultyFileSystem(seed: 3, .init(readsUntilBroken: 6))
    let scanner = WorkspaceScanner(redactor: Redactor(key: "t"), fileSystem: disk)
    #expect(throws: SourceError.self) { try scanner.scan(directory: tree.root) }
    let tired = FaultyFileSystem(seed: 3, .init(shortRead: 50, interrupted: 50))
    let patient = WorkspaceScanner(redactor: Redactor(key: "t"), fileSystem: tired)
    let calm = WorkspaceScanner(redactor: Redactor(key: "t"))
    #expect(try patient.scan(directory: tree.root) == calm.scan(directory: tree.root))
  }
}

extension Workspace {
  func file(_ path: String) -> File? { files.first { $0.path == path } }
}

extension CanonicalRecord {
  var canonical: String {
    var json = CanonicalJSON()
    write(to: &json)
    return json.text
  }
}
