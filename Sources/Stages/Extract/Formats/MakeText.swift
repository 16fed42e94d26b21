/// Targets of makefiles and recipes of justfiles.
enum MakeText {
  /// `name: deps  ## text`; not a variable, a pattern rule or a special target.
  static func target(_ line: Substring) -> (name: String, comment: String?)? {
    guard let colon = line.firstIndex(of: ":"), line.first != "\t", line.first != " ",
      line.first != "#", line.first != ".",
      !line[line.index(after: colon)...].hasPrefix("=")
    else { return nil }
    let name = String(line[..<colon])
    guard isName(name) else { return nil }
    let comment = line.firstRange(of: "## ").map { line[$0.upperBound...].trimmed }
    return (name, comment)
  }

  /// `name arg=default: deps`; attributes and settings are none.
  static func justRecipe(_ line: Substring) -> (name: String, comment: String?)? {
    guard let colon = line.firstIndex(of: ":"), line.first?.isLetter == true,
      !line[line.index(after: colon)...].hasPrefix("="), !line.hasPrefix("set "),
      !line.hasPrefix("alias "), !line.hasPrefix("export ")
    else { return nil }
    let name = line[..<colon].split(separator: " ").first.map(String.init) ?? ""
    return isName(name) ? (name, nil) : nil
  }

  static func phonyTargets(_ lines: [Substring]) -> Set<String> {
    var names: Set<String> = []
    var isOpen = false
    for line in lines where line.hasPrefix(".PHONY:") || isOpen {
      let list = line.hasPrefix(".PHONY:") ? line.dropFirst(7) : line
      names.formUnion(list.split(separator: " ").map(String.init))
      isOpen = line.hasSuffix("\\")
    }
    return names
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
          || $0 == 0x2d || $0 == 0x5f || $0 == 0x2e
      }
  }
}
