import Testing

@testable import Extract

@Suite struct DocumentOutlineTests {
  private let text = """
    # App
    <!-- hidden
    text -->
    Intro line
    goes on.

    ## Dev (`src/`)
    **Do not:**
    - first
      wrapped
    - [x] second
      1. inner

    ```bash
    make test
    ```
    | Name | What |
    |---|---|
    | `a` | b |

    ### Deeper
    text
    ## Next
    end
    """

  @Test func readsBlocksWithTheirPlace() {
    let blocks = DocumentOutline(text).blocks
    #expect(
      blocks.map(\.text) == [
        "Intro line goes on.", "**Do not:**", "first wrapped", "second", "inner", "make test",
        "`a`\tb", "text", "end",
      ])
    #expect(blocks[0].lines == 4...5)
    #expect(blocks[2].lead == "**Do not:**")
    #expect(blocks[5].kind == .code(language: "bash") && blocks[5].lines == 15...15)
    #expect(blocks[6].kind == .row(header: ["Name", "What"]))
    #expect(blocks[7].headings == ["App", "Dev (`src/`)", "Deeper"])
    #expect(blocks[8].headings == ["App", "Next"])
  }

  @Test(arguments: ["", "```\nopen", "<!-- open", "|", "#", "- "])
  func toleratesBrokenTexts(text: String) {
    #expect(DocumentOutline(text).blocks.count <= 1)
  }
}
