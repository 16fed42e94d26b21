/// What a bare file name says about which file is meant.
enum PathNames {
  /// Whether a name without its folder may mean another file than the only one that the tree has
  /// of it: every project has such a name, or the one found is test data.
  static func isAmbiguous(_ name: String, at path: String) -> Bool {
    let stem = name.lowercased().split(separator: ".").first.map(String.init) ?? ""
    return common.contains(stem) || isTestData(path)
  }

  private static let common: Set<String> = [
    "readme", "agents", "claude", "gemini", "license", "changelog", "contributing", "index", "main",
    "package", "cargo", "__init__", "mod", "makefile", "dockerfile", "config", "utils", "types",
    "lib", "app", "setup", "settings",
  ]

  /// Whether a folder of the path holds data of tests or samples.
  static func isTestData(_ path: String) -> Bool {
    path.lowercased().split(separator: "/").dropLast().contains { folder in
      ["fixtures", "fixture", "testdata", "__fixtures__", "examples", "samples", "mocks"]
        .contains(folder)
    }
  }
}
