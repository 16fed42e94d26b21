import Extract
import KairosJSON
import KairosModel

/// One sentence of an audited file.
struct AuditStatement {
  let file: AuditedFile
  let text: String
  let lines: ClosedRange<Int>
  let headings: [String]
  let lead: String?
  /// What it is about, when another part of its item says so.
  let label: String?
  /// Whether it stands between the markers of an export of kairos.
  let isExported: Bool

  /// The sentence with what it is about.
  var whole: String { label.map { "\($0): \(text)" } ?? text }

  var place: AuditPlace { AuditPlace(path: file.shown, lines: lines.lowerBound...lines.lowerBound) }

  /// The sentences of a file in order.
  static func all(in file: AuditedFile) -> [AuditStatement] {
    switch file.form {
    case .markdown:
      let exported = ExportedLines(file)
      return MemoryText.sentences(in: file.body).map { sentence in
        let isExported = exported.section?.contains(sentence.lines.lowerBound) ?? false
        return AuditStatement(
          file: file, text: sentence.text, lines: sentence.lines, headings: sentence.headings,
          lead: sentence.lead, label: sentence.label,
          isExported: isExported)
      }
    case .jsonLines:
      return file.lines.enumerated().flatMap { index, line in
        texts(ofRecord: line).map { plain($0, index + 1, file) }
      }
    case .bundle:
      return file.statements.enumerated().map { plain($1, $0 + 1, file) }
    }
  }

  private static func plain(_ text: String, _ line: Int, _ file: AuditedFile) -> AuditStatement {
    AuditStatement(
      file: file, text: text, lines: line...line, headings: [], lead: nil, label: nil,
      isExported: false)
  }

  /// What a record of a JSON memory says: `observations` of entities of the Model Context
  /// Protocol's memory server, `statement` of facts, and the usual names of one text.
  private static func texts(ofRecord line: Substring) -> [String] {
    guard let root = try? JSONDocument.parse(Array(line.utf8)).root else { return [] }
    let many = root["observations"]?.elements.compactMap(\.string) ?? []
    guard many.isEmpty else { return many }
    return ["statement", "content", "text", "memory", "fact"].lazy
      .compactMap { root[$0]?.string }.prefix(1).map { $0 }
  }
}

/// Where the section of a kairos export stands, and markers that belong to none.
struct ExportedLines {
  private static let begin = "<!-- kairos:begin"
  private static let end = "<!-- kairos:end"

  /// From the first to the last line of the only section.
  private(set) var section: ClosedRange<Int>?
  /// Lines of markers without a partner, or of a second section.
  private(set) var stray: [Int] = []

  init(_ file: AuditedFile) {
    var open: Int?
    for (index, line) in file.lines.enumerated() {
      if line.hasPrefix(Self.begin) {
        if let open { stray.append(open) }
        open = index + 1
      } else if line.hasPrefix(Self.end) {
        guard let start = open else {
          stray.append(index + 1)
          continue
        }
        if section == nil { section = start...(index + 1) } else { stray.append(start) }
        open = nil
      }
    }
    if let open { stray.append(open) }
  }
}
