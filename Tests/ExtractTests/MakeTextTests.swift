import Testing

@testable import Extract

@Suite struct MakeTextTests {
  @Test(
    arguments: [
      ("test: build ## Run it", "test", "Run it"), ("build:", "build", nil),
      ("CC := gcc", nil, nil),
      ("%.o: %.c", nil, nil), (".PHONY: test", nil, nil), ("\techo a: b", nil, nil),
      ("# note: x", nil, nil), ("$(BIN): main.go", nil, nil),
    ] as [(String, String?, String?)])
  func readsTargets(line: String, name: String?, comment: String?) {
    let target = MakeText.target(line[...])
    #expect(target?.name == name)
    #expect(target?.comment == comment)
  }

  @Test func readsPhonyTargetsOverLines() {
    let lines = ".PHONY: a \\\n  b\nc:".split(separator: "\n")
    #expect(MakeText.phonyTargets(lines).isSuperset(of: ["a", "b"]))
    #expect(!MakeText.phonyTargets(lines).contains("c:"))
  }

  @Test func readsRecipesOfJust() {
    #expect(MakeText.justRecipe("test filter='': build")?.name == "test")
    #expect(MakeText.justRecipe("set shell := [\"sh\"]")?.name == nil)
    #expect(MakeText.justRecipe("version := '1'")?.name == nil)
  }
}
