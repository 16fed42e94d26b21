import Testing

/// The project keeps its own rules; each message says what to do.
@Suite("The tree is tidy")
struct TidyTests {
  private func expectNone(_ violations: [String], _ place: SourceLocation = #_sourceLocation) {
    let text = violations.joined(separator: "\n")
    let isTidy = violations.isEmpty
    #expect(isTidy, "\n\(text)", sourceLocation: place)
  }

  @Test("imports follow the graph")
  func imports() {
    expectNone(
      ProjectTree.sources.flatMap {
        ImportRules.violations($0, module: ProjectTree.module(of: $0.path))
      } + ImportRules.libraryUsers(ProjectTree.sources))
  }

  @Test("the graph has a row for every module")
  func modules() {
    let found = Set(ProjectTree.sources.map { ProjectTree.module(of: $0.path) })
    #expect(found == Set(ImportRules.allowed.keys))
  }

  @Test("lines, functions and files keep to their limits")
  func sizes() {
    let all = ProjectTree.sources + ProjectTree.tests
    expectNone(all.flatMap(StyleRules.columns))
    expectNone(all.flatMap(StyleRules.longFunctions))
    expectNone(StyleRules.tooManyLongFunctions(ProjectTree.sources))
    expectNone(StyleRules.longFiles(all))
  }

  @Test("files are named after what they hold")
  func names() {
    expectNone(StyleRules.vagueNames((ProjectTree.sources + ProjectTree.tests).map(\.path)))
  }

  @Test("nothing crashes on purpose")
  func crashes() { expectNone(ProjectTree.sources.flatMap(StyleRules.crashes)) }

  @Test("unfinished work names its issue")
  func notes() {
    expectNone((ProjectTree.sources + ProjectTree.tests).flatMap(StyleRules.notes))
  }

  @Test("only the command line reaches the terminal, the environment and the clock")
  func surroundings() {
    let below = ProjectTree.sources.filter {
      !["KairosCLI", "kairos"].contains(ProjectTree.module(of: $0.path))
    }
    expectNone(below.flatMap(StyleRules.surroundings))
  }

  @Test("every type and every shared function is documented")
  func documentation() { expectNone(ProjectTree.sources.flatMap(DeclarationRules.undocumented)) }

  @Test("one command, one file")
  func commands() {
    expectNone(
      DeclarationRules.commands(
        ProjectTree.sources.filter { ProjectTree.module(of: $0.path) == "KairosCLI" }))
  }

  @Test("every path named in a document exists", arguments: ProjectTree.documents)
  func paths(document: String) throws {
    let roots: Set = [
      "Sources", "Tests", "docs", "samples", "pipelines", "scripts", ".ci", "Makefile",
    ]
    let text = try #require(ProjectTree.text(document))
    expectNone(
      DocumentRules.missingPaths(
        text, document: document, roots: roots, exists: ProjectTree.exists))
  }
}
