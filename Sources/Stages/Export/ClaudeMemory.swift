import KairosModel

/// Claude Code's auto memory: `MEMORY.md`, of which it loads the beginning at the start of every
/// session, and topic files, which it reads when the index makes it want to.
///
/// The index holds links to all topic files and the strongest facts; every fact stands in the topic
/// file of its kind.
struct ClaudeMemory {
  static let index = "MEMORY.md"
  /// What Claude Code's file tool reads at once.
  private static let topicBudget = ExportOptions(linesMax: 2_000, bytesMax: 100_000)

  /// `facts` are firm and sorted, strongest first; `outside` is what people wrote into the index.
  static func content(
    facts: [Fact], snapshot: SnapshotManifest, options: ExportOptions,
    outside: (lines: Int, bytes: Int)
  ) -> FolderContent {
    let topics = FactKind.allCases.compactMap { kind in
      topic(kind, facts.filter { $0.kind == kind }, snapshot)
    }
    // The limits hold for the whole file, and the part that people wrote comes first.
    let room = ExportOptions(
      linesMax: options.linesMax - outside.lines, bytesMax: options.bytesMax - outside.bytes)
    let index = MemorySection(
      facts: facts, snapshot: snapshot, budget: room,
      style: indexStyle(topics, inOneLine: room.linesMax < 4 * topics.count))
    let omitted = topics.flatMap(\.file.section.omitted)
    let lost = Set(omitted.map(\.fact))
    return FolderContent(
      files: [FolderFile(path: Self.index, head: "", section: index)] + topics.map(\.file),
      included: facts.filter { !lost.contains($0.id) }, omitted: omitted,
      deferred: index.omitted.filter { !lost.contains($0.fact) },
      loaded: (index.lines.count, index.byteCount))
  }

  /// The file of one kind, with how many facts it holds.
  private struct Topic {
    let kind: FactKind
    let count: Int
    let file: FolderFile
  }

  private static func topic(
    _ kind: FactKind, _ facts: [Fact], _ snapshot: SnapshotManifest
  ) -> Topic? {
    guard !facts.isEmpty else { return nil }
    let section = MemorySection(
      facts: facts, snapshot: snapshot, budget: topicBudget,
      style: SectionStyle(title: "## \(kind.title)", group: SectionStyle.oneList))
    return Topic(
      kind: kind, count: section.included.count,
      file: FolderFile(path: "kairos-\(kind.rawValue).md", head: "", section: section))
  }

  /// The links need a line each, or all together one where people's own lines leave little room.
  private static func indexStyle(_ topics: [Topic], inOneLine: Bool) -> SectionStyle {
    guard !topics.isEmpty else { return SectionStyle() }
    let links = topics.map { topic in
      "[\(topic.kind.title)](\(topic.file.path)): \(topic.count) "
        + (topic.count == 1 ? "fact" : "facts")
    }
    let lead = ["", "All facts stand in the topic files; the strongest follow here.", ""]
    return SectionStyle(
      lead: lead + (inOneLine ? [links.joined(separator: ", ")] : links.map { "- " + $0 }))
  }
}
