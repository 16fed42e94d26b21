/// The settings of one memory: `.kairos/config.yaml`.
public struct MemoryConfiguration: Sendable, Equatable {
  /// Identity of the project; the hard key of every fact.
  public let project: String
  /// Other names of the same project: sessions with these remotes or folders are its own.
  public let aliases: [String]

  public init(project: String, aliases: [String]) {
    self.project = project
    self.aliases = aliases
  }

  /// The file's text, with what a person should know about each key.
  public var text: String {
    """
    # Settings of this project's memory. `kairos doctor` checks this file.

    # Which project this memory is about. Facts of different projects never mix.
    project: \(Self.quoted(project))

    # Other remotes (github.com/owner/name) or folders of the same project.
    aliases: [\(aliases.map(Self.quoted).joined(separator: ", "))]

    """
  }

  /// Reads the file at `path`; throws with every mistake in it.
  public static func read(_ path: String) throws -> MemoryConfiguration {
    let text = String(decoding: try WholeFile.read(path), as: UTF8.self)
    var yaml = StrictYAML()
    var project: String?
    var aliases: [String] = []
    if let root = yaml.root(of: text) {
      let members = yaml.mapping(root, "config.yaml", keys: ["project", "aliases"])
      project = yaml.text(members["project"], "project")
      aliases = yaml.texts(members["aliases"], "aliases") ?? []
      if members["project"] == nil, !yaml.suggested.contains("project") {
        yaml.note(root, "the key 'project' is missing")
      }
    }
    guard yaml.mistakes.isEmpty, let project else {
      throw SettingsFailure(path: path, mistakes: yaml.mistakes)
    }
    return MemoryConfiguration(project: project, aliases: aliases)
  }

  /// A double-quoted YAML scalar.
  private static func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
