/// Rules over declarations: every type and every shared function has a doc sentence, and one
/// command is one file.
enum DeclarationRules {
  static func undocumented(_ file: SwiftText) -> [String] {
    file.code.indices.compactMap { index in
      guard let name = needsDoc(file.code[index]), !isDocumented(file, index) else { return nil }
      return "\(file.path):\(index + 1): \(name) has no doc comment; say in one sentence what it "
        + "decides or promises"
    }
  }

  /// The name of a type, or of a function that other modules see, declared in this line.
  private static func needsDoc(_ line: String) -> String? {
    var words = line.split { $0 == " " || $0 == "(" || $0 == ":" || $0 == "<" }.map(String.init)
    var isShared = false
    while let first = words.first, modifiers.contains(first) || first.hasPrefix("@") {
      if first == "public" || first == "package" { isShared = true }
      words.removeFirst()
    }
    guard words.count > 1 else { return nil }
    if words[0] == "func" { return isShared ? words[1] : nil }
    let isType = ["struct", "enum", "class", "actor", "protocol"].contains(words[0])
    return isType && words[1].first?.isUppercase == true ? words[1] : nil
  }

  private static let modifiers: Set<String> = [
    "public", "package", "internal", "private", "fileprivate", "final", "indirect", "static",
    "mutating", "nonisolated", "override", "open", "consuming", "borrowing", "distributed",
  ]

  private static func isDocumented(_ file: SwiftText, _ index: Int) -> Bool {
    var above = index - 1
    while above >= 0 {
      let line = file.lines[above].drop { $0 == " " }
      if line.hasPrefix("///") { return true }
      if line.hasSuffix("*/") { return true }
      guard line.hasPrefix("@") || line.hasPrefix("#if") else { return false }
      above -= 1
    }
    return false
  }

  /// Commands that do not stand alone in a file of their name.
  static func commands(_ files: [SwiftText]) -> [String] {
    files.flatMap { file in
      let names = file.code.compactMap(command)
      let name = file.path.split(separator: "/").last ?? ""
      let stem = String(name).replacing(".swift", with: "")
      if names.isEmpty {
        return stem.hasSuffix("Command")
          ? ["\(file.path): no command is declared here; rename the file after what it holds"] : []
      }
      return names.filter { names.count > 1 || $0 != stem }.map {
        "\(file.path): the command \($0) belongs in a file of its own, \($0).swift"
      }
    }
  }

  /// The name of the command that is declared in this line.
  private static func command(_ line: String) -> String? {
    guard line.contains("ParsableCommand") else { return nil }
    let words = line.split { $0 == " " || $0 == ":" || $0 == "," || $0 == "{" }.map(String.init)
    guard let at = words.firstIndex(of: "struct"), at + 1 < words.count else { return nil }
    return words[at + 1]
  }
}
