import KairosSources
import Testing

/// Files that belong to other files.
@Suite struct SourceCompanionsTests {
  private func storage() throws -> Tree {
    try Tree([
      "session/p/ses_1.json": "{\n  \"id\": \"ses_1\"\r\n}\n",
      "message/ses_1/msg_2.json": "{\"id\":\"msg_2\"}",
      "message/ses_1/msg_1.json": "{\"id\":\"msg_1\"}",
      "message/ses_9/msg_9.json": "{\"id\":\"msg_9\"}",
      "part/msg_1/prt_2.json": "{\"id\":\"prt_2\"}",
      "part/msg_1/prt_1.json": "{\"id\":\"prt_1\"}",
      "part/msg_1/note.txt": "no",
    ])
  }

  @Test func aSessionInManyFilesIsOneText() throws {
    let folder = try storage()
    var text: [UInt8] = []
    try SourceCompanions().readSession(folder.path("session/p/ses_1.json")) { text += Array($0) }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map {
      $0.filter { $0 != " " }
    }
    let ids = ["ses_1", "msg_1", "prt_1", "prt_2", "msg_2"]
    #expect(lines == ids.map { "{\"id\":\"\($0)\"}" })
  }

  @Test func theSessionHasTheSizeOfAllItsFiles() throws {
    let folder = try storage()
    let file = SourceFile(path: folder.path("session/p/ses_1.json"), size: 21, modified: 5)
    let whole = SourceCompanions().whole(file)
    #expect(whole.size == 21 + 2 * 14 + 2 * 14 && whole.modified > 5)
    #expect(SourceCompanions().whole(SourceFile(path: "/none", size: 1, modified: 2)).size == 1)
  }

  @Test(arguments: [
    ("/a/x.db-wal", true), ("/a/x.db-shm", true), ("/a/x.db", false),
    ("/s/message/ses_1/msg_1.json", true), ("/s/part/msg_1/prt_1.json", true),
    ("/s/session/p/ses_1.json", false), ("/s/message/inbox/msg_1.json", false),
  ])
  func partsOfOtherSourcesAreKnown(path: String, isCompanion: Bool) {
    #expect(SourceCompanions.isCompanion(path) == isCompanion)
  }
}
