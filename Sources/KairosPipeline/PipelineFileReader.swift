import Yams

/// Reads a pipeline file; collects every mistake with its line before it fails.
public struct PipelineFileReader {
  /// Names of the numbers that `thresholds` may set, with their limits.
  let thresholds: [String: ClosedRange<Int>]
  /// Names of the export targets.
  let targets: [String]
  private var yaml = StrictYAML()

  init(thresholds: [String: ClosedRange<Int>], targets: [String]) {
    self.thresholds = thresholds
    self.targets = targets
  }

  /// The pipeline that `text` describes; `path` names it in messages.
  mutating func read(_ text: String, path: String) throws(SettingsFailure) -> PipelineFile {
    var file = PipelineFile(name: Self.stem(of: path))
    if let root = yaml.root(of: text) { read(root, into: &file) }
    guard yaml.mistakes.isEmpty else {
      let sorted = yaml.mistakes.enumerated()
        .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      throw SettingsFailure(path: path, mistakes: sorted.map(\.element))
    }
    return file
  }

  private mutating func read(_ root: Node, into file: inout PipelineFile) {
    let keys = ["name", "sources", "stages", "thresholds", "guards", "gates", "exports"]
    let members = yaml.mapping(root, "the pipeline", keys: keys)
    if let name = yaml.text(members["name"], "name") { file.name = name }
    if let node = members["sources"] { file.sources = sources(node) }
    if let node = members["thresholds"] { file.thresholds = numbers(node) }
    if let node = members["guards"] { file.guards = guards(node) }
    if let node = members["gates"] { file.gates = gates(node) }
    if let node = members["exports"] { file.exports = exports(node) }
    if let node = members["stages"] {
      file.stages = stages(node)
    } else if file.exports.isEmpty {
      file.stages.removeAll { $0 == .export }
    }
    checkTogether(file, members, root)
  }

  /// Mistakes that only show when several keys are seen together.
  private mutating func checkTogether(
    _ file: PipelineFile, _ members: [String: Node], _ root: Node
  ) {
    func isMissing(_ key: String) -> Bool {
      members[key] == nil && !yaml.suggested.contains(key)
    }
    if file.stages.contains(.ingest), isMissing("sources") {
      yaml.note(root, "the key 'sources' is missing; the stage 'ingest' needs it")
    }
    if file.stages.contains(.export), isMissing("exports"), let node = members["stages"] {
      yaml.note(node, "the stage 'export' needs the key 'exports'")
    }
    if !file.stages.contains(.export), let node = members["exports"], members["stages"] != nil {
      yaml.note(node, "'exports' is given, but 'stages' leaves the stage 'export' out")
    }
  }

  private mutating func sources(_ node: Node) -> PipelineFile.Sources {
    let keys = ["agents", "transcripts", "workspaces", "observations"]
    let members = yaml.mapping(node, "sources", keys: keys)
    var sources = PipelineFile.Sources()
    sources.agents = yaml.flag(members["agents"], "agents") ?? false
    sources.transcripts = yaml.texts(members["transcripts"], "transcripts") ?? []
    sources.workspaces = yaml.texts(members["workspaces"], "workspaces") ?? []
    sources.observations = yaml.texts(members["observations"], "observations") ?? []
    if members.isEmpty {
      yaml.note(node, "sources names nothing; give at least one of \(keys.joined(separator: ", "))")
    }
    return sources
  }

  private mutating func stages(_ node: Node) -> [PipelineFile.Stage] {
    guard let sequence = node.sequence, !sequence.isEmpty else {
      yaml.note(node, "stages must be a list, in the order of running")
      return []
    }
    let names = PipelineFile.Stage.allCases.map(\.rawValue)
    let stages = sequence.compactMap { entry in
      yaml.choice(entry, "stage", names).flatMap(PipelineFile.Stage.init(rawValue:))
    }
    if stages.count == sequence.count, zip(stages, stages.dropFirst()).contains(where: { $0 >= $1 })
    {
      yaml.note(node, "stages run in the order \(names.joined(separator: ", ")), each once")
    }
    return stages
  }

  private mutating func numbers(_ node: Node) -> [String: Int] {
    let members = yaml.mapping(node, "thresholds", keys: thresholds.keys.sorted())
    var values: [String: Int] = [:]
    for (name, value) in members {
      guard let range = thresholds[name] else { continue }
      values[name] = yaml.integer(value, name, in: range)
    }
    return values
  }

  private mutating func guards(_ node: Node) -> PipelineFile.Guards {
    let members = yaml.mapping(node, "guards", keys: ["max-loss-percent", "strict"])
    var guards = PipelineFile.Guards()
    if let percent = yaml.integer(members["max-loss-percent"], "max-loss-percent", in: 0...100) {
      guards.lossPercentMax = percent
    }
    guards.strict = yaml.flag(members["strict"], "strict") ?? false
    return guards
  }

  /// A gate without a value has the documented default.
  private mutating func gates(_ node: Node) -> PipelineFile.Gates {
    let keys = ["min-hours", "min-sessions", "idle-minutes", "scan-minutes"]
    let members = yaml.mapping(node, "gates", keys: keys)
    func gate(_ yaml: inout StrictYAML, _ name: String, _ standard: Int) -> Int? {
      yaml.integer(members[name], name, in: 0...100_000, whenEmpty: standard)
    }
    return PipelineFile.Gates(
      hoursMin: gate(&yaml, "min-hours", 24), sessionsMin: gate(&yaml, "min-sessions", 5),
      idleMinutes: gate(&yaml, "idle-minutes", 10), scanMinutes: gate(&yaml, "scan-minutes", 10))
  }

  private mutating func exports(_ node: Node) -> [PipelineFile.Export] {
    guard let sequence = node.sequence else {
      yaml.note(node, "exports must be a list; each entry has a target")
      return []
    }
    return sequence.compactMap { entry in
      let members = yaml.mapping(entry, "an export", keys: ["target", "out", "check"])
      if members["target"] == nil, !yaml.suggested.contains("target") {
        yaml.note(entry, "an export needs the key 'target'")
      }
      let out = yaml.text(members["out"], "out")
      let check = yaml.flag(members["check"], "check") ?? false
      return yaml.choice(members["target"], "target", targets)
        .map { PipelineFile.Export(target: $0, out: out, check: check) }
    }
  }

  private static func stem(of path: String) -> String {
    let name = FilePath.name(of: path)
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}
