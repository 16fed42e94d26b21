/// A project's name in front matter and file names, where only plain characters are safe.
struct ProjectLabel {
  /// For sentences: the project's id without its scheme, in characters that YAML takes as text.
  let name: String
  /// For file names: lower case, digits and single hyphens.
  let slug: String

  init(project: String) {
    let scheme = project.firstIndex(of: ":").map { project[..<$0] } ?? ""
    let bare = project.dropFirst(scheme.isEmpty ? 0 : scheme.count + 1)
    let plain = String(bare.unicodeScalars.map { Self.isPlain($0) ? Character($0) : "-" })
    // A commit alone would read like a word.
    name = scheme == "root" ? "commit \(plain.prefix(12))" : plain.isEmpty ? "project" : plain
    slug = Self.slug(plain)
  }

  /// Lower-case letters, digits and single hyphens, at most 48; `project` when nothing is left.
  static func slug(_ text: String) -> String {
    var out = ""
    for scalar in text.lowercased().unicodeScalars {
      let isWord =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      if isWord {
        out.unicodeScalars.append(scalar)
      } else if !out.isEmpty, !out.hasSuffix("-") {
        out.append("-")
      }
    }
    var cut = String(out.prefix(48))
    while cut.hasSuffix("-") { cut.removeLast() }
    return cut.isEmpty ? "project" : cut
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return false }
    return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || "._/-".unicodeScalars.contains(scalar)
  }
}
