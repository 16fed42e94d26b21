import KairosModel
import KairosRedaction

/// The bytes of a file as far as they are looked at.
struct FileContent {
  private(set) var size: Int
  private(set) var head: [UInt8] = []

  init(size: Int) { self.size = size }

  /// Adds the next bytes; the head grows to `headMax`.
  mutating func append(_ bytes: UnsafeRawBufferPointer, headMax: Int) {
    size += bytes.count
    if head.count < headMax { head.append(contentsOf: bytes.prefix(headMax - head.count)) }
  }

  /// A NUL in the first 8 KiB, as git decides it.
  var isBinary: Bool { head.prefix(8192).contains(0) }
}

/// Makes a workspace file out of path and content: kind, redacted text, symbols, words.
struct WorkspaceFileReader: Sendable {
  let redactor: Redactor
  let limits: WorkspaceLimits

  /// What is kept of one file.
  func file(_ path: String, _ content: FileContent, digest: String) -> Workspace.File {
    var kind = FileKinds.kind(of: path)
    let isWhole = content.size <= limits.fileBytes
    guard !content.isBinary, !FileKinds.isForeign(path), isWhole || kind == .manifest else {
      return Workspace.File(
        path: path, size: content.size, digest: digest, kind: .other, text: nil, symbols: [],
        words: [])
    }
    var raw = String(decoding: content.head, as: UTF8.self)
    if kind != .code { raw = ExportBlocks.removed(from: raw) }
    let language =
      Language.of(path: path) ?? Language.of(interpreter: raw.prefix { !$0.isNewline })
    if kind == .other, language != nil { kind = .code }
    let redacted = redactor.redact(raw)
    let outline = language.flatMap { kind == .code ? CodeOutline.of(raw, language: $0) : nil }
    return Workspace.File(
      path: path, size: content.size, digest: digest, kind: kind,
      text: text(kind, redacted, outline), symbols: outline.map(symbols) ?? [],
      remarks: outline.map(remarks) ?? [], words: words(kind, redacted))
  }

  private func text(
    _ kind: Workspace.File.Kind, _ redacted: String, _ outline: CodeOutline?
  ) -> String? {
    switch kind {
    case .manifest: DocComment.cut(redacted, bytes: limits.manifestBytes)
    case .instructions, .document: DocComment.cut(redacted, bytes: limits.textBytes)
    case .code: outline?.opening.map(redactor.redact)
    case .other: nil
    }
  }

  /// Names are no secrets; what comments say may be.
  private func symbols(_ outline: CodeOutline) -> [Workspace.Symbol] {
    outline.symbols.map {
      Workspace.Symbol(
        kind: $0.kind, name: $0.name, line: $0.line, doc: $0.doc.map(redactor.redact))
    }
  }

  private func remarks(_ outline: CodeOutline) -> [Workspace.Remark] {
    outline.remarks.map {
      Workspace.Remark(line: $0.line, symbol: $0.symbol, text: redactor.redact($0.text))
    }
  }

  private func words(_ kind: Workspace.File.Kind, _ redacted: String) -> [String] {
    if kind == .other, redacted.utf8.count > limits.dataBytes { return [] }
    let text =
      kind == .manifest ? DocComment.cut(redacted, bytes: limits.manifestBytes) : redacted
    return DistinctWords.of(text)
  }
}

/// The distinct words of `WorkspaceIndex.words(of:)`, sorted, for whole files.
enum DistinctWords {
  /// Longer runs are encoded data.
  private static let wordBytesMax = 80

  static func of(_ text: String) -> [String] {
    var found: Set<String> = []
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        guard isWord(bytes[start]) else {
          start += 1
          continue
        }
        var end = start + 1
        while end < bytes.count, isWord(bytes[end]) || bytes[end] == UInt8(ascii: "-") { end += 1 }
        let next = end
        while bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
        if (2...wordBytesMax).contains(end - start) {
          found.insert(String(decoding: bytes[start..<end], as: UTF8.self))
        }
        start = next
      }
    }
    return found.sorted()
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x80...0xff: true
    default: false
    }
  }
}

/// Kairos's own text inside other files: read back, it would prove itself.
enum ExportBlocks {
  private static let begin = "<!-- kairos:begin"
  private static let end = "<!-- kairos:end"

  /// The text with every marked block emptied; lines keep their numbers.
  static func removed(from text: String) -> String {
    guard text.firstRange(of: begin) != nil else { return text }
    var isInside = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.firstRange(of: begin) != nil { isInside = true }
      defer { if line.firstRange(of: end) != nil { isInside = false } }
      return isInside ? "" : line
    }
    return lines.joined(separator: "\n")
  }
}
