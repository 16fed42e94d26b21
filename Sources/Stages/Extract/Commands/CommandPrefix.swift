/// Takes away what surrounds a command and differs from call to call: environment, time limits,
/// wrappers; and tells the launcher apart that finds the program (`npx`, `uv run`, `bundle exec`).
enum CommandPrefix {
  /// Wrappers that run the rest as it is, with the number of words that belong to them.
  private static let wrappers: [String: Int] = [
    "time": 1, "nice": 1, "nohup": 1, "command": 1, "exec": 1, "sudo": 1, "env": 1, "builtin": 1,
    "unbuffer": 1, "caffeinate": 1, "stdbuf": 2, "timeout": 2, "gtimeout": 2, "chronic": 1,
  ]

  /// Ways to start a program that is installed for the project; longest first.
  private static let launchers: [[String]] = [
    ["pnpm", "--silent", "exec"], ["mise", "exec", "--"], ["mise", "x", "--"],
    ["bundle", "exec"], ["uv", "run"], ["poetry", "run"], ["pipenv", "run"], ["pdm", "run"],
    ["hatch", "run"], ["rye", "run"], ["pixi", "run"], ["pnpm", "exec"], ["pnpm", "dlx"],
    ["yarn", "exec"], ["yarn", "dlx"], ["npm", "exec"], ["bun", "x"], ["rtx", "exec", "--"],
    ["python", "-m"], ["python3", "-m"], ["npx"], ["bunx"], ["corepack"], ["asdf", "exec"],
  ]

  /// Flags of launchers that take a value.
  private static let launcherValues: Set<String> = [
    "--group", "--extra", "--with", "--python", "--project", "-p", "--package", "--env-file",
  ]

  /// The words of the command itself.
  static func stripped(_ words: [String]) -> [String] {
    var rest = words[...]
    while let first = rest.first {
      if isAssignment(first) {
        rest = rest.dropFirst()
      } else if let count = wrappers[first] {
        rest = rest.dropFirst()
        while let flag = rest.first, flag.hasPrefix("-") { rest = rest.dropFirst() }
        if count == 2, first != "stdbuf" { rest = rest.dropFirst() }
      } else {
        break
      }
    }
    return Array(rest)
  }

  /// The launcher and what it starts.
  static func launched(_ words: [String]) -> (launcher: [String], rest: [String]) {
    guard let launcher = launchers.first(where: { words.starts(with: $0) }) else {
      return local(words)
    }
    var rest = words.dropFirst(launcher.count)
    while let flag = rest.first, flag.hasPrefix("-"), launcher.count <= 2 {
      rest = rest.dropFirst(launcherValues.contains(flag) ? 2 : 1)
    }
    // `hatch run test` runs a task of that name; `hatch run pytest` a program.
    guard let program = rest.first, ProgramTable.isProjectTool(program) else {
      return local(words)
    }
    return (launcher, Array(rest))
  }

  /// A program by its place inside the project (`node_modules/.bin/jest`, `.venv/bin/pytest`).
  private static func local(_ words: [String]) -> (launcher: [String], rest: [String]) {
    guard let program = words.first, let slash = program.lastIndex(of: "/") else {
      return ([], words)
    }
    let name = String(program[program.index(after: slash)...])
    let folder = program[..<slash]
    if folder.hasSuffix("node_modules/.bin") { return (["npx"], [name] + words.dropFirst()) }
    if folder.hasSuffix("venv/bin") { return ([], [name] + words.dropFirst()) }
    return ([], words)
  }

  static func isAssignment(_ word: String) -> Bool {
    guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
    return word[..<equals].utf8.enumerated().allSatisfy { index, byte in
      (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_")
        || (index > 0 && (0x30...0x39).contains(byte))
    }
  }
}
