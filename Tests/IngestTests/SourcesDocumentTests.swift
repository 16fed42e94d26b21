import Foundation
import Ingest
import Testing

/// The table of `docs/sources.md` is what the adapters declare.
@Suite struct SourcesDocumentTests {
  @Test func everyFormatDeclaresItselfOnce() {
    #expect(FormatTable.rows.map(\.format) == SourceFormat.allCases)
    for row in FormatTable.rows {
      #expect(!row.agent.isEmpty && !row.place.isEmpty && !row.reads.isEmpty)
      #expect(!(row.agent + row.place + row.reads).contains { $0 == "|" || $0.isNewline })
    }
  }

  @Test func theDocumentIsFresh() throws {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let document = root.appending(path: "docs/sources.md")
    var text = try String(contentsOf: document, encoding: .utf8)
    if ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1",
      let start = text.firstRange(of: "<!-- formats:begin -->\n")?.upperBound,
      let end = text.firstRange(of: "<!-- formats:end -->")?.lowerBound
    {
      text.replaceSubrange(start..<end, with: FormatTable.markdown)
      try text.write(to: document, atomically: true, encoding: .utf8)
    }
    let parts = text.components(separatedBy: "<!-- formats:begin -->\n")
    let table = parts.last?.components(separatedBy: "<!-- formats:end -->").first
    #expect(parts.count == 2)
    #expect(table == FormatTable.markdown, "KAIROS_UPDATE_GOLDEN=1 swift test writes the table")
  }
}
