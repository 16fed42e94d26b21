import KairosJSON
import KairosModel

/// One file of a memory that another tool keeps, or of an export of kairos: redacted text.
///
/// Known are Markdown with or without front matter (CLAUDE.md, AGENTS.md, MEMORY.md with topic
/// files, `.cursor/rules`, Copilot instructions, Codex memories, notes of Basic Memory and
/// OpenClaw) and the JSON lines of the reference memory server.
public struct MemoryFile: Sendable {
  /// Below the folder that was named, or the file's name.
  public let path: String
  public let text: String
  /// Absolute path of the project; memories that say they are about another folder are left out.
  public let project: String

  public init(path: String, text: String, project: String) {
    self.path = path
    self.text = text
    self.project = project
  }

  /// Everything that the file says.
  public func read() -> StatedMemory {
    var memory = StatedMemory()
    if path.hasSuffix(".jsonl") || path.hasSuffix(".json") || path.hasSuffix(".ndjson") {
      GraphMemory.read(text, into: &memory)
    } else {
      MarkdownMemory(self).read(into: &memory)
    }
    return memory
  }

  /// Whether a file of a memory's folder is read: no persona, no index of others, no evidence that
  /// was consolidated into the memory beside it.
  public static func isRead(_ path: String) -> Bool {
    let lower = path.lowercased()
    let name = lower.split(separator: "/").last ?? ""
    let isKnown =
      [".md", ".mdc", ".jsonl"].contains { name.hasSuffix($0) }
      || [".cursorrules", ".windsurfrules", ".clinerules"].contains(name)
    let isLeftOut =
      [
        "soul.md", "identity.md", "heartbeat.md", "bootstrap.md", "tools.md",
        "raw_memories.md", "readme.md",
      ].contains(name)
      || lower.hasPrefix("rollout_summaries/") || lower.contains("/rollout_summaries/")
    return isKnown && !isLeftOut
  }
}

/// The knowledge graph of the reference memory server of the Model Context Protocol: one JSON
/// object a line, entities with observations, and relations.
enum GraphMemory {
  static func read(_ text: String, into memory: inout StatedMemory) {
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      guard let root = try? JSONDocument.parse(Array(line.utf8)).root,
        root["type"]?.string == "entity", let name = root["name"]?.string
      else {
        if line.contains(where: { !$0.isWhitespace }) { memory.unclear += 1 }
        continue
      }
      for said in root["observations"]?.elements.compactMap(\.string) ?? [] {
        let lines = number...number
        if name.hasPrefix("kairos:") {
          let (statement, at) = OwnMark.split(said)
          memory.claims.append(.of(statement, lines: lines, at: at))
        } else {
          memory.add(
            said, heading: spoken(name), isItem: false, kind: nil, folder: nil, lines: lines,
            at: nil)
        }
      }
    }
  }

  /// `John_Smith` → John Smith; other names are code.
  private static func spoken(_ name: String) -> String {
    name.contains("/") || name.contains(".")
      ? "`\(name)`" : String(name.map { $0 == "_" ? " " : $0 })
  }
}

/// The mark in brackets that kairos's exports put behind a statement: a day, a place in a file, or
/// how often it was seen.
enum OwnMark {
  static func split(_ line: String) -> (statement: String, at: Timestamp?) {
    guard line.last == "]", let open = line.lastIndex(of: "["), open > line.startIndex,
      line[line.index(before: open)] == " "
    else { return (line, nil) }
    let mark = line[line.index(after: open)..<line.index(before: line.endIndex)]
    guard !mark.contains(" ") || mark.hasPrefix("seen in ") || mark.hasPrefix("last ") else {
      return (line, nil)
    }
    return (
      String(line[..<line.index(before: open)]), Timestamp(rfc3339: mark + "T00:00:00Z")
    )
  }
}
