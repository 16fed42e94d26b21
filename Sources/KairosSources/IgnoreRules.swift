/// The `.gitignore` rules of a tree that is no repository, after gitignore(5).
struct IgnoreRules {
  /// One pattern, split at slashes.
  private struct Rule {
    /// Folder of the file that holds it, empty or with a final slash.
    let base: String
    let parts: [[UInt8]]
    let negates: Bool
    let onlyFolders: Bool
  }

  private var rules: [Rule] = []

  /// Adds the lines of the `.gitignore` in `folder` (empty for the root).
  mutating func add(_ text: String, folder: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let rule = Self.rule(line, base: folder.isEmpty ? "" : folder + "/") else { continue }
      rules.append(rule)
    }
  }

  private static func rule(_ line: Substring, base: String) -> Rule? {
    var bytes = Array(line.utf8)
    while bytes.last == 0x20, bytes.dropLast().last != UInt8(ascii: "\\") { bytes.removeLast() }
    guard let first = bytes.first, first != UInt8(ascii: "#") else { return nil }
    let negates = first == UInt8(ascii: "!")
    if negates { bytes.removeFirst() }
    let slash = UInt8(ascii: "/")
    let onlyFolders = bytes.last == slash
    if onlyFolders { bytes.removeLast() }
    guard !bytes.isEmpty else { return nil }
    // A slash at the start or in the middle ties the pattern to its folder.
    let isTied = bytes.contains(slash)
    if bytes.first == slash { bytes.removeFirst() }
    let parts = bytes.split(separator: slash, omittingEmptySubsequences: true).map { Array($0) }
    guard !parts.isEmpty else { return nil }
    return Rule(
      base: base, parts: isTied ? parts : [anyFolders] + parts, negates: negates,
      onlyFolders: onlyFolders)
  }

  private static let anyFolders = Array("**".utf8)

  /// Whether the path itself is ignored. Whoever asks has already left out ignored folders above.
  func ignores(_ path: String, isFolder: Bool) -> Bool {
    for rule in rules.reversed() where isFolder || !rule.onlyFolders {
      guard path.hasPrefix(rule.base) else { continue }
      let parts = path.dropFirst(rule.base.count).split(separator: "/").map { Array($0.utf8) }
      if Self.matches(rule.parts[...], parts[...]) { return !rule.negates }
    }
    return false
  }

  private static func matches(
    _ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>
  ) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == anyFolders {
      // `a/**` is everything inside `a`, not `a`.
      if pattern.count == 1 { return !path.isEmpty }
      return (0...path.count).contains { matches(pattern.dropFirst(), path.dropFirst($0)) }
    }
    guard let name = path.first else { return false }
    return glob(first[...], name[...]) && matches(pattern.dropFirst(), path.dropFirst())
  }

  /// `*`, `?`, `[a-z]` and `\` within one name.
  private static func glob(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    switch first {
    case UInt8(ascii: "*"):
      let rest = pattern.drop { $0 == UInt8(ascii: "*") }
      return (0...name.count).contains { glob(rest, name.dropFirst($0)) }
    case UInt8(ascii: "?"): return !name.isEmpty && glob(pattern.dropFirst(), name.dropFirst())
    case UInt8(ascii: "["):
      guard let byte = name.first, let set = byteSet(pattern) else { return false }
      return set.contains(byte) && glob(set.rest, name.dropFirst())
    case UInt8(ascii: "\\") where pattern.count > 1:
      let literal = pattern.dropFirst()
      return literal.first == name.first && glob(literal.dropFirst(), name.dropFirst())
    default: return first == name.first && glob(pattern.dropFirst(), name.dropFirst())
    }
  }

  private static func byteSet(_ pattern: ArraySlice<UInt8>) -> ByteSet? {
    var at = pattern.startIndex + 1
    let isInverted =
      at < pattern.endIndex
      && (pattern[at] == UInt8(ascii: "!") || pattern[at] == UInt8(ascii: "^"))
    if isInverted { at += 1 }
    let start = at
    var ranges: [ClosedRange<UInt8>] = []
    while at < pattern.endIndex {
      if pattern[at] == UInt8(ascii: "]"), at > start {
        return ByteSet(ranges: ranges, isInverted: isInverted, rest: pattern[(at + 1)...])
      }
      let low = pattern[at]
      let isRange =
        at + 2 < pattern.endIndex && pattern[at + 1] == UInt8(ascii: "-")
        && pattern[at + 2] != UInt8(ascii: "]")
      let high = isRange ? pattern[at + 2] : low
      if low <= high { ranges.append(low...high) }
      at += isRange ? 3 : 1
    }
    return nil
  }

  /// The bytes of `[…]` and the pattern behind it.
  private struct ByteSet {
    let ranges: [ClosedRange<UInt8>]
    let isInverted: Bool
    let rest: ArraySlice<UInt8>

    func contains(_ byte: UInt8) -> Bool {
      ranges.contains { $0.contains(byte) } != isInverted
    }
  }
}
