import Foundation
import KairosModel
import Testing

@testable import Export

@Suite("The page for people")
struct FactPageTests {
  private func page(_ facts: [Fact] = Sample.facts) throws -> String {
    let result = try ExportStage().render(target: .html, facts: facts, snapshot: Sample.snapshot)
    return String(decoding: try #require(result.files.first).bytes, as: UTF8.self)
  }

  @Test("every fact of every state stands there once, with its evidence")
  func complete() throws {
    let text = try page()
    for fact in Sample.facts {
      let item = "<li id=\"\(fact.id)\" data-state=\"\(fact.state.rawValue)\">"
      #expect(text.components(separatedBy: item).count == 2)
    }
    #expect(text.components(separatedBy: "<q>").count == Sample.facts.count + 1)
    #expect(text.contains("<q>make lid &lt;&amp;&gt; &quot;ok&quot;</q>"))
    let next = "<dt>Replaced by</dt><dd><a href=\"#\(Sample.facts[0].id)\">Run the tests with"
    #expect(text.contains(next))
  }

  @Test(
    "nothing in a fact becomes markup",
    arguments: [
      "<script>alert(1)</script>", "a\" onclick=\"x", "`</code><img src=x>`", "<!-- -->", "' & ]]>",
      "\u{0}\u{1b}[31m", "</details></li></ul>",
    ])
  func escaped(hostile: String) throws {
    let fact = Sample.fact(hostile, quote: hostile, path: hostile)
    let text = try page([fact])
    let plain = try page([Sample.fact("harmless", quote: "harmless", path: "harmless")])
    func tags(_ text: String) -> [Substring] {
      text.split(separator: "<").map { $0.prefix { $0.isLetter || $0 == "/" || $0 == "!" } }
    }
    let code = hostile.hasPrefix("`") ? 2 : 0
    #expect(tags(text).count == tags(plain).count + code)
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" })
  }

  @Test("the policy names exactly the page's own script and style, and nothing is loaded")
  func policy() throws {
    let text = try page()
    for (tag, directive) in [("script", "script-src"), ("style", "style-src")] {
      let body = try #require(text.firstRange(of: "<\(tag)>")).upperBound
      let end = try #require(text.firstRange(of: "</\(tag)>")).lowerBound
      let digest = Data(SHA256Digest.of(String(text[body..<end])).bytes).base64EncodedString()
      #expect(text.contains("\(directive) 'sha256-\(digest)'"))
    }
    #expect(text.contains("default-src 'none'"))
    for word in ["http:", "https:", "url(", " src=", " style=", "@import", "onclick", "onload"] {
      #expect(!text.contains(word))
    }
  }

  @Test("a secret in a fact that is not firm refuses the page, too")
  func secret() {
    let leak = Sample.fact("Use ghp_" + "Zx81kPq0Lm5Tn7Rv2Wb9Yc4Ud6Ae3Sf1Gh8J.", state: .tentative)
    #expect(throws: ExportError.secret(facts: [leak.id], target: "html")) {
      try page([leak])
    }
  }

  @Test("no fact at all is said plainly")
  func empty() throws {
    #expect(try page([]).contains("<p id=\"nothing\">There is no fact yet.</p>"))
  }
}

@Suite("The table of targets")
struct TargetTableTests {
  @Test("docs/exports.md has the table that the declarations make")
  func table() throws {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("docs/exports.md")
    var text = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(text.firstRange(of: "<!-- targets:begin -->\n")).upperBound
    let end = try #require(text.firstRange(of: "<!-- targets:end -->")).lowerBound
    if ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1" {
      text.replaceSubrange(begin..<end, with: TargetDeclaration.table)
      try Data(text.utf8).write(to: file)
      return
    }
    #expect(String(text[begin..<end]) == TargetDeclaration.table)
  }
}
