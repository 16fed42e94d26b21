import KairosModel

/// Names of environment variables that the project's code or settings read. Values never.
struct EnvironmentVariables: WorkspaceRule {
  let name = "environment-variables"

  private static let namesMax = 10

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    return templates(workspace, facts) + documented(workspace, facts)
  }

  /// `.env.example` and the like list what a set-up needs.
  private func templates(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    workspace.files.compactMap { file in
      let name = file.path.split(separator: "/").last ?? ""
      guard [".env.example", ".env.sample", ".env.template"].contains(String(name)),
        let text = file.text
      else { return nil }
      let names = text.split(separator: "\n").compactMap { Self.assigned(String($0)) }
      return statement(
        names, "Environment variables are listed in `\(file.path)`", "path:" + file.path, in: file,
        line: 1, facts)
    }
  }

  /// Names that a document calls environment variables or sets, and that code has.
  private func documented(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    var words: Set<String> = []
    // A name that only tests and fixtures have, or that stands where nothing reads the
    // environment, is a constant of the code.
    for file in workspace.files
    where file.kind == .code && !TestFiles.isTest(file.path) && !TestFiles.isData(file.path)
      && file.words.contains(where: Self.readers.contains)
    {
      words.formUnion(file.words)
    }
    var names: [String] = []
    var place: (file: Workspace.File, line: Int)?
    for file in workspace.files where file.kind == .document || file.kind == .instructions {
      guard file.kind == .instructions || DocumentSections.isRead(file) else { continue }
      let lines = (file.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      var heading = ""
      for (index, line) in lines.enumerated() {
        if line.hasPrefix("#") { heading = line.lowercased() }
        let lower = line.lowercased()
        let isAbout =
          lower.contains("environment variable") || lower.contains("env var")
          || heading.contains("environment variable")
        for name in Self.names(in: line, all: isAbout)
        where words.contains(name) && !names.contains(name) {
          names.append(name)
          place = place ?? (file, index + 1)
        }
      }
    }
    guard let place else { return [] }
    return statement(
      names.sorted(), "Environment variables that the code reads", "topic:environment variables",
      in: place.file, line: place.line, facts
    ).map { [$0] } ?? []
  }

  /// Words of calls that read the environment, over the languages.
  private static let readers: Set<String> = [
    "environ", "getenv", "Getenv", "LookupEnv", "env", "ENV", "environment", "secure_getenv",
    "GetEnvironmentVariable", "env_var", "var_os", "ProcessInfo", "EnvironmentVariable",
    "fetch_env",
    "get_env", "expanduser", "envvar", "BaseSettings", "viper",
  ]

  private func statement(
    _ names: [String], _ start: String, _ subject: String, in file: Workspace.File, line: Int,
    _ facts: WorkspaceFacts
  ) -> Observation? {
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(Self.namesMax).map { "`\($0)`" }.joined(separator: ", ")
    let more = names.count > Self.namesMax ? " and \(names.count - Self.namesMax) more" : ""
    let statement = "\(start): \(shown)\(more)."
    guard statement.count <= 240 else { return nil }
    return facts.stated(
      in: file, lines: line...line, kind: .environment, subject: subject, predicate: "statement",
      value: names.joined(separator: " "), statement: statement, quote: statement)
  }

  private static func assigned(_ line: String) -> String? {
    let body = line.hasPrefix("export ") ? line.dropFirst(7) : line.drop { "# ".contains($0) }
    guard let equals = body.firstIndex(of: "=") else { return nil }
    let name = body[..<equals]
    return Names.isConstant(name) || isPlain(name) ? String(name) : nil
  }

  private static func isPlain(_ name: Substring) -> Bool {
    name.count >= 3 && name.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
  }

  /// `NAME=` anywhere, and with `all` every name in capitals in a code span.
  private static func names(in line: Substring, all: Bool) -> [String] {
    var found: [String] = []
    for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"_=$".contains($0) })
    {
      let name = word.drop { $0 == "$" }.prefix { $0 != "=" }
      guard isPlain(name), name.first?.isLetter == true else { continue }
      let isSet = word.drop { $0 == "$" }.dropFirst(name.count).hasPrefix("=")
      let isLong = name.contains("_")
      if (isSet && (isLong || all)) || (all && isLong) { found.append(String(name)) }
    }
    return found
  }
}
