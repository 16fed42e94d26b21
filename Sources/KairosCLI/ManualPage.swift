import KairosJSON
import KairosModel

/// The manual page of one command in the mdoc language (mdoc(7)), from the description of the
/// command line that the argument parser gives.
struct ManualPage {
  private let command: JSONValue
  /// Names of the commands above this one.
  private let parents: [String]
  private let children: [JSONValue]

  init(command: JSONValue, parents: [String], children: [JSONValue]) {
    self.command = command
    self.parents = parents
    self.children = children
  }

  /// The name of the page without its section.
  var name: String { words.joined(separator: "-") }

  private var words: [String] { parents + [command["commandName"]?.string ?? ""] }

  /// Descriptions that help shows.
  static func shown(_ list: JSONValue?) -> [JSONValue] {
    (list?.elements ?? []).filter { $0["shouldDisplay"]?.bool != false }
  }

  /// `2026-01-05` as mdoc writes days; `nil` when it is no day.
  static func longDate(_ day: String) -> String? {
    guard let time = Timestamp(rfc3339: day + "T00:00:00Z"), time.dateText == day else {
      return nil
    }
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return nil }
    return "\(months[parts[1] - 1]) \(parts[2]), \(parts[0])"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The page, dated `date` (`2026-01-05`).
  func text(date: String) -> String {
    let parts = discussion
    var lines = [
      ".Dd \(Self.longDate(date) ?? "")", ".Dt \(name.uppercased()) 1",
      ".Os kairos \(KairosVersion.text)", ".Sh NAME", ".Nm \(name)", ".Nd \(summary)",
      ".Sh SYNOPSIS", ".Nm \(words.joined(separator: " "))",
    ]
    let arguments = Self.shown(command["arguments"])
    lines += arguments.map(Self.synopsis)
    if !children.isEmpty { lines += [".Ar command"] }
    lines += [".Sh DESCRIPTION"] + Self.paragraphs(parts.story)
    lines += section("OPTIONS", arguments.map { (Self.label($0), Self.explanation($0)) })
    lines += section(
      "COMMANDS",
      children.map { child in
        let named = (words + [child["commandName"]?.string ?? ""]).joined(separator: "-")
        return ("Xr \(named) 1", child["abstract"]?.string ?? "")
      })
    lines += section("EXIT STATUS", parts.codes)
    if !parts.examples.isEmpty {
      lines += [".Sh EXAMPLES", ".Bd -literal"] + parts.examples.map(Self.literal) + [".Ed"]
    }
    if !parents.isEmpty { lines += [".Sh SEE ALSO", ".Xr \(parents.joined(separator: "-")) 1"] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the command does, as a phrase.
  private var summary: String {
    var text = command["abstract"]?.string ?? ""
    if text.last == "." { text.removeLast() }
    return Self.escaped(text.prefix(1).lowercased() + text.dropFirst())
  }

  private func section(_ title: String, _ rows: [(label: String, text: String)]) -> [String] {
    guard !rows.isEmpty else { return [] }
    return [".Sh \(title)", ".Bl -tag -width Ds"]
      + rows.flatMap { [".It \($0.label)"] + Self.filled($0.text) } + [".El"]
  }

  // MARK: The parts of a help page

  private var discussion: (story: String, examples: [String], codes: [(String, String)]) {
    let whole = command["discussion"]?.string ?? ""
    var (story, examples, codes): (String, [String], [(String, String)]) = ("", [], [])
    var part = 0
    for line in whole.split(separator: "\n", omittingEmptySubsequences: false) {
      switch line {
      case "EXAMPLES:": part = 1
      case "EXIT CODES:": part = 2
      default:
        if part == 0 { story += line + "\n" }
        let text = line.drop { $0 == " " }
        guard !text.isEmpty else { continue }
        if part == 1 { examples.append(String(text)) }
        if part == 2, let gap = text.firstIndex(of: " ") {
          codes.append((String(text[..<gap]), String(text[gap...].drop { $0 == " " })))
        }
      }
    }
    return (story, examples, codes)
  }

  // MARK: Options

  private static func names(_ argument: JSONValue) -> [String] {
    (argument["names"]?.elements ?? []).compactMap { entry in
      entry["name"]?.string.map { entry["kind"]?.string == "short" ? "Fl \($0)" : "Fl -\($0)" }
    }
  }

  private static func value(_ argument: JSONValue) -> String? {
    guard argument["kind"]?.string != "flag" else { return nil }
    return "Ar " + (argument["valueName"]?.string ?? "value")
  }

  private static func synopsis(_ argument: JSONValue) -> String {
    let long = names(argument).last
    let parts = [long, value(argument)].compactMap { $0 }.joined(separator: " ")
    let repeated = argument["isRepeating"]?.bool == true ? " ..." : ""
    return argument["isOptional"]?.bool == true ? ".Op \(parts)\(repeated)" : ".\(parts)\(repeated)"
  }

  private static func label(_ argument: JSONValue) -> String {
    let names = names(argument).joined(separator: " , ")
    return [names.isEmpty ? nil : names, value(argument)].compactMap { $0 }.joined(separator: " ")
  }

  private static func explanation(_ argument: JSONValue) -> String {
    var text = argument["abstract"]?.string ?? ""
    if let standard = argument["defaultValue"]?.string, argument["kind"]?.string != "flag" {
      text += " (default: \(standard))"
    }
    return text
  }

  // MARK: Text

  private static func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n") {
      if !lines.isEmpty { lines.append(".Pp") }
      lines += filled(String(paragraph))
    }
    return lines
  }

  /// Lines of at most 78 characters, a new one for each sentence, as mdoc wants them.
  private static func filled(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    func end() {
      if !line.isEmpty { lines.append(line) }
      line = ""
    }
    var isCode = false
    for word in text.split(separator: " ") {
      let shown = marked(String(word), &isCode)
      if line.count + shown.count > 77 { end() }
      line += line.isEmpty ? shown : " " + shown
      if word.hasSuffix(".") || word.hasSuffix("?") { end() }
    }
    end()
    return lines.map(safeStart)
  }

  /// A word with code between back quotes in bold.
  private static func marked(_ word: String, _ isCode: inout Bool) -> String {
    var out = ""
    for part in word.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      if part.offset > 0 {
        isCode.toggle()
        out += isCode ? "\\fB" : "\\fP"
      }
      out += escaped(String(part.element))
    }
    return out
  }

  /// A line whose first character is text, not a request.
  private static func safeStart(_ line: String) -> String {
    line.first == "." || line.first == "'" ? "\\&" + line : line
  }

  /// A line that can be copied from the page.
  private static func literal(_ line: String) -> String {
    safeStart(escaped(line).replacing("-", with: "\\-"))
  }

  /// Backslashes begin requests; the arrow and the ellipsis are not in every font.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("…", with: "...").replacing("→", with: "->")
  }
}
