/// Limits of size and words that must not occur; each message says what to do instead.
enum StyleRules {
  static let columnsMax = 100
  static let functionLinesMax = 70
  static let functionLinesUsual = 30
  static let fileLinesUsual = 400
  static let fileLinesMax = 600

  /// Lines inside a multi-line string are left out: a transcript's record cannot be broken.
  static func columns(_ file: SwiftText) -> [String] {
    file.lines.enumerated().compactMap { index, line in
      let isString = (file.code[index] + file.comments[index]).allSatisfy { $0 == " " }
      return line.count <= columnsMax || isString
        ? nil : "\(file.path):\(index + 1): \(line.count) columns; break the line at 100"
    }
  }

  static func longFunctions(_ file: SwiftText) -> [String] {
    file.functions.filter { $0.count > functionLinesMax }.map {
      "\(file.path):\($0.line): \($0.name) has \($0.count) lines; split it at its blank lines"
    }
  }

  /// More than one function in ten is longer than the usual length: which ones to split first.
  static func tooManyLongFunctions(_ files: [SwiftText]) -> [String] {
    let all = files.flatMap { file in file.functions.map { (file.path, $0) } }
    let long = all.filter { $0.1.count > functionLinesUsual }
    guard long.count * 10 > all.count else { return [] }
    return long.sorted { $0.1.count > $1.1.count }.prefix(20).map {
      "\($0):\($1.line): \($1.name) has \($1.count) lines; 9 of 10 functions must stay within 30"
    }
  }

  static func longFiles(_ files: [SwiftText]) -> [String] {
    let sizes = files.map { (path: $0.path, count: $0.lines.count - 1) }
    let long = sizes.filter { $0.count > fileLinesUsual }
    // A few files may be long when splitting them would tear one thing apart.
    let tolerated = long.count * 50 <= files.count ? fileLinesMax : fileLinesUsual
    return long.filter { $0.count > tolerated }.map {
      "\($0.path): \($0.count) lines; give its second topic a file of its own"
    }
  }

  static func vagueNames(_ paths: [String]) -> [String] {
    let vague = ["Util", "Utils", "Helper", "Helpers", "Common", "Misc"]
    return paths.filter { path in
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return humps(file.replacing(".swift", with: "")).contains { vague.contains($0) }
    }.map { "\($0): the name says nothing; name the file after what it holds" }
  }

  /// `FileHelpers+More` → `File`, `Helpers`, `More`.
  private static func humps(_ name: String) -> [String] {
    var words: [String] = []
    for character in name {
      if character.isUppercase || words.isEmpty || !character.isLetter { words.append("") }
      if character.isLetter { words[words.count - 1].append(character) }
    }
    return words
  }

  static func crashes(_ file: SwiftText) -> [String] {
    file.code.enumerated().flatMap { index, line in
      var found: [String] = []
      for word in ["try!", "as!", "fatalError"] where line.contains(word) { found.append(word) }
      if forceUnwraps(line) { found.append("a forced unwrap") }
      return found.map {
        "\(file.path):\(index + 1): \($0) can crash; throw a typed error or take another path"
      }
    }
  }

  /// `!` directly after a name, a bracket or a closing quote, and not part of `!=`, `try!`, `as!`.
  private static func forceUnwraps(_ line: String) -> Bool {
    let characters = Array(line)
    return characters.indices.contains { index in
      guard characters[index] == "!", index > 0 else { return false }
      if index + 1 < characters.count, characters[index + 1] == "=" { return false }
      let before = characters[index - 1]
      guard before.isLetter || before.isNumber || "_)]}\"`".contains(before) else { return false }
      let word = String(characters[..<index]).split { !$0.isLetter }.last.map(String.init) ?? ""
      return !(before.isLetter && ["try", "as"].contains(word))
    }
  }

  /// Notes of unfinished work without the number of an issue.
  static func notes(_ file: SwiftText) -> [String] {
    file.comments.enumerated().compactMap { index, line in
      let words = line.split { !$0.isLetter }
      guard words.contains(where: { ["TODO", "FIXME", "XXX"].contains($0) }) else { return nil }
      let hasNumber = line.split(separator: "#").dropFirst().contains {
        $0.first?.isNumber == true
      }
      return hasNumber
        ? nil : "\(file.path):\(index + 1): write the issue's number (#12) or do it now"
    }
  }

  /// Calls that reach the terminal, the environment or the clock.
  static func surroundings(_ file: SwiftText) -> [String] {
    let calls = [
      "print", "debugPrint", "getenv", "setenv", "ProcessInfo", "Date", "gettimeofday",
      "clock_gettime", "ContinuousClock", "SuspendingClock", "NSHomeDirectory", "exit",
    ]
    let tokens = Token.list(file.code)
    return tokens.indices.compactMap { index in
      guard calls.contains(tokens[index].text), index + 1 < tokens.count,
        ["(", "."].contains(tokens[index + 1].text), index > 0,
        !["func", "."].contains(tokens[index - 1].text)
      else { return nil }
      return "\(file.path):\(tokens[index].line): `\(tokens[index].text)` belongs to KairosCLI; "
        + "take the value as a parameter"
    }
  }
}
