import KairosJSON
import KairosModel

/// Edits that the model wrote down and Aider has not reported as applied yet: SEARCH/REPLACE
/// blocks, and fenced files whose path stands above the fence.
struct AiderEdits {
  private var waiting: [Edit] = []
  /// A model that proposes more at once is not followed.
  private static let waitingMax = 64

  init() {}

  init(_ json: JSONValue) {
    waiting = (json["edits"]?.elements ?? []).compactMap { edit in
      guard let path = edit["path"]?.string else { return nil }
      return Self.edit(path, edit["before"]?.string ?? "", edit["after"]?.string ?? "")
    }
  }

  /// Writes the member `edits`.
  func write(to json: inout CanonicalJSON) {
    json.key("edits")
    json.array(waiting) { json, edit in
      json.object {
        $0.member("path", edit.path)
        $0.member("before", edit.before)
        $0.member("after", edit.after)
      }
    }
  }

  private static func edit(_ path: String, _ before: String, _ after: String) -> Edit {
    Edit(
      call: nil, action: before.isEmpty ? .create : .update, path: path, newPath: nil,
      before: before, after: after)
  }

  /// The edits of a file that was reported as changed; without a known text only the path.
  mutating func applied(_ path: String) -> [Edit] {
    let found = waiting.filter { Self.isSame($0.path, path) }
    waiting.removeAll { Self.isSame($0.path, path) }
    guard found.isEmpty else {
      return found.map { Self.edit(path, $0.before, $0.after) }
    }
    return [Edit(call: nil, action: .update, path: path, newPath: nil, before: "", after: "")]
  }

  /// Models name files with fewer folders than the program does.
  private static func isSame(_ said: String, _ path: String) -> Bool {
    said == path || path.hasSuffix("/" + said) || said.hasSuffix("/" + path)
  }

  /// Takes the edits out of an answer; returns what was said around them.
  mutating func take(_ lines: [Substring], _ sink: EventSink) -> String {
    var reading = Reading()
    for line in lines { reading.take(line) }
    waiting = reading.edits.prefix(Self.waitingMax).map { edit in
      sink.cleaned(Self.edit(edit.path, edit.before, edit.after))
    }
    return reading.said.joined(separator: "\n")
  }

  /// Follows one answer line by line.
  private struct Reading {
    private(set) var edits: [(path: String, before: String, after: String)] = []
    private(set) var said: [Substring] = []
    private var before: [Substring]?
    private var after: [Substring]?
    private var path = ""
    /// The last line that may have been the name of a file.
    private var name = ""
    /// A fence that holds a whole file, and its lines.
    private var whole: [Substring]?
    /// The fence around a SEARCH/REPLACE block has to be closed.
    private var isFenced = false

    mutating func take(_ line: Substring) {
      if after != nil {
        replacing(line)
      } else if before != nil {
        if line.trimmedWhitespace == "=======" { after = [] } else { before?.append(line) }
      } else if Self.isMark(line, "<", ["SEARCH", "ORIGINAL"]) {
        // The opening fence and the name above belong to the edit.
        if whole != nil { isFenced = true }
        whole = nil
        if !name.isEmpty { path = name }
        dropName()
        before = []
      } else {
        other(line)
      }
    }

    private mutating func replacing(_ line: Substring) {
      guard Self.isMark(line, ">", ["REPLACE", "UPDATED"]) else {
        after?.append(line)
        return
      }
      edits.append((path, Self.text(before), Self.text(after)))
      before = nil
      after = nil
    }

    private mutating func other(_ line: Substring) {
      let isFence = line.hasPrefix("```") || line.hasPrefix("~~~")
      if isFence, isFenced {
        isFenced = false
      } else if let content = whole {
        if isFence {
          edits.append((name, "", Self.text(content)))
          whole = nil
          name = ""
        } else {
          whole?.append(line)
        }
      } else if isFence, !name.isEmpty {
        whole = []
        dropName()
      } else {
        said.append(line)
        if line.contains(where: { !$0.isWhitespace }) { name = Self.fileName(line) }
      }
    }

    /// The name of a file above its edit is no part of what was said.
    private mutating func dropName() {
      while let last = said.last, last.trimmedWhitespace.isEmpty { said.removeLast() }
      if let last = said.last, !name.isEmpty, Self.fileName(last) == name { said.removeLast() }
    }

    private static func text(_ lines: [Substring]?) -> String {
      (lines ?? []).joined(separator: "\n")
    }

    /// `<<<<<<< SEARCH`; models write five to nine signs.
    private static func isMark(_ line: Substring, _ sign: Character, _ words: [String]) -> Bool {
      let rest = line.drop { $0 == sign }
      let signs = line.distance(from: line.startIndex, to: rest.startIndex)
      return (5...9).contains(signs) && words.contains(rest.trimmedWhitespace)
    }

    /// A line that is nothing but a path, in whatever marks; empty when it is something else.
    private static func fileName(_ line: Substring) -> String {
      let marks = "#*`: "
      let text = line.drop { marks.contains($0) || $0.isWhitespace }
      let end = text.lastIndex { !(marks.contains($0) || $0.isWhitespace) }
      guard let end else { return "" }
      let name = text[...end]
      let isPath = !name.contains(where: \.isWhitespace) && name.utf8.count < 256
      return isPath && (name.contains(".") || name.contains("/")) && !name.hasSuffix(".")
        ? String(name) : ""
    }
  }
}
