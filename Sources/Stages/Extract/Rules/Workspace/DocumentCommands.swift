import KairosModel

/// Command lines in the code blocks of documents about working on the project.
///
/// Commands in a block under a heading that says when ("Before every commit") are a workflow. What
/// end users type to install or try the product is left out.
struct DocumentCommands: WorkspaceRule {
  let name = "document-commands"

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let proof = ProgramProof(workspace)
    var found: [Observation] = []
    for file in workspace.files
    where file.kind == .instructions || Self.isRead(file) && !DocumentHistory.isHistory(file) {
      for block in DocumentOutline(file.text ?? "").blocks where Self.isShell(block.kind) {
        guard let heading = block.headings.last, Self.isForDevelopers(block, file) else { continue }
        let commands = Self.commands(block)
        found += workflow(commands, heading, block, proof, in: file, facts)
        for command in commands {
          found.append(
            observation(command, heading, commands.count == 1, proof, in: file, facts))
        }
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.id).inserted }
  }

  /// One command of a block, with the comment behind or above it.
  private struct Command {
    let use: CommandUse
    let line: Int
    let comment: String?
  }

  private static func isRead(_ file: Workspace.File) -> Bool {
    DocumentSections.isRead(file) && file.path.split(separator: "/").count <= 3
  }

  private static func isForDevelopers(
    _ block: DocumentOutline.Block, _ file: Workspace.File
  ) -> Bool {
    if block.headings.contains(where: DocumentSections.isForOthers) { return false }
    return file.kind == .instructions || DocumentSections.isDevelopers(file.path)
      || DocumentSections.isForDevelopers(block.headings)
  }

  private static func isShell(_ kind: DocumentOutline.Kind) -> Bool {
    guard case .code(let language) = kind else { return false }
    return ["", "bash", "sh", "shell", "zsh", "console", "text", "shellsession"].contains(language)
  }

  private static func commands(_ block: DocumentOutline.Block) -> [Command] {
    var found: [Command] = []
    var above: String?
    for (offset, raw) in block.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      var text = raw.trimmed
      if text.isEmpty { above = nil }
      if text.hasPrefix("#") {
        above = text.drop { $0 == "#" || $0 == " " }.trimmed
        continue
      }
      for prompt in ["$ ", "% ", "> "] where text.hasPrefix(prompt) {
        text = String(text.dropFirst(2))
      }
      let comment = text.firstRange(of: " #").map { text[$0.upperBound...].trimmed } ?? above
      let line = ShellLine(text)
      for command in line.commands where command.joint != .pipe && !command.isDynamic {
        guard let use = CommandLine.use(of: command.words, asTyped: true),
          use.form == .whole, !use.isPlaceholder
        else { continue }
        found.append(
          Command(
            use: use, line: block.lines.lowerBound + offset,
            comment: line.commands.count == 1 ? comment : nil))
      }
    }
    // A comment above several commands speaks of all of them together.
    return found.map { command in
      let isShared = command.comment != nil && found.count { $0.comment == command.comment } > 1
      return isShared ? Command(use: command.use, line: command.line, comment: nil) : command
    }
  }

  private func observation(
    _ command: Command, _ heading: String, _ isAlone: Bool, _ proof: ProgramProof,
    in file: Workspace.File,
    _ facts: WorkspaceFacts
  ) -> Observation {
    facts.written(
      in: file, lines: command.line...command.line, kind: .command, subject: "project",
      predicate: "command." + command.use.qualifier, value: command.use.line,
      statement: Self.statement(command, isAlone ? heading : nil),
      mentions: proof.mentions(of: command.use))
  }

  private static func statement(_ command: Command, _ heading: String?) -> String {
    let line = command.use.line
    if let comment = command.comment, let text = DocumentVerbs.sentence(comment, isTitle: false) {
      return text.contains(" with ") ? "\(text): `\(line)`." : "\(text) with `\(line)`."
    }
    if let heading, let text = DocumentVerbs.sentence(heading, isTitle: true) {
      return "\(text) with `\(line)`."
    }
    return command.use.statement
  }

  private func workflow(
    _ commands: [Command], _ heading: String, _ block: DocumentOutline.Block,
    _ proof: ProgramProof,
    in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> [Observation] {
    let lead = block.lead.flatMap { Self.condition(in: $0) }
    guard (1...6).contains(commands.count),
      let heading = lead ?? (Self.saysWhen(heading) ? heading : nil)
    else { return [] }
    var lines: [String] = []
    for command in commands where !lines.contains(command.use.line) {
      lines.append(command.use.line)
    }
    let list = lines.map { "`\($0)`" }
    let steps =
      list.count < 2
      ? list.joined() : list.dropLast().joined(separator: ", ") + " and " + (list.last ?? "")
    let plain = heading.split(separator: "(").first.map { String($0).trimmed } ?? heading
    let statement = "\(plain.prefix(1))\(plain.dropFirst().lowercased()), run \(steps)."
    guard statement.count <= 240 else { return [] }
    return [
      facts.written(
        in: file, lines: block.lines, kind: .workflow, subject: "topic:" + plain.lowercased(),
        predicate: "rule", value: plain.lowercased() + ": " + lines.joined(separator: " && "),
        statement: statement, modality: .obligation,
        mentions: proof.mentions(ofAll: commands.map(\.use)))
    ]
  }
}

extension DocumentCommands {
  private static func saysWhen(_ heading: String) -> Bool {
    let when = heading.lowercased()
    return ["before", "after", "when", "pre-", "every", "prior", "to add", "adding"]
      .contains { when.hasPrefix($0) }
  }

  /// "Before committing changes" of "Before committing changes, run these commands in sequence:".
  private static func condition(in line: String) -> String? {
    let plain = String(line.filter { $0 != "*" })
    guard saysWhen(plain), let comma = plain.firstIndex(of: ",") else { return nil }
    let condition = plain[..<comma].trimmed
    return (2...9).contains(condition.split(separator: " ").count) ? condition : nil
  }
}

/// Tells from the files of the tree that a program belongs to the project.
struct ProgramProof {
  private let workspace: Workspace
  private let tasks: Set<String>

  init(_ workspace: Workspace) {
    self.workspace = workspace
    tasks = Set(TaskRunners.tasks(workspace).map(\.command))
  }

  /// What the tree must have for the command to work: its task, or the file that names the program
  /// or belongs to it. Nothing when no file tells.
  func mentions(of use: CommandUse) -> [Mention] {
    if use.isTask {
      return tasks.contains(use.line) ? [Mention(kind: .command, name: use.line)] : []
    }
    let words = use.line.split(separator: " ").map(String.init)
    let (_, rest) = CommandPrefix.launched(words)
    guard let program = rest.first else { return [] }
    if let files = Self.own[program] {
      return files.first { workspace.file($0) != nil }.map { [Mention(kind: .path, name: $0)] }
        ?? []
    }
    let manifest = workspace.files.first { file in
      file.kind == .manifest && !file.path.contains("/") && file.words.contains(program)
    }
    return manifest.map { [Mention(kind: .path, name: $0.path)] } ?? []
  }

  /// What all steps of a workflow need; a step that no file proves stands for itself.
  func mentions(ofAll uses: [CommandUse]) -> [Mention] {
    let all = uses.flatMap { use in
      let own = mentions(of: use)
      return own.isEmpty ? [Mention(kind: .command, name: use.line)] : own
    }
    return Array(Set(all)).sorted()
  }

  /// Files that show a build system or package manager.
  private static let own: [String: [String]] = [
    "uv": ["uv.lock"], "poetry": ["poetry.lock"], "pdm": ["pdm.lock"], "pipenv": ["Pipfile"],
    "cargo": ["Cargo.toml"], "go": ["go.mod"], "swift": ["Package.swift"], "bundle": ["Gemfile"],
    "npm": ["package-lock.json"], "pnpm": ["pnpm-lock.yaml"], "yarn": ["yarn.lock"],
    "bun": ["bun.lock", "bun.lockb"], "mvn": ["pom.xml"], "./mvnw": ["mvnw"],
    "gradle": ["build.gradle", "build.gradle.kts"], "./gradlew": ["gradlew"], "mix": ["mix.exs"],
    "cmake": ["CMakeLists.txt"], "composer": ["composer.json"], "make": ["Makefile"],
    "mise": ["mise.toml", ".mise.toml"],
    "hatch": ["pyproject.toml"], "tox": ["tox.ini"], "nox": ["noxfile.py"],
    "dart": ["pubspec.yaml"],
    "flutter": ["pubspec.yaml"], "dotnet": ["global.json"], "bazel": ["MODULE.bazel", "WORKSPACE"],
    "meson": ["meson.build"], "rake": ["Rakefile"], "sbt": ["build.sbt"], "stack": ["stack.yaml"],
    "terraform": [".terraform.lock.hcl"], "pre-commit": [".pre-commit-config.yaml"],
  ]
}

extension CommandUse {
  /// A name to fill in, or a package to add: no command of this project.
  fileprivate var isPlaceholder: Bool {
    line.contains("<") || line.contains("@latest") || line.contains("YOUR") || line.contains("...]")
  }
}

/// Verbs at the start of headings and comments.
enum DocumentVerbs {
  private static let gerunds: [String: String] = [
    "running": "Run", "building": "Build", "generating": "Generate", "deploying": "Deploy",
    "releasing": "Release", "starting": "Start", "checking": "Check", "updating": "Update",
    "publishing": "Publish", "compiling": "Compile", "installing": "Install",
  ]
  private static let verbs: Set<String> = [
    "run", "build", "lint", "format", "generate", "deploy", "release", "start", "check",
    "update", "publish", "compile", "serve", "migrate", "install", "verify", "fix", "create",
    "watch", "clean", "download", "bundle", "execute", "validate", "apply",
  ]

  /// A comment or heading as the beginning of a sentence; `nil` when it is no instruction.
  static func sentence(_ text: String, isTitle: Bool) -> String? {
    let words = text.split(separator: " ").map(String.init)
    guard (2...12).contains(words.count), !text.contains("`") else { return nil }
    let lower = words[0].lowercased()
    let verb = isTitle ? gerunds[lower] : verbs.contains(lower) ? words[0] : nil
    guard let verb else { return nil }
    let rest = words.dropFirst().map { isTitle ? Self.lowered($0) : $0 }.joined(separator: " ")
    let plain = rest.hasSuffix(".") || rest.hasSuffix(":") ? String(rest.dropLast()) : rest
    return verb.prefix(1).uppercased() + verb.dropFirst() + " " + plain
  }

  /// A word of a title in small letters; names keep theirs.
  private static func lowered(_ word: String) -> String {
    let isName = word.dropFirst().contains { $0.isUppercase || $0.isNumber } || word.contains(".")
    return isName || Lexicon.properNames.contains(word.lowercased()) ? word : word.lowercased()
  }
}
