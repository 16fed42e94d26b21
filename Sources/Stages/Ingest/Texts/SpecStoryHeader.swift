import KairosModel

/// The line before every message: `_**User (2026-01-16 22:18:20Z)**_`,
/// `_**Agent (claude-opus-4-5 2026-01-16 22:18:30Z)**_`, `_**Agent - sidechain (…)**_`,
/// `_**Agent (model gpt-5, mode Agent)**_`, and without times `_**User**_`, `_**Assistant**_`.
struct SpecStoryHeader: Equatable {
  let isUser: Bool
  /// A sub-agent speaks, or is spoken to.
  let isDelegated: Bool
  let at: Timestamp?

  init?(_ line: String) {
    guard line.hasBytesPrefix("_**"), line.hasSuffix("**_"), line.utf8.count < 200 else {
      return nil
    }
    let text = line.dropFirst(3).dropLast(3)
    let role = text.prefix { $0.isLetter }
    guard ["User", "Agent", "Assistant"].contains(role) else { return nil }
    let rest = text[role.endIndex...]
    guard rest.isEmpty || rest.hasPrefix(" (") || rest.hasPrefix(" - ") else { return nil }
    isUser = role == "User"
    isDelegated = rest.hasBytes("sidechain")
    at = Self.time(in: rest)
  }

  /// The time at the end of what stands in parentheses; some have no seconds.
  static func time(in text: some StringProtocol) -> Timestamp? {
    guard let open = text.lastIndex(of: "("), let close = text.lastIndex(of: ")"), open < close
    else { return nil }
    let words = text[text.index(after: open)..<close].split(separator: " ")
    guard let last = words.last else { return nil }
    let stamp = last.contains("T") ? String(last) : words.suffix(2).joined(separator: " ")
    if let time = Timestamp(rfc3339: stamp) { return time }
    guard stamp.hasSuffix("Z") else { return nil }
    return Timestamp(rfc3339: stamp.dropLast() + ":00Z")
  }
}
