/// Turns comment lines into the text that their author meant.
enum DocComment {
  /// Longest sentence that is kept, in bytes.
  static let sentenceBytesMax = 300

  private static let marks = [
    "///", "//!", "//", "/**", "/*!", "/*", "*/", "##", "#:", "#", "---", "--", ";;", "*",
  ]

  /// One line of a comment without its marks.
  static func stripped(_ line: Substring) -> Substring {
    var text = CodeLine(line).text
    if let mark = marks.first(where: { text.hasPrefix($0) }) { text = text.dropFirst(mark.count) }
    if text.hasSuffix("*/") { text = text.dropLast(2) }
    return CodeLine(text).text
  }

  /// Lines that speak to tools: directives, suppressions, build tags.
  static func isDirective(_ line: Substring) -> Bool {
    let text = CodeLine(line).text
    let directives = [
      "//go:", "// +build", "//nolint", "//export ", "#!", "# -*-", "# vim:", "# noqa", "// @ts-",
      "/* eslint", "// eslint", "# type:", "# pylint:", "# shellcheck", "// swiftlint",
      "// swift-format", "// MARK:", "# frozen_string_literal", "// prettier-ignore",
      "// clang-format", "#pragma",
    ]
    return directives.contains { text.hasPrefix($0) }
  }

  /// Whether a comment block is a licence header.
  static func isLicence(_ lines: [Substring]) -> Bool {
    lines.prefix(12).contains {
      let lower = $0.lowercased()
      return lower.contains("copyright") || lower.contains("spdx-license")
        || lower.contains("licensed under")
    }
  }

  /// The first sentence of a comment; `nil` when it says nothing.
  static func sentence(_ lines: [Substring]) -> String? {
    var text = ""
    for line in lines where !isDirective(line) {
      var words = stripped(line)
      if words.isEmpty || words == "<summary>" || words == "</summary>" {
        if text.isEmpty { continue }
        break
      }
      if words.hasPrefix("@") || words.hasPrefix(":param") || words.hasPrefix("\\param")
        || words.hasPrefix("- Parameter") || words.hasPrefix("<param")
      {
        break
      }
      if words.hasPrefix("<summary>") { words = words.dropFirst("<summary>".count) }
      if words.hasSuffix("</summary>") { words = words.dropLast("</summary>".count) }
      text += (text.isEmpty ? "" : " ") + words
      if text.utf8.count > 2 * sentenceBytesMax { break }
    }
    let end = sentenceEnd(text)
    let sentence = cut(String(text[..<end]), bytes: sentenceBytesMax)
    return sentence.utf8.contains { CodeLine.isName($0) } ? sentence : nil
  }

  private static let abbreviations = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "approx."]

  private static func sentenceEnd(_ text: String) -> String.Index {
    var at = text.startIndex
    while at < text.endIndex {
      let next = text.index(after: at)
      switch text[at] {
      case "。", "！", "？": return next
      case ".", "!", "?":
        guard next < text.endIndex else { return next }
        if text[next] == " ", !abbreviations.contains(where: { text[..<next].hasSuffix($0) }) {
          return next
        }
      default: break
      }
      at = next
    }
    return text.endIndex
  }

  /// The longest start of whole characters that fits.
  static func cut(_ text: String, bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: bytes)
    while end > text.startIndex, String.Index(end, within: text) == nil {
      end = text.utf8.index(before: end)
    }
    return String(text[..<end])
  }
}
