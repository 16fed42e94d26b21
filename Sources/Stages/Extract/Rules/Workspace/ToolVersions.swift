import KairosJSON
import KairosModel

/// Versions of languages and tools that files pin.
struct ToolVersions: WorkspaceRule {
  let name = "tool-versions"

  /// A version as one file states it.
  private struct Pin {
    let tool: String
    let version: String
    let file: Workspace.File
    let line: Int
  }

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let pins = Self.ranked(pins(in: workspace).filter { isVersion($0.version) })
    return pins.map { pin in
      let places = pins.filter { $0.tool == pin.tool && $0.version == pin.version }
      let files = Array(Set(places.map { "`\($0.file.path)`" })).sorted().joined(separator: ", ")
      let name = Self.title[pin.tool] ?? pin.tool
      // A lower bound is no pin: it has a slot of its own.
      if let minimum = Self.minimum(pin.version) {
        return facts.stated(
          in: pin.file, lines: pin.line...pin.line, kind: .version,
          predicate: "version.\(pin.tool)-minimum", value: minimum,
          statement: "The project needs \(name) \(minimum) or newer (\(files)).",
          quote: "\(pin.tool) \(pin.version)")
      }
      return facts.stated(
        in: pin.file, lines: pin.line...pin.line, kind: .version,
        predicate: "version." + pin.tool, value: pin.version,
        statement: "The project uses \(name) \(pin.version) (pinned in \(files)).",
        quote: "\(pin.tool) \(pin.version)")
    }
  }

  /// `go.mod` names the oldest version that works; it is a pin only while nothing else pins the
  /// tool. Images and CI set-ups count when no other file tells.
  private static func ranked(_ pins: [Pin]) -> [Pin] {
    pins.compactMap { pin in
      let others = pins.filter { $0.tool == pin.tool && $0.file.path != pin.file.path }
      let isWeak = weakFiles.contains { pin.file.path.contains($0) }
      let stronger = others.filter { other in !weakFiles.contains { other.file.path.contains($0) } }
      if isWeak {
        let first = pins.first { $0.tool == pin.tool }
        return stronger.isEmpty && first?.version == pin.version ? pin : nil
      }
      let isFloor = pin.file.path == "go.mod"
      guard isFloor,
        stronger.contains(where: { $0.version != pin.version && minimum($0.version) == nil })
      else { return pin }
      return Pin(tool: pin.tool, version: ">=" + pin.version, file: pin.file, line: pin.line)
    }
  }

  /// The tool of the language that most code files are written in.
  private static func mainLanguage(_ workspace: Workspace) -> String? {
    let tools = [
      "go": "go", "ts": "node", "tsx": "node", "js": "node", "mjs": "node", "py": "python",
      "java": "java", "kt": "java", "rb": "ruby", "rs": "rust", "php": "php", "cs": "dotnet",
      "swift": "swift", "c": "c", "cc": "c", "cpp": "c", "ex": "elixir",
    ]
    var counts: [String: Int] = [:]
    for file in workspace.files where file.kind == .code {
      guard let ext = file.path.split(separator: ".").last, let tool = tools[String(ext)] else {
        continue
      }
      counts[tool, default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private static let weakFiles = ["Dockerfile", ".github/workflows/"]

  /// How people write the names.
  private static let title: [String: String] = [
    "go": "Go", "node": "Node.js", "python": "Python", "ruby": "Ruby", "rust": "Rust",
    "swift": "Swift", "java": "Java", "deno": "Deno", "bun": "Bun", "php": "PHP",
    "elixir": "Elixir", "erlang": "Erlang", "dotnet": ".NET", "kotlin": "Kotlin",
  ]
  private static let same: [String: String] = [
    "golang": "go", "nodejs": "node", "rustc": "rust", "jdk": "java",
  ]

  /// The version of a pure lower bound (`>=3.10`, `^18`).
  private static func minimum(_ text: String) -> String? {
    guard let first = text.first, !first.isNumber else { return nil }
    let rest = text.drop { ">=^~ ".contains($0) }
    guard rest.first?.isNumber == true else { return nil }
    return String(rest.prefix { $0.isNumber || $0 == "." })
  }

  private func isVersion(_ text: String) -> Bool {
    text.first?.isNumber == true && text.utf8.count <= 24 || text.hasPrefix(">=")
      || text.hasPrefix("^") || text.hasPrefix("~")
  }

  private func pins(in workspace: Workspace) -> [Pin] {
    var pins: [Pin] = []
    func add(_ tool: String, _ version: String, _ file: Workspace.File, _ line: Int) {
      let tool = Self.same[tool.lowercased()] ?? tool.lowercased()
      let version = version.hasPrefix("v") ? String(version.dropFirst()) : version
      pins.append(Pin(tool: tool, version: version, file: file, line: line))
    }
    let language = Self.mainLanguage(workspace)
    let tested = testedVersions(workspace)
    for file in workspace.files {
      guard let text = file.text else { continue }
      if file.path.hasPrefix(".github/workflows/") {
        // What CI sets up besides may only serve its own scripts.
        for pin in setups(text) where pin.0 == language && !tested.contains(pin.0) {
          add(pin.0, pin.1, file, pin.2)
        }
      }
      guard !file.path.contains("/") else { continue }
      switch file.path {
      case "Dockerfile":
        for pin in images(text) { add(pin.0, pin.1, file, pin.2) }
      case "go.mod":
        for pin in goMod(text) { add(pin.0, pin.1, file, pin.2) }
      case ".tool-versions":
        for (index, line) in text.split(separator: "\n").enumerated() {
          let words = line.split(separator: " ")
          if words.count >= 2 { add(String(words[0]), String(words[1]), file, index + 1) }
        }
      case ".nvmrc", ".node-version": add("node", text.trimmed, file, 1)
      case ".python-version": add("python", text.trimmed, file, 1)
      case ".ruby-version": add("ruby", text.trimmed, file, 1)
      case ".swift-version": add("swift", text.trimmed, file, 1)
      case "rust-toolchain": add("rust", text.trimmed, file, 1)
      case "mise.toml", ".mise.toml", "rust-toolchain.toml", "pyproject.toml", "Cargo.toml":
        for pin in toml(file, text) { add(pin.0, pin.1, file, pin.2) }
      case "package.json":
        for pin in packageJSON(text) { add(pin.0, pin.1, file, pin.2) }
      case "Package.swift":
        if let range = text.firstRange(of: "swift-tools-version:") {
          // The oldest version that reads the manifest.
          add("swift", ">=" + text[range.upperBound...].prefix { $0 != "\n" }.trimmed, file, 1)
        }
      default: break
      }
    }
    return pins
  }

  /// `FROM golang:1.25-alpine AS build`.
  private func images(_ text: String) -> [(String, String, Int)] {
    let known = [
      "golang": "go", "node": "node", "python": "python", "ruby": "ruby", "rust": "rust",
      "swift": "swift", "php": "php", "eclipse-temurin": "java", "oven/bun": "bun",
    ]
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      let words = line.split(separator: " ")
      guard words.count >= 2, words[0] == "FROM" else { return nil }
      let parts = words[1].split(separator: ":")
      guard parts.count == 2, let tool = known[String(parts[0])] else { return nil }
      return (tool, String(parts[1].prefix { $0.isNumber || $0 == "." }), index + 1)
    }
  }

  /// `go-version: "1.25"` of set-up actions; lists and expressions are a matrix, not a pin.
  private func setups(_ text: String) -> [(String, String, Int)] {
    SettingsText.yaml(text).compactMap { entry in
      guard entry.path.contains("with"), entry.key.hasSuffix("-version") else { return nil }
      return (String(entry.key.dropLast(8)), entry.value, entry.line)
    }
  }

  /// Tools that some workflow sets up in several versions; then no single one is the project's.
  private func testedVersions(_ workspace: Workspace) -> Set<String> {
    let files = workspace.files.filter { $0.path.hasPrefix(".github/workflows/") }
    return Set(
      files.flatMap { file in
        setups(file.text ?? "").filter { $0.1.contains("matrix") }.map { $0.0 }
      })
  }

  private func goMod(_ text: String) -> [(String, String, Int)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      line.hasPrefix("go ") ? ("go", line.dropFirst(3).trimmed, index + 1) : nil
    }
  }

  private func toml(_ file: Workspace.File, _ text: String) -> [(String, String, Int)] {
    SettingsText.toml(text).compactMap { entry in
      switch (file.path, entry.path) {
      case (_, let path) where path.first == "tools" && path.count == 2:
        return (path[1], entry.value, entry.line)
      case (_, let path) where path.first == "tools" && path.count == 3 && path[2] == "version":
        return (path[1], entry.value, entry.line)
      case (_, ["toolchain", "channel"]): return ("rust", entry.value, entry.line)
      case (_, ["package", "rust-version"]), (_, ["workspace", "package", "rust-version"]):
        return ("rust", ">=" + entry.value, entry.line)
      case (_, ["project", "requires-python"]), (_, ["tool", "poetry", "dependencies", "python"]):
        return ("python", entry.value, entry.line)
      default: return nil
      }
    }
  }

  private func packageJSON(_ text: String) -> [(String, String, Int)] {
    guard let root = try? JSONDocument.parse(text).root else { return [] }
    var found: [(String, String, Int)] = []
    if let node = root["engines"]?["node"]?.string {
      found.append(("node", node, JSONMembers.line(of: ["engines", "node"], in: text)))
    }
    if let manager = root["packageManager"]?.string {
      let parts = manager.split(separator: "@", maxSplits: 1)
      if parts.count == 2 {
        let line = JSONMembers.line(of: ["packageManager"], in: text)
        found.append((String(parts[0]), String(parts[1].prefix { $0 != "+" }), line))
      }
    }
    return found
  }
}
