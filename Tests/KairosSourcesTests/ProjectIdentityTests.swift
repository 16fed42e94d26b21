import KairosSources
import Testing

@Suite struct ProjectIdentityTests {
  @Test(arguments: [
    ("https://github.com/owner/name.git", "github.com/owner/name"),
    ("https://user:pass@GitHub.com/owner/name/", "github.com/owner/name"),
    ("git@github.com:owner/name.git", "github.com/owner/name"),
    ("ssh://git@git.example.org:2222/team/sub/name.git", "git.example.org/team/sub/name"),
    ("github.com:owner/name", "github.com/owner/name"),
    ("/srv/git/name.git", nil), ("../name", nil), ("file:///srv/name", nil),
    ("C:\\repos\\name", nil), ("https://host", nil), ("", nil),
  ])
  func writesARemoteInOneForm(address: String, expected: String?) {
    #expect(ProjectIdentity.canonical(remote: address) == expected)
  }

  @Test func prefersTheRemoteThenTheFirstCommitThenTheFolder() throws {
    let tree = try Tree(["name/a": "x"])
    #expect(ProjectIdentity.of(directory: tree.path("name")) == ProjectIdentity.local)
    let first = try tree.commit()
    try tree.write("b", "y")
    try tree.commit()
    #expect(ProjectIdentity.of(directory: tree.root) == "root:" + first)
    try tree.git("remote", "add", "backup", "https://b.example.org/o/n")
    try tree.git("remote", "add", "origin", "git@a.example.org:o/n.git")
    #expect(ProjectIdentity.of(directory: tree.root) == "git:a.example.org/o/n")
    #expect(ProjectIdentity.of(directory: tree.path("name")) == "git:a.example.org/o/n")
  }
}
