import Foundation

/// Rules over documents: what they name exists.
enum DocumentRules {
  /// Paths that a document names and that do not exist.
  ///
  /// A code span is a path of this project when its first component stands in the root; other
  /// code spans are commands, or paths of the reader's project. Link targets are always paths.
  static func missingPaths(
    _ text: String, document: String, roots: Set<String>, exists: (String) -> Bool
  ) -> [String] {
    let folder = document.split(separator: "/").dropLast().joined(separator: "/")
    let prose = withoutFences(text)
    let spans = matches(of: "`", "`", in: prose).filter { span in
      let first = span.split(separator: "/").first.map(String.init) ?? ""
      return span.contains("/") && roots.contains(first) && isPlain(span)
    }
    let links = matches(of: "](", ")", in: prose).filter {
      !$0.contains("://") && !$0.hasPrefix("#") && !$0.hasPrefix("mailto:")
    }.map { link in
      let path = link.split(separator: "#").first.map(String.init) ?? link
      return folder.isEmpty ? path : folder + "/" + path
    }
    return (spans + links).filter { !exists($0) }.map {
      "\(document): `\($0)` does not exist; name the file as it is now, or drop the sentence"
    }
  }

  private static func isPlain(_ path: String) -> Bool {
    !path.contains { " *<>{}$~…|".contains($0) } && !path.contains("NNN")
  }

  /// Fenced blocks show sessions, whose paths are the reader's.
  private static func withoutFences(_ text: String) -> String {
    var isFenced = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let isFence = line.drop { $0 == " " }.hasPrefix("```")
      if isFence { isFenced.toggle() }
      return !isFence && !isFenced
    }.joined(separator: "\n")
  }

  /// Texts between `open` and `close` that do not cross a line.
  private static func matches(of open: String, _ close: String, in text: String) -> [String] {
    text.split(separator: "\n").flatMap { line in
      var found: [String] = []
      var rest = line[...]
      while let start = rest.range(of: open),
        let end = rest[start.upperBound...].range(of: close)
      {
        found.append(String(rest[start.upperBound..<end.lowerBound]))
        rest = rest[end.upperBound...]
      }
      return found
    }
  }
}
