import KairosModel

/// Reads patches in the form of `git diff`.
enum UnifiedDiff {
  /// One edit a file; before and after hold the hunks with their context.
  static func edits(in patch: String, call: String?) -> [Edit] {
    var edits: [Edit] = []
    var file: File?
    for line in patch.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.hasPrefix("diff --git ") {
        file?.close(into: &edits, call: call)
        file = File()
      } else {
        file?.add(line)
      }
    }
    file?.close(into: &edits, call: call)
    return edits
  }

  /// One file of a patch while its lines are read.
  private struct File {
    private var oldPath: String?
    private var newPath: String?
    private var isInHunk = false
    private var before: [Substring] = []
    private var after: [Substring] = []

    mutating func add(_ line: Substring) {
      if line.hasPrefix("@@") {
        isInHunk = true
      } else if !isInHunk {
        if line.hasPrefix("--- ") { oldPath = Self.path(line.dropFirst(4)) }
        if line.hasPrefix("+++ ") { newPath = Self.path(line.dropFirst(4)) }
        if line.hasPrefix("rename from ") { oldPath = String(line.dropFirst(12)) }
        if line.hasPrefix("rename to ") { newPath = String(line.dropFirst(10)) }
      } else {
        change(line)
      }
    }

    private mutating func change(_ line: Substring) {
      switch line.first {
      case "+": after.append(line.dropFirst())
      case "-": before.append(line.dropFirst())
      case " ":
        before.append(line.dropFirst())
        after.append(line.dropFirst())
      default: break
      }
    }

    /// Without the `a/` and `b/` of git; `nil` for the file that is not there.
    private static func path(_ text: Substring) -> String? {
      let name = text.trimmedWhitespace
      guard name != "/dev/null" else { return nil }
      return name.hasPrefix("a/") || name.hasPrefix("b/") ? String(name.dropFirst(2)) : name
    }

    func close(into edits: inout [Edit], call: String?) {
      guard let path = oldPath ?? newPath else { return }
      let isMoved = oldPath != nil && newPath != nil && oldPath != newPath
      let action: Edit.Action =
        oldPath == nil ? .create : newPath == nil ? .delete : isMoved ? .rename : .update
      edits.append(
        Edit(
          call: call, action: action, path: path, newPath: isMoved ? newPath : nil,
          before: before.joined(separator: "\n"), after: after.joined(separator: "\n")))
    }
  }
}
