/// Reads what a command of a shell line does for the project.
enum CommandLine {
  /// The longest command that people would write down.
  private static let charactersMax = 120

  /// `nil` for everything that is no project command in a form worth keeping: other programs,
  /// paths to single files, values of one moment.
  ///
  /// With `asTyped`, flags that no table knows stay: a document's command is meant to be repeated,
  /// while one of a session may be for the moment.
  static func use(of words: [String], asTyped: Bool = false) -> CommandUse? {
    let (launcher, rest) = CommandPrefix.launched(CommandPrefix.stripped(words))
    guard let use = read(rest, launcher: launcher, asTyped: asTyped) else { return nil }
    let line = use.line
    guard line.count <= charactersMax, !line.contains(where: { "$`*~\n".contains($0) }) else {
      return nil
    }
    return use
  }

  /// The first use in a line that is one command, as documents write it.
  static func use(ofLine line: String) -> CommandUse? {
    let commands = ShellLine(line).commands
    guard commands.count == 1, let command = commands.first, !command.isDynamic else { return nil }
    return use(of: command.words)
  }

  private static func read(
    _ words: [String], launcher: [String], asTyped: Bool
  ) -> CommandUse? {
    guard let program = words.first else { return nil }
    if ["python", "python3", "php"].contains(program), words.count > 1,
      ["manage.py", "artisan", "./manage.py"].contains(words[1])
    {
      return read(Array(words.dropFirst()), launcher: launcher + [program], asTyped: asTyped)
    }
    if let use = install(words, launcher: launcher) { return use }
    let rules = ProgramTable.rules(of: program)
    if let rule = rules.first(where: { words.dropFirst().starts(with: $0.verb) }) {
      return ProgramReader(rule: rule, launcher: launcher, words: words, asTyped: asTyped).use
    }
    if let runner = ProgramTable.runner(program) {
      return TaskReader(rule: runner, launcher: launcher, words: words).use
    }
    return launcher.isEmpty ? script(words) : nil
  }

  /// Dependencies of the lockfile; with a package name it is a change and no installation.
  private static func install(_ words: [String], launcher: [String]) -> CommandUse? {
    guard launcher.isEmpty, ["npm", "pnpm", "yarn", "bun"].contains(words[0]) else { return nil }
    let rest = words.dropFirst().filter { !["--silent", "--no-audit", "--no-fund"].contains($0) }
    let isInstall =
      ["install", "ci", "i"].contains(rest.first ?? "install") && rest.count <= 2
      && rest.dropFirst().allSatisfy { ["--frozen-lockfile", "--immutable"].contains($0) }
    guard isInstall, words[0] == "yarn" || !rest.isEmpty else { return nil }
    let words = [words[0]] + rest.map { $0 == "i" ? "install" : $0 }
    return CommandUse(role: .install, line: words.joined(separator: " "), form: .whole)
  }

  /// A script of the project by its path (`./scripts/test.sh`), when its name tells the role.
  private static func script(_ words: [String]) -> CommandUse? {
    var words = words
    if ["bash", "sh", "zsh"].contains(words[0]) { words.removeFirst() }
    guard words.count == 1, let path = words.first, path.contains("/"), !path.hasPrefix("/"),
      !path.hasPrefix(".") || path.hasPrefix("./"), let name = path.split(separator: "/").last
    else { return nil }
    let stem = String(name.prefix { $0 != "." })
    let role = CommandRole(taskName: stem)
    guard role != .task, name.hasSuffix(".sh") || !name.contains(".") else { return nil }
    return CommandUse(role: role, line: path, form: .whole)
  }
}

/// Reads the words after a program with a rule of its own.
private struct ProgramReader {
  let rule: ProgramRule
  let launcher: [String]
  let words: [String]
  let asTyped: Bool

  /// What the words were taken for.
  private struct Reading {
    var flags: [String] = []
    var free: [String] = []
    var tail: [String] = []
    var isSingle = false
  }

  var use: CommandUse? {
    guard let reading = reading() else { return nil }
    if reading.isSingle { return single }
    let isWhole = reading.free.allSatisfy { isWholeWord($0) }
    if !isWhole, !rule.takesTarget { return rule.freeWordChooses ? single : nil }
    if rule.needsWhole, reading.free.isEmpty { return nil }
    if rule.takesTarget, reading.free.isEmpty { return nil }
    let head = launcher + [words[0]] + rule.verb
    let line = (head + reading.flags + reading.free + reading.tail).joined(separator: " ")
    return CommandUse(role: rule.role, line: line, form: .whole)
  }

  private var single: CommandUse? {
    rule.single.map { form in
      let line =
        form.hasPrefix("python ") || form.hasPrefix("php ")
        ? form : (launcher + [form]).joined(separator: " ")
      return CommandUse(role: rule.role, line: line, form: .singleTest)
    }
  }

  /// The package of a program's entry point, as Go writes it.
  private func isWholeWord(_ word: String) -> Bool {
    if rule.whole.contains(word) { return true }
    let parts = word.split(separator: "/")
    return rule.role == .build && parts.count == 3 && parts[0] == "." && parts[1] == "cmd"
  }

  /// `nil` when a flag is not known.
  private func reading() -> Reading? {
    var reading = Reading()
    var rest = words.dropFirst(1 + rule.verb.count)
    while let word = rest.popFirst() {
      if word == "--" {
        return afterDashes(Array(rest), reading)
      } else if word.hasPrefix("-"), word.count > 1 {
        guard take(flag: word, &rest, &reading) else { return nil }
      } else {
        reading.free.append(word.count > 2 && word.hasSuffix("/") ? String(word.dropLast()) : word)
        if rule.takesTarget { return isTarget(word) ? reading : nil }
      }
    }
    return reading
  }

  private func isTarget(_ word: String) -> Bool {
    !word.hasPrefix("/") && !word.hasPrefix("../") && !word.contains(" ")
  }

  private func take(
    flag word: String, _ rest: inout ArraySlice<String>, _ reading: inout Reading
  ) -> Bool {
    let parts = word.split(separator: "=", maxSplits: 1)
    let name = String(parts[0])
    let hasValue = parts.count == 2
    if rule.chooses.contains(where: { $0 == name || word.hasPrefix($0 + ":") }) {
      reading.isSingle = true
      if !hasValue { rest = rest.dropFirst() }
    } else if rule.flags.contains(name) {
      reading.flags.append(word)
    } else if rule.valueFlags.contains(name) {
      reading.flags.append(word)
      if !hasValue, let value = rest.popFirst() { reading.flags.append(quoted(value)) }
    } else if rule.quietValues.contains(name) {
      if !hasValue { rest = rest.dropFirst() }
    } else if rule.quiet.contains(name) || ProgramRule.quietAnywhere.contains(name) {
      return true
    } else if isAttached(name) {
      return true
    } else if asTyped {
      reading.flags.append(word)
    } else {
      return false
    }
    return true
  }

  /// `-j8`, `-n4`: a number that belongs to a flag about speed.
  private func isAttached(_ name: String) -> Bool {
    let head = String(name.prefix(2))
    return name.count > 2 && name.dropFirst(2).allSatisfy(\.isNumber)
      && (rule.quietValues.contains(head) || rule.valueFlags.contains(head))
  }

  private func quoted(_ value: String) -> String {
    value.contains(" ") ? "'\(value)'" : value
  }

  private func afterDashes(_ tail: [String], _ reading: Reading) -> Reading? {
    var reading = reading
    if rule.role == .run { return reading }
    for word in tail {
      if word.hasPrefix("-"), rule.quiet.contains(word) || rule.quietValues.contains(word) {
        continue
      } else if word.hasPrefix("-") || rule.role == .lint {
        reading.tail.append(word)
      } else if rule.freeWordChooses {
        reading.isSingle = true
      } else {
        return nil
      }
    }
    if !reading.tail.isEmpty { reading.tail.insert("--", at: 0) }
    return reading
  }
}

/// Reads the words after a task runner.
private struct TaskReader {
  let rule: TaskRunnerRule
  let launcher: [String]
  let words: [String]

  var use: CommandUse? {
    var rest = words.dropFirst()
    var isExplicit = false
    var tasks: [String] = []
    while let word = rest.popFirst() {
      if tasks.isEmpty, !isExplicit, rule.verbs.contains(word) {
        isExplicit = true
      } else if word.hasPrefix("-") {
        let name = String(word.split(separator: "=")[0])
        if rule.chooses.contains(name) { return single }
        if word == "--" { return tasks.isEmpty ? nil : passed(Array(rest), task: tasks[0]) }
        guard isQuiet(name) else { return nil }
      } else {
        tasks.append(word)
      }
    }
    return finished(tasks, isExplicit: isExplicit)
  }

  private func isQuiet(_ name: String) -> Bool {
    TaskRunnerTable.quiet.contains(name) || ProgramRule.quietAnywhere.contains(name)
      || name.hasPrefix("-j")
  }

  private func finished(_ tasks: [String], isExplicit: Bool) -> CommandUse? {
    guard let first = tasks.first else {
      return words[0] == "make" ? CommandUse(role: .build, line: "make", form: .whole) : nil
    }
    guard tasks.allSatisfy(Self.isTaskName) else { return nil }
    let isDirect = rule.direct.contains(first)
    guard isExplicit || !rule.needsVerb || isDirect else { return nil }
    guard isExplicit || !rule.builtin.contains(first) else { return nil }
    if tasks.count > 1, !rule.takesMany { return argument(tasks) }
    let verb = isDirect ? [] : rule.verb.map { [$0] } ?? []
    let line = (launcher + [words[0]] + verb + tasks).joined(separator: " ")
    return CommandUse(
      role: CommandRole(taskName: tasks[tasks.count - 1]), line: line, form: .whole, isTask: true)
  }

  /// One more word: a file for the tests, or something unknown.
  private func argument(_ tasks: [String]) -> CommandUse? {
    tasks.count == 2 ? passed([tasks[1]], task: tasks[0]) : nil
  }

  /// Words for the task's own program: of a test task, they choose a test.
  private func passed(_ words: [String], task: String) -> CommandUse? {
    guard CommandRole(taskName: task) == .test, rule.builtin.contains("install"),
      words.contains(where: { $0.contains(".") && !$0.hasPrefix("-") })
    else { return nil }
    let isNPM = self.words[0] == "npm"
    let verb = rule.direct.contains(task) ? [] : rule.verb.map { [$0] } ?? []
    let line = ([self.words[0]] + verb + [task] + (isNPM ? ["--"] : []) + ["FILE"])
    return CommandUse(role: .test, line: line.joined(separator: " "), form: .singleTest)
  }

  private var single: CommandUse? {
    rule.single.map { CommandUse(role: .test, line: $0, form: .singleTest) }
  }

  private static func isTaskName(_ word: String) -> Bool {
    word.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
        || "_-:./".utf8.contains($0)
    } && !word.hasPrefix("/") && !word.hasPrefix(".")
  }
}
