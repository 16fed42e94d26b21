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
    let text = try String(
      contentsOf: root.appending(path: "docs/sources.md"), encoding: .utf8)
    let parts = text.components(separatedBy: "<!-- formats:begin -->\n")
    let table = parts.last?.components(separatedBy: "<!-- formats:end -->").first
    #expect(parts.count == 2)
    #expect(table == FormatTable.markdown, "put FormatTable.markdown between the marks")
  }
}
