import Testing

@testable import Extract

@Suite struct TokenizerTests {
  private func kinds(_ sentence: String) -> [Token.Kind] {
    Tokenizer.tokens(sentence).filter { $0.kind != .punctuation }.map(\.kind)
  }

  @Test(arguments: [
    ("`make test`", Token.Kind.code), ("src/main.go", .path), (".gitignore", .path),
    ("README.md", .path), ("~/.config/app", .path), ("parseArgs", .identifier),
    ("snake_case", .identifier), ("MAX_SIZE", .identifier), ("run()", .identifier),
    ("http.Client", .identifier), ("std::vector", .identifier), ("--verbose", .flag),
    ("-v", .flag), ("1.2.3", .number), ("8080", .number), ("https://a.b/c", .url),
    ("GitHub", .word), ("and/or", .word), ("true/false", .word), ("don't", .word),
    ("e.g", .word), ("Node.js", .word), ("_really_", .word), ("well-known", .word),
  ])
  func kindsOfTokens(text: String, kind: Token.Kind) {
    #expect(kinds(text) == [kind])
  }

  @Test(arguments: [
    ("run npm test before each push", "run `npm test` before each push"),
    ("use go test ./... for it", "use `go test ./...` for it"),
    ("the git branches and npm packages", "the git branches and npm packages"),
    ("mise run fmt && mise run lint, then go", "`mise run fmt && mise run lint`, then go"),
    ("make sure to go straight on", "make sure to go straight on"),
    ("A -> B (see x.go).", "A -> B (see `x.go`)."),
  ])
  func commandsAreFoundInProse(text: String, rendered: String) {
    #expect(Tokenizer.tokens(text).rendered == rendered)
  }
}
