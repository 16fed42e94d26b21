import KairosSources
import Testing

@Suite struct PathPatternTests {
  @Test func aStarStandsForAnyCharactersOfOneName() throws {
    let tree = try Tree([
      "tmp/a/chats/x": "", "tmp/b/chats/y": "", "tmp/b/other": "", "tmp/file": "",
      "opencode.db": "", "opencode-dev.db": "", "opencode.db.bak": "",
    ])
    func found(_ pattern: String) -> [String] {
      PathPattern().matches(tree.path(pattern)).found.map { String($0.dropFirst(tree.root.count)) }
    }
    #expect(found("tmp/*/chats") == ["/tmp/a/chats", "/tmp/b/chats"])
    #expect(found("opencode*.db") == ["/opencode-dev.db", "/opencode.db"])
    #expect(found("tmp") == ["/tmp"])
    #expect(found("nothing/*/chats").isEmpty && found("tmp/*/nothing").isEmpty)
    #expect(PathPattern().matches(tree.path("nothing/*")).closed.isEmpty)
  }
}
