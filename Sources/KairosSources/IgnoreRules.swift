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

  /// Both walks go back to the last star only: what an earlier star could take, the last one can
  /// as well, so a pattern made of stars costs no more than length times length.
  private static func matches(
    _ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>
  ) -> Bool {
    var (rest, names) = (pattern, path)
    var retry: (pattern: ArraySlice<[UInt8]>, path: ArraySlice<[UInt8]>)?
    while true {
      if let first = rest.first, first == anyFolders {
        rest = rest.dropFirst()
        // `a/**` is everything inside `a`, not `a`.
        if rest.isEmpty { return !names.isEmpty }
        retry = (rest, names)
      } else if let first = rest.first, let name = names.first, glob(first[...], name[...]) {
        (rest, names) = (rest.dropFirst(), names.dropFirst())
      } else if rest.isEmpty, names.isEmpty {
        return true
      } else {
        guard let last = retry, !last.path.isEmpty else { return false }
        (rest, names) = (last.pattern, last.path.dropFirst())
        retry = (rest, names)
      }
    }
  }

  /// `*`, `?`, `[a-z]` and `\` within one name.
  private static func glob(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var (rest, bytes) = (pattern, name)
    var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while true {
      if rest.first == UInt8(ascii: "*") {
        rest = rest.drop { $0 == UInt8(ascii: "*") }
        retry = (rest, bytes)
      } else if let byte = bytes.first, let after = one(rest, byte) {
        (rest, bytes) = (after, bytes.dropFirst())
      } else if rest.isEmpty, bytes.isEmpty {
        return true
      } else {
        guard let last = retry, !last.name.isEmpty else { return false }
        (rest, bytes) = (last.pattern, last.name.dropFirst())
        retry = (rest, bytes)
      }
    }
  }

  /// The pattern behind the part that takes `byte`; `nil` when it does not.
  private static func one(_ pattern: ArraySlice<UInt8>, _ byte: UInt8) -> ArraySlice<UInt8>? {
    guard let first = pattern.first else { return nil }
    switch first {
    case UInt8(ascii: "?"): return pattern.dropFirst()
    case UInt8(ascii: "["):
      guard let set = byteSet(pattern), set.contains(byte) else { return nil }
      return set.rest
    case UInt8(ascii: "\\") where pattern.count > 1:
      return pattern.dropFirst().first == byte ? pattern.dropFirst(2) : nil
    default: return first == byte ? pattern.dropFirst() : nil
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
