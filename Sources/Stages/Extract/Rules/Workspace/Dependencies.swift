import KairosJSON
import KairosModel

/// Direct dependencies that the manifests list.
///
/// One fact lists them all; a dependency has a fact of its own only when much of the code uses it
/// or the project's documents name it, since fifty library names teach nobody anything.
struct Dependencies: WorkspaceRule {
  let name = "dependencies"

  /// One entry of a manifest.
  struct Dependency: Equatable {
    let name: String
    let version: String?
    let line: Int
  }

  private static let singleFactsMax = 12
  /// A part of the project with fewer dependencies is told by its name.
  private static let nestedMin = 3
  private static let listCharactersMax = 170

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var found: [Observation] = []
    for manifest in Manifests.all(workspace) {
      let (file, dependencies) = (manifest.file, manifest.dependencies)
      // Beside a manifest, the requirements are those of the people who work on the project.
      if file.path == "requirements.txt",
        found.contains(where: { Self.isManifest($0, "pyproject") })
      {
        found.append(list(dependencies, "Development dependencies", in: file, facts))
        continue
      }
      let isNested = file.path.contains("/")
      guard !isNested || dependencies.count >= Self.nestedMin else { continue }
      found.append(list(dependencies, "Direct dependencies", in: file, facts))
      // A short list has named them all.
      guard !isNested, Self.listed(dependencies).count < dependencies.count else {
        continue
      }
      let usage = DependencyUsage(dependencies.map(\.name), workspace)
      let important = dependencies.filter { usage.isImportant($0.name) }
        .sorted { (usage.files($0.name), $1.name) > (usage.files($1.name), $0.name) }
      for dependency in important.prefix(Self.singleFactsMax) {
        found.append(single(dependency, in: file, facts))
      }
    }
    return found
  }

  private static func isManifest(_ observation: Observation, _ name: String) -> Bool {
    observation.evidence.place.path?.hasPrefix(name) ?? false
  }

  private func single(
    _ dependency: Dependency, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation {
    let version = dependency.version.map { " " + $0 } ?? ""
    return facts.stated(
      in: file, lines: dependency.line...dependency.line, kind: .dependency,
      subject: "package:" + dependency.name, predicate: "dependency",
      value: dependency.version ?? "any",
      statement: "The project depends on `\(dependency.name)`\(version) (`\(file.path)`).",
      quote: dependency.name + version)
  }

  private func list(
    _ dependencies: [Dependency], _ title: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation {
    let names = Self.listed(dependencies)
    let more = names.count < dependencies.count ? " and others" : ""
    let statement =
      "\(title) in `\(file.path)`: \(names.joined(separator: ", "))\(more)."
    return facts.stated(
      in: file, lines: nil, kind: .dependency, subject: "path:" + file.path,
      predicate: "layout.dependencies", value: names.joined(separator: " "), statement: statement,
      quote: statement)
  }

  /// As many names as one sentence holds.
  private static func listed(_ dependencies: [Dependency]) -> [String] {
    var names: [String] = []
    for dependency in dependencies {
      let name = "`\(shortName(dependency.name))`"
      guard names.joined(separator: ", ").count + name.count < listCharactersMax else { break }
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// `go-git` of `github.com/go-git/go-git/v5`, `core` of `@scope/core`.
  static func shortName(_ name: String) -> String {
    let parts = name.split(separator: "/").map(String.init)
    guard let last = parts.last else { return name }
    let isMajor = last.first == "v" && last.dropFirst().allSatisfy(\.isNumber) && last.count > 1
    return isMajor && parts.count > 1 ? parts[parts.count - 2] : last
  }

  // MARK: Manifests

  static func goMod(_ text: String) -> [Dependency] {
    var isInBlock = false
    var found: [Dependency] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.trimmed
      if trimmed.hasPrefix("require (") {
        isInBlock = true
      } else if trimmed == ")" {
        isInBlock = false
      }
      let body =
        trimmed.hasPrefix("require ") ? trimmed.dropFirst(8) : isInBlock ? trimmed[...] : ""
      let words = body.split(separator: " ")
      guard words.count >= 2, words[1].hasPrefix("v"), !body.contains("// indirect") else {
        continue
      }
      found.append(Dependency(name: String(words[0]), version: String(words[1]), line: index + 1))
    }
    return found
  }

  static func packageJSON(_ text: String, key: String = "dependencies") -> [Dependency] {
    guard let root = try? JSONDocument.parse(text).root else { return [] }
    return (root[key]?.members ?? []).filter { $0.key != "php" && !$0.key.hasPrefix("ext-") }.map {
      Dependency(
        name: $0.key, version: $0.value.string, line: JSONMembers.line(of: [key, $0.key], in: text))
    }
  }

  static func cargo(_ text: String) -> [Dependency] {
    var found: [Dependency] = []
    let entries = SettingsText.toml(text)
    for entry in entries {
      let path = entry.path.first == "workspace" ? Array(entry.path.dropFirst()) : entry.path
      guard path.first == "dependencies", path.count >= 2 else { continue }
      // A member of the same workspace is no dependency on others.
      if entries.contains(where: { $0.path.suffix(2) == [path[1], "path"] }) { continue }
      let isVersion = path.count == 2 || path[2] == "version"
      if found.contains(where: { $0.name == path[1] }) { continue }
      found.append(
        Dependency(name: path[1], version: isVersion ? entry.value : nil, line: entry.line))
    }
    return found
  }

  static func pyproject(_ text: String) -> [Dependency] {
    var found: [Dependency] = []
    var isInList = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.trimmed
      if trimmed.hasPrefix("dependencies = [") || trimmed.hasPrefix("dependencies=[") {
        isInList = true
      } else if isInList, trimmed.hasPrefix("]") || trimmed.hasPrefix("[") {
        isInList = false
      }
      defer { if isInList, closesList(trimmed) { isInList = false } }
      guard isInList, let quote = trimmed.first(where: { $0 == "\"" || $0 == "'" }) else {
        continue
      }
      for part in trimmed.split(separator: quote).filter({ $0.first?.isLetter == true }) {
        if part.hasPrefix("dependencies") { continue }
        if let one = requirement(part) {
          found.append(Dependency(name: one.name, version: one.version, line: index + 1))
        }
      }
    }
    let poetry = SettingsText.toml(text).filter {
      $0.path.starts(with: ["tool", "poetry", "dependencies"]) && $0.path.count == 4
        && $0.key != "python"
    }
    return found + poetry.map { Dependency(name: $0.key, version: $0.value, line: $0.line) }
  }

  /// Whether a list ends on the line: a bracket outside of quotes that no other opens
  /// (`["click"]`, not `"uvicorn[standard]",`).
  private static func closesList(_ line: String) -> Bool {
    var quote: Character?
    for character in line {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == "#" {
        return false
      } else if quote == nil, character == "]" {
        return true
      }
    }
    return false
  }

  static func requirements(_ text: String) -> [Dependency] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      guard line.first?.isLetter == true, let one = requirement(line[...]) else { return nil }
      return Dependency(name: one.name, version: one.version, line: index + 1)
    }
  }

  /// `name[extra]>=1.2; marker` of PEP 508.
  private static func requirement(_ text: Substring) -> (name: String, version: String?)? {
    let name = text.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    guard !name.isEmpty else { return nil }
    let rest = text.dropFirst(name.count).drop { $0 != "=" && $0 != ">" && $0 != "<" && $0 != "~" }
    let version = rest.prefix { !";, #".contains($0) }.trimmed
    return (String(name), version.isEmpty ? nil : version)
  }

  static func packageSwift(_ text: String) -> [Dependency] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      guard let url = line.firstRange(of: ".package(url: \"") else { return nil }
      let address = line[url.upperBound...].prefix { $0 != "\"" }
      var name = String(address.split(separator: "/").last ?? address)
      if name.hasSuffix(".git") { name = String(name.dropLast(4)) }
      let rest = line[url.upperBound...].dropFirst(address.count + 1)
      let version = rest.split(separator: "\"").dropFirst().first.map(String.init)
      return Dependency(name: name, version: version, line: index + 1)
    }
  }

  static func gemfile(_ text: String) -> [Dependency] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      guard line.hasPrefix("gem ") else { return nil }
      let parts = line.split { $0 == "\"" || $0 == "'" }.map(String.init)
      guard parts.count >= 2 else { return nil }
      let version = parts.count >= 4 && parts[3].contains(where: \.isNumber) ? parts[3] : nil
      return Dependency(name: parts[1], version: version, line: index + 1)
    }
  }
}
