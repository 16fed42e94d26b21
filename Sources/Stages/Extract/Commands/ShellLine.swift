/// A shell command line, split into the commands it runs and how they are joined.
///
/// Redirections, comments and here-documents are gone; quotes are resolved. What a substitution or
/// variable would give is unknown, so commands with them are marked.
struct ShellLine: Equatable {
  /// How a command follows the one before it.
  enum Joint: Equatable { case start, and, or, next, pipe }

  /// One program call of the line.
  struct Command: Equatable {
    var joint: Joint
    var words: [String]
    /// Holds variables, substitutions or a here-document.
    var isDynamic: Bool
  }

  let commands: [Command]

  /// Longer texts are scripts, which say nothing about single commands.
  private static let bytesMax = 4096

  init(_ text: String) {
    guard text.utf8.count <= Self.bytesMax else {
      commands = []
      return
    }
    var reader = ShellReader(text)
    commands = reader.read()
  }

  /// A pipeline tells its first command's failure, too.
  var setsPipefail: Bool {
    commands.contains { $0.words.first == "set" && $0.words.contains("pipefail") }
  }
}

/// Reads a command line byte by byte.
private struct ShellReader {
  private let bytes: [UInt8]
  private var at = 0
  private var word: [UInt8] = []
  private var hasWord = false
  private var current = ShellLine.Command(joint: .start, words: [], isDynamic: false)
  private var commands: [ShellLine.Command] = []
  /// End marks of here-documents that start at the next line.
  private var hereMarks: [[UInt8]] = []

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func read() -> [ShellLine.Command] {
    while at < bytes.count { step(bytes[at]) }
    endCommand(.next)
    return commands
  }

  private func byte(_ offset: Int) -> UInt8? {
    at + offset < bytes.count ? bytes[at + offset] : nil
  }

  private mutating func step(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): quoted(byte)
    case UInt8(ascii: "\\"): escaped()
    case UInt8(ascii: "$"), UInt8(ascii: "`"): substituted(byte)
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      endWord()
      at += 1
    case UInt8(ascii: "\n"):
      endCommand(.next)
      at += 1
      skipHereDocuments()
    case UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"):
      endCommand(.next)
      at += 1
    case UInt8(ascii: "&"), UInt8(ascii: "|"): joined(byte)
    case UInt8(ascii: "<"), UInt8(ascii: ">"): redirected(byte)
    case UInt8(ascii: "#") where !hasWord:
      while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    default: take(byte)
    }
  }

  private mutating func take(_ byte: UInt8) {
    word.append(byte)
    hasWord = true
    at += 1
  }

  private mutating func quoted(_ quote: UInt8) {
    hasWord = true
    at += 1
    while at < bytes.count, bytes[at] != quote {
      if quote == UInt8(ascii: "\""), bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count {
        at += 1
      } else if quote == UInt8(ascii: "\""), bytes[at] == UInt8(ascii: "$") {
        current.isDynamic = true
      }
      word.append(bytes[at])
      at += 1
    }
    at += 1
  }

  private mutating func escaped() {
    at += 1
    guard at < bytes.count else { return }
    if bytes[at] == UInt8(ascii: "\n") {
      at += 1
    } else {
      take(bytes[at])
    }
  }

  private mutating func substituted(_ mark: UInt8) {
    current.isDynamic = true
    take(mark)
    if mark == UInt8(ascii: "`") {
      while at < bytes.count, bytes[at] != mark { take(bytes[at]) }
      if at < bytes.count { take(mark) }
    } else if at < bytes.count, bytes[at] == UInt8(ascii: "(") {
      var depth = 0
      repeat {
        if bytes[at] == UInt8(ascii: "(") { depth += 1 }
        if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
        take(bytes[at])
      } while depth > 0 && at < bytes.count
    }
  }

  private mutating func joined(_ mark: UInt8) {
    if mark == UInt8(ascii: "&"), byte(1) == UInt8(ascii: ">") {
      at += 1
      redirected(UInt8(ascii: ">"))
      return
    }
    let isDouble = byte(1) == mark
    let isPipe = mark == UInt8(ascii: "|")
    let isBoth = isPipe && byte(1) == UInt8(ascii: "&")
    endCommand(isDouble ? (isPipe ? .or : .and) : isPipe ? .pipe : .next)
    at += isDouble || isBoth ? 2 : 1
  }

  private mutating func redirected(_ mark: UInt8) {
    // A number right before it is a file descriptor.
    if word.allSatisfy({ (0x30...0x39).contains($0) }) {
      word = []
      hasWord = false
    }
    endWord()
    var marks = 0
    while at < bytes.count, bytes[at] == mark || bytes[at] == UInt8(ascii: "&") {
      if bytes[at] == mark { marks += 1 }
      at += 1
    }
    let isHere = mark == UInt8(ascii: "<") && marks == 2
    if isHere, at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    while at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
    let target = skippedWord()
    if isHere {
      hereMarks.append(target)
      current.isDynamic = true
    }
  }

  /// The word at this point, without its quotes.
  private mutating func skippedWord() -> [UInt8] {
    var target: [UInt8] = []
    let ends = Array(" \t\n;|&<>()".utf8)
    while at < bytes.count, !ends.contains(bytes[at]) {
      if bytes[at] == UInt8(ascii: "'") || bytes[at] == UInt8(ascii: "\"") {
        let quote = bytes[at]
        at += 1
        while at < bytes.count, bytes[at] != quote {
          target.append(bytes[at])
          at += 1
        }
      } else {
        target.append(bytes[at])
      }
      at += 1
    }
    return target
  }

  private mutating func skipHereDocuments() {
    for mark in hereMarks {
      while at < bytes.count {
        let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let line = bytes[at..<end].drop { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
        at = min(end + 1, bytes.count)
        if line.elementsEqual(mark) { break }
      }
    }
    hereMarks = []
  }

  private mutating func endWord() {
    if hasWord { current.words.append(String(decoding: word, as: UTF8.self)) }
    word = []
    hasWord = false
  }

  private mutating func endCommand(_ next: ShellLine.Joint) {
    endWord()
    let joint = current.words.isEmpty ? current.joint : next
    if !current.words.isEmpty { commands.append(current) }
    current = ShellLine.Command(joint: joint, words: [], isDynamic: false)
  }
}
