import KairosModel
import KairosSources

/// One memory file as an audit reads it.
struct AuditedFile {
  /// What the text is.
  enum Form { case markdown, jsonLines, bundle }

  /// Which agent loads it: the same words for two agents are no repetition.
  enum Reader: String { case claude, agents, gemini, cursor, copilot, other }

  /// Absolute, without links.
  let path: String
  /// As it is shown.
  let shown: String
  /// Path below the workspace; `nil` outside of it.
  let inside: String?
  let text: String
  let form: Form
  /// Statements of a bundle, which has no lines of its own.
  let statements: [String]

  /// The text with its front matter as empty lines.
  var body: String { FrontMatterBlock(text).body }

  var name: String { FilePath.name(of: path) }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  func place(_ line: Int) -> AuditPlace { AuditPlace(path: shown, lines: line...line) }

  var reader: Reader {
    let lower = path.lowercased()
    switch name.lowercased() {
    case "claude.md", "claude.local.md", "memory.md": return .claude
    case "agents.md", "agents.override.md": return .agents
    case "gemini.md": return .gemini
    case ".cursorrules": return .cursor
    case "copilot-instructions.md": return .copilot
    default: break
    }
    if lower.hasSuffix(".mdc") || lower.contains("/.cursor/") { return .cursor }
    if lower.hasSuffix(".instructions.md") { return .copilot }
    return lower.contains("/.claude/") ? .claude : .other
  }

  /// Whether both are in one agent's context at a time: instructions of two folders are, when one
  /// folder lies in the other.
  func meets(_ other: AuditedFile) -> Bool {
    let (one, two) = (scope, other.scope)
    let (mine, theirs) = (FrontMatterBlock(text).applies, FrontMatterBlock(other.text).applies)
    guard mine == nil || theirs == nil || mine == theirs else { return false }
    return FilePath.isInside(one, two) || FilePath.isInside(two, one)
  }

  /// The folder whose work the file is about.
  private var scope: String {
    var folder = FilePath.parent(of: path)
    for part in ["/.cursor/", "/.github/", "/.claude/"] {
      if let at = (folder + "/").firstRange(of: part) { folder = String(folder[..<at.lowerBound]) }
    }
    return folder
  }
}

/// The settings between `---` lines at the start of a rule file.
struct FrontMatterBlock {
  /// The files to which the rule applies; `nil` for all.
  let applies: String?
  /// The whole text with these lines empty.
  let body: String

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isOpen = lines.first?.trimmingCharacters == "---"
    guard isOpen, let end = lines.dropFirst().firstIndex(where: { $0.trimmingCharacters == "---" })
    else {
      (applies, body) = (nil, text)
      return
    }
    var applies: String?
    for line in lines[1..<end] {
      let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmingCharacters)
      guard parts.count == 2, ["globs", "applyTo", "paths"].contains(parts[0]) else { continue }
      let globs = parts[1].filter { !"\"'[] ".contains($0) }
      if !globs.isEmpty, !["**", "**/*", "*"].contains(globs) { applies = globs }
    }
    let isAlways = lines[1..<end].contains { $0.filter { $0 != " " } == "alwaysApply:true" }
    self.applies = isAlways ? nil : applies
    for index in 0...end { lines[index] = "" }
    body = lines.joined(separator: "\n")
  }
}

extension Substring {
  /// Without white space at the ends.
  fileprivate var trimmingCharacters: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// Finds the memory files that a person means.
struct AuditedFiles {
  private(set) var files: [AuditedFile] = []
  private(set) var notes: [Finding] = []
  private let workspace: String
  private var seen: [String: String] = [:]

  /// Larger files are no memory.
  private static let bytesMax = 8 << 20
  private static let depthMax = 12
  private static let skipped: Set<String> = [
    ".git", "node_modules", ".kairos", "vendor", "target", "dist", "build", ".build", ".venv",
    "venv", "__pycache__", "fixtures", "testdata", "__fixtures__",
  ]

  init(_ request: AuditRequest) throws {
    workspace = PathStatus.resolved(request.workspace) ?? request.workspace
    for path in request.paths {
      guard let resolved = PathStatus.resolved(path) else { throw FileFailure.missing(path: path) }
      if PathStatus.of(resolved)?.isFolder == true {
        let found = Self.memories(below: resolved, depth: 0)
        if found.isEmpty { throw AuditFailure.nothingThere(path: path) }
        for file in found {
          // A link may lead anywhere, and a pipe never ends.
          guard let target = PathStatus.resolved(file), FilePath.isInside(target, resolved),
            Self.isFile(target)
          else {
            notes.append(
              Finding(
                severity: .warning, code: "not-followed",
                message: "It is a link out of the folder, or no file, and was left out.",
                path: file))
            continue
          }
          try add(target)
        }
      } else {
        guard Self.isFile(resolved) else { throw AuditFailure.notAFile(path: path) }
        try add(resolved)
      }
    }
  }

  private static func isFile(_ path: String) -> Bool {
    (try? PosixFileSystem().status(of: path, followLinks: true))?.kind == .file
  }

  /// Memory files by their names; in a folder with a MEMORY.md also its topic files.
  private static func memories(below folder: String, depth: Int) -> [String] {
    let names = FolderNames.sorted(in: folder)
    let isTopics = names.contains("MEMORY.md")
    var found: [String] = []
    for name in names {
      let path = folder + "/" + name
      guard let status = PathStatus.of(path) else { continue }
      if status.isFolder {
        let isLink = PathStatus.resolved(path) != path
        guard depth < depthMax, !isLink, !skipped.contains(name) else { continue }
        found += memories(below: path, depth: depth + 1)
      } else if isMemory(path, name) || isTopics && name.hasSuffix(".md") {
        found.append(path)
      }
    }
    return found
  }

  private static func isMemory(_ path: String, _ name: String) -> Bool {
    // In this spelling: `docs/agents.md` is a page about agents.
    let names: Set<String> = [
      "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENTS.override.md", "GEMINI.md", "MEMORY.md",
      "copilot-instructions.md", ".cursorrules", ".windsurfrules", ".clinerules", "memory.jsonl",
    ]
    if names.contains(name) || name.hasSuffix(".mdc") || name.hasSuffix(".instructions.md") {
      return true
    }
    return path.contains("/.claude/rules/") && name.hasSuffix(".md")
  }

  private mutating func add(_ path: String) throws {
    let resolved = PathStatus.resolved(path) ?? path
    guard seen[resolved] == nil else { return }
    let inside = FilePath.below(workspace, resolved)
    let shown = inside ?? resolved
    seen[resolved] = shown
    if resolved.hasSuffix(".tar.zst") {
      let facts = try ReadBundle.read(resolved).facts
      files.append(
        AuditedFile(
          path: resolved, shown: shown, inside: inside, text: "", form: .bundle,
          statements: facts.map(\.statement)))
      return
    }
    let bytes = try WholeFile.read(resolved, limit: Self.bytesMax)
    guard !bytes.prefix(8192).contains(0) else {
      notes.append(
        Finding(severity: .warning, code: "not-text", message: "It is no text.", path: shown))
      return
    }
    let isLines = resolved.hasSuffix(".jsonl") || resolved.hasSuffix(".ndjson")
    let text = String(decoding: bytes, as: UTF8.self)
    if let copy = files.first(where: { $0.text == text && !text.isEmpty }) {
      notes.append(
        Finding(
          severity: .note, code: "copy", message: "It is the same text as \(copy.shown).",
          path: shown))
      return
    }
    files.append(
      AuditedFile(
        path: resolved, shown: shown, inside: inside, text: text,
        form: isLines ? .jsonLines : .markdown, statements: []))
  }
}

/// An audit that has nothing to look at.
enum AuditFailure: Failure, Equatable {
  case nothingThere(path: String)
  case notAFile(path: String)

  var status: ExitStatus { .inputMissing }
  var sentence: String {
    switch self {
    case .nothingThere(let path): "there is no memory file of an agent in \(path)"
    case .notAFile(let path): "\(path) is neither a file nor a folder"
    }
  }
  var hint: String? { "name the files: `kairos doctor --audit FILE…`" }
}
