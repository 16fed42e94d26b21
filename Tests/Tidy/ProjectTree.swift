import Foundation

/// The files of this project, read once.
enum ProjectTree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Swift files below `folder`, in order of their paths.
  static func swift(_ folder: String) -> [SwiftText] {
    files(folder, suffix: ".swift").compactMap { path in
      text(path).map { SwiftText(path: path, $0) }
    }
  }

  static let sources = swift("Sources")
  static let tests = swift("Tests")

  /// The documents that people read; fixtures and expected outputs are none.
  static var documents: [String] {
    files("", suffix: ".md").filter { path in
      let parts = path.split(separator: "/")
      return !parts.contains { ["Golden", "Fixtures", "input", "expected"].contains($0) }
        && !parts.contains { $0.hasPrefix("workspace") }
    }
  }

  /// Paths relative to the root.
  static func files(_ folder: String, suffix: String) -> [String] {
    let base = folder.isEmpty ? root : root.appending(path: folder)
    let found = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
    let prefix = folder.isEmpty ? "" : folder + "/"
    return (found ?? []).filter { $0.hasSuffix(suffix) && !isBuildOutput($0) }
      .map { prefix + $0 }.sorted()
  }

  private static func isBuildOutput(_ path: String) -> Bool {
    path.hasPrefix(".build") || path.hasPrefix(".git/")
  }

  static func text(_ path: String) -> String? {
    try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// The module that a source file belongs to: its folder in `Sources`, or in `Sources/Stages`.
  static func module(of path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count > 2 else { return "" }
    return parts[1] == "Stages" ? parts[2] : parts[1]
  }
}
