import KairosModel

/// Reads the patch format of `apply_patch`: sections `*** Add File:`, `*** Update File:`,
/// `*** Delete File:`, `*** Move to:`, and lines that begin with a space, `+` or `-`.
enum ApplyPatch {
  /// One edit per section; before and after hold the changed lines with their context.
  static func edits(in patch: String, call: String?) -> [Edit] {
    var edits: [Edit] = []
    var section: Section?
    for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (action, path) = header(line) {
        section?.close(into: &edits, call: call)
        section = Section(action: action, path: path)
      } else if line.hasPrefix("*** Move to: ") {
        section?.newPath = line.dropFirst(13).trimmedWhitespace
      } else if line.hasPrefix("*** End Patch") {
        break
      } else {
        section?.add(line)
      }
    }
    section?.close(into: &edits, call: call)
    return edits
  }

  private static func header(_ line: Substring) -> (Edit.Action, String)? {
    let headers: [(String, Edit.Action)] = [
      ("*** Add File: ", .create), ("*** Update File: ", .update), ("*** Delete File: ", .delete),
    ]
    for (prefix, action) in headers where line.hasPrefix(prefix) {
      return (action, line.dropFirst(prefix.count).trimmedWhitespace)
    }
    return nil
  }

  /// One file of a patch while its lines are read.
  private struct Section {
    let action: Edit.Action
    let path: String
    var newPath: String?
    var before: [Substring] = []
    var after: [Substring] = []

    init(action: Edit.Action, path: String) {
      self.action = action
      self.path = path
    }

    mutating func add(_ line: Substring) {
      switch line.first {
      case "+": after.append(line.dropFirst())
      case "-": before.append(line.dropFirst())
      case " ":
        before.append(line.dropFirst())
        after.append(line.dropFirst())
      default: break
      }
    }

    func close(into edits: inout [Edit], call: String?) {
      edits.append(
        Edit(
          call: call, action: newPath == nil ? action : .rename, path: path, newPath: newPath,
          before: before.joined(separator: "\n"), after: after.joined(separator: "\n")))
    }
  }
}
