import KairosTestSupport
import Testing

@testable import Extract

@Suite struct GitHooksTests {
  @Test(arguments: [
    (
      ".husky/pre-commit", "#!/bin/sh\n. \"$(dirname \"$0\")/h.sh\"\nnpm test && npm run lint\n",
      "The pre-commit hook runs `npm test` and `npm run lint` (`.husky/pre-commit`)."
    ),
    (
      ".githooks/pre-push", "set -e\necho checking\nmake test\n",
      "The pre-push hook runs `make test` (`.githooks/pre-push`)."
    ),
    (
      "package.json", #"{"simple-git-hooks": {"pre-commit": "npx lint-staged"}}"#,
      "The pre-commit hook runs `npx lint-staged` (`package.json`)."
    ),
    (
      "package.json", #"{"lint-staged": {"*.ts": ["eslint --fix", "prettier -w"]}}"#,
      "On commit, lint-staged runs `eslint --fix` and `prettier -w` on `*.ts` (`package.json`)."
    ),
    (
      "lefthook.yml", "pre-commit:\n  commands:\n    lint:\n      run: npx eslint {staged_files}\n",
      "The pre-commit hook runs `npx eslint` (`lefthook.yml`)."
    ),
    (
      ".pre-commit-config.yaml",
      "repos:\n  - repo: x\n    hooks:\n      - id: ruff\n      - id: black\n",
      "The pre-commit hook runs `ruff` and `black` (`.pre-commit-config.yaml`)."
    ),
  ])
  func whatGitRuns(path: String, text: String, statement: String) {
    let all = observations(GitHooks(), Build.tree([(path, text)]))
    #expect(all.map(\.statement) == [statement])
    #expect(all.allSatisfy { $0.kind == .workflow && $0.grounded })
  }

  @Test func hooksThatOnlyTalkSayNothing() {
    let tree = Build.tree([(".husky/pre-commit", "echo hello\nexit 0\n")])
    #expect(observations(GitHooks(), tree).isEmpty)
  }
}
