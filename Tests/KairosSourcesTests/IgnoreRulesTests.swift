import Testing

@testable import KairosSources

@Suite struct IgnoreRulesTests {
  // Cases of gitignore(5).
  @Test(arguments: [
    ("*.log", "a.log", true), ("*.log", "x/y/a.log", true), ("*.log", "a.log.txt", false),
    ("/a", "a", true), ("/a", "b/a", false), ("b/a", "b/a", true), ("b/a", "c/b/a", false),
    ("**/b/a", "c/b/a", true), ("a/**", "a/x/y", true), ("a/**", "a", false),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a?c", "abc", true),
    ("a?c", "a/c", false), ("a*c", "a/c", false), ("[ab].txt", "b.txt", true),
    ("[!ab].txt", "b.txt", false), ("[a-c]1", "b1", true), ("\\#x", "#x", true),
    ("\\!x", "!x", true), ("# x", "# x", false), ("x  ", "x", true), ("x\\ ", "x ", true),
    ("*\n!keep", "keep", false), ("!keep\n*", "keep", true), ("", "a", false), ("/", "a", false),
    ("[ab", "[ab", false),
  ])
  func decidesAFile(rules: String, path: String, isIgnored: Bool) {
    var ignore = IgnoreRules()
    ignore.add(rules, folder: "")
    #expect(ignore.ignores(path, isFolder: false) == isIgnored)
  }

  /// A pattern that goes back to every star would take longer than the age of the tree.
  @Test(arguments: [
    String(repeating: "*a", count: 60) + "b", String(repeating: "**/a/", count: 40) + "b",
  ])
  func patternsMadeOfStarsEnd(pattern: String) {
    var ignore = IgnoreRules()
    ignore.add(pattern, folder: "")
    #expect(!ignore.ignores(String(repeating: "a", count: 255), isFolder: false))
    #expect(!ignore.ignores(String(repeating: "a/", count: 200) + "a", isFolder: false))
  }

  @Test(arguments: [
    ("*a*b", "xaxbxb", true), ("*a*b", "xaxbxc", false), ("**/a/**/b", "x/a/y/a/b", true),
    ("**/a/*/b", "a/a/x/b", true), ("a/**/b/c", "a/b/b/c", true),
  ])
  func starsGoBack(rules: String, path: String, isIgnored: Bool) {
    var ignore = IgnoreRules()
    ignore.add(rules, folder: "")
    #expect(ignore.ignores(path, isFolder: false) == isIgnored)
  }

  @Test func knowsFoldersAndNestedFiles() {
    var ignore = IgnoreRules()
    ignore.add("out/\n", folder: "")
    ignore.add("*.tmp\n!/b.tmp\n", folder: "sub")
    #expect(ignore.ignores("x/out", isFolder: true))
    #expect(!ignore.ignores("x/out", isFolder: false))
    #expect(ignore.ignores("sub/a.tmp", isFolder: false))
    #expect(!ignore.ignores("sub/b.tmp", isFolder: false))
    #expect(ignore.ignores("sub/x/b.tmp", isFolder: false))
    #expect(!ignore.ignores("a.tmp", isFolder: false))
  }
}
