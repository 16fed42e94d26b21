import Testing

/// The scanner and the rules on small inputs: each rule must be able to fail.
@Suite("The rules see what they should")
struct ScannerTests {
  private func text(_ source: String) -> SwiftText { SwiftText(path: "A.swift", source) }

  @Test(
    "strings and comments are no code",
    arguments: [
      (#"let a = "try! \(b["x"]) as!" // fatalError"#, #"let a = ""#),
      ("a /* try! /* nested */ as! */ b", "a"),
      (##"let a = #"x" as! "# + b"##, #"let a = #""#),
      ("let a = \"\\\"as!\" + c", "let a = \""),
      ("let a = \"\"\"\n  try! x\n  \"\"\" + d", "let a = \"\"\""),
    ])
  func masked(source: String, start: String) {
    let file = text(source)
    #expect(file.code.joined().hasPrefix(start))
    #expect(StyleRules.crashes(file).isEmpty)
    #expect(file.code.map(\.utf8.count) == file.lines.map(\.utf8.count))
  }

  @Test(
    "each way to crash is found",
    arguments: ["try! f()", "x as! Int", "fatalError()", "a!", "f()!.b", "d[0]! + 1", "var a: B!"])
  func crash(source: String) { #expect(StyleRules.crashes(text(source)).count == 1) }

  @Test(
    "what only looks like it is not",
    arguments: ["a != b", "!a", "if !f() {}", "try? f()", "x as? Int", "a ! = b", "#if !os(Linux)"])
  func harmless(source: String) { #expect(StyleRules.crashes(text(source)).isEmpty) }

  @Test("functions are measured from declaration to closing brace")
  func functions() {
    let source = """
      protocol P { func a() -> Int
        var b: Int { get }
      }
      struct S {
        let c = { 1 }
        init(
          x: Int = { 1 }()
        ) {
          self.init()
        }
        func d<T>(_ f: (T) -> Void) where T: P {
          func e() {}
        }
        var g: Int {
          1
        }
      }
      """
    let found = text(source).functions.map { "\($0.name) \($0.line) \($0.count)" }
    #expect(found == ["b 2 1", "init 6 5", "d 11 3", "e 12 1", "g 14 3"])
  }

  @Test("long lines, functions and files are found")
  func sizes() {
    let body = String(repeating: "  a()\n", count: 70)
    let long = text("func f() {\n\(body)}\n")
    #expect(StyleRules.longFunctions(long).count == 1)
    #expect(StyleRules.tooManyLongFunctions([long]).count == 1)
    #expect(StyleRules.columns(text(String(repeating: "é", count: 101))).count == 1)
    #expect(StyleRules.columns(text(String(repeating: "é", count: 100))).isEmpty)
    let wide = String(repeating: "x", count: 101)
    #expect(StyleRules.columns(text("let a = \"\"\"\n\(wide)\n\"\"\"")).isEmpty)
    #expect(StyleRules.columns(text("// \(wide)")).count == 1)
    let file = text(String(repeating: "a\n", count: 401))
    #expect(StyleRules.longFiles([file]).count == 1)
    #expect(StyleRules.longFiles([file] + Array(repeating: text(""), count: 49)).isEmpty)
  }

  @Test(
    "vague names",
    arguments: [
      ("StringUtils", 1), ("Helpers", 1), ("Common+Text", 1), ("Utility", 0), ("Commonly", 0),
    ]
  )
  func names(stem: String, count: Int) {
    #expect(StyleRules.vagueNames(["Sources/A/\(stem).swift"]).count == count)
  }

  @Test("notes need a number")
  func notes() {
    let word = "TO" + "DO"
    #expect(StyleRules.notes(text("// \(word): later")).count == 1)
    #expect(StyleRules.notes(text("// \(word) #12: later")).isEmpty)
    #expect(StyleRules.notes(text("let a = \"\(word)\"")).isEmpty)
  }

  @Test("the clock and the terminal are found, members of the same name are not")
  func surroundings() {
    #expect(StyleRules.surroundings(text("a\nprint(\"x\")\nlet d = Date()")).count == 2)
    #expect(StyleRules.surroundings(text("a.print(1); func time() {}; let Date = 1")).isEmpty)
  }

  @Test(
    "who needs a doc comment",
    arguments: [
      ("struct A {}", 1), ("/// Doc.\nstruct A {}", 0), ("/// Doc.\n@frozen\nstruct A {}", 0),
      ("public func f() {}", 1), ("func f() {}", 0), ("  private enum B { case c }", 1),
      ("public static func f() {}", 1), ("extension A {}", 0), ("class func f() {}", 0),
      ("// No doc.\nstruct A {}", 1), ("/// Doc.\n\nstruct A {}", 1),
    ])
  func undocumented(source: String, count: Int) {
    #expect(DeclarationRules.undocumented(text(source)).count == count)
  }

  @Test("commands stand alone")
  func commands() {
    let two = SwiftText(
      path: "ACommand.swift",
      "struct ACommand: ParsableCommand {}\nstruct BCommand: AsyncParsableCommand {}")
    #expect(DeclarationRules.commands([two]).count == 2)
    let one = SwiftText(path: "ACommand.swift", "struct ACommand: ParsableCommand {}")
    #expect(DeclarationRules.commands([one]).isEmpty)
    #expect(DeclarationRules.commands([SwiftText(path: "ACommand.swift", "")]).count == 1)
  }

  @Test(
    "imports against the graph",
    arguments: [
      ("import Merge", "Extract", 1), ("import KairosModel", "Extract", 0),
      ("import struct GRDB.Row", "KairosPipeline", 1), ("import GRDB", "KairosStore", 0),
      ("@testable import KairosCLI", "KairosModel", 1), ("import Foundation", "KairosStore", 0),
      ("// import Merge", "Extract", 0), ("import A", "Unknown", 1),
    ])
  func imports(source: String, module: String, count: Int) {
    #expect(ImportRules.violations(text(source), module: module).count == count)
  }

  @Test("one file talks to a C library")
  func libraries() {
    let user = text("import CZstd")
    #expect(ImportRules.libraryUsers([user]).isEmpty)
    #expect(ImportRules.libraryUsers([user, user]).count == 1)
  }

  @Test(
    "paths in documents",
    arguments: [
      ("see `Sources/Gone.swift`", 1), ("see `Sources/A.swift`", 0), ("`src/Gone.swift`", 0),
      ("[a](gone.md)", 1), ("[a](A.md#part)", 0), ("[a](https://example.org/x)", 0),
      ("```\n`Sources/Gone.swift`\n```", 0), ("`Sources/*/Gone.swift`", 0),
    ])
  func paths(document: String, count: Int) {
    let found = DocumentRules.missingPaths(
      document, document: "docs/B.md", roots: ["Sources"],
      exists: { ["Sources/A.swift", "docs/A.md"].contains($0) })
    #expect(found.count == count)
  }
}
