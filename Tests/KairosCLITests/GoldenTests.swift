import Foundation
import Testing

/// Whole sessions at the command line: every case is a text file with commands and what they print.
///
/// A line `$ command` is run by `sh` in a project folder of its own; lines `1> `, `2> ` and `= `
/// are its stdout, stderr and exit code (0 is left out). `KAIROS_UPDATE_GOLDEN=1 swift test` writes
/// what the commands print now; review the change as a diff.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  static let isUpdating = ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1"

  static var cases: [String] {
    let golden = folder.appending(path: "Golden").path
    let names = try? FileManager.default.contentsOfDirectory(atPath: golden)
    return (names ?? []).filter { $0.hasSuffix(".txt") }.sorted()
  }

  @Test(arguments: cases)
  func printsExactlyThis(name: String) throws {
    let file = Self.folder.appending(path: "Golden/\(name)")
    let expected = try String(contentsOf: file, encoding: .utf8)
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let actual = try sandbox.replay(expected)
    if Self.isUpdating {
      try actual.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(actual == expected, "KAIROS_UPDATE_GOLDEN=1 swift test writes the new output")
    }
  }

  @Test func thereAreCases() { #expect(Self.cases.count >= 5) }
}

/// A home, a project and a PATH of their own for one case.
struct Sandbox {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "kairos-\(UUID().uuidString)")
      .resolvingSymlinksInPath()
    for name in ["home", "project"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: name), withIntermediateDirectories: true)
    }
  }

  func remove() { try? FileManager.default.removeItem(at: root) }

  /// Runs the commands of `text` and returns it with what they printed.
  func replay(_ text: String) throws -> String {
    var out: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("1> ") || line.hasPrefix("2> ") || line.hasPrefix("= ") { continue }
      if ["1>", "2>"].contains(line) { continue }
      out.append(String(line))
      if line.hasPrefix("$ ") { out += try result(of: String(line.dropFirst(2))) }
    }
    return out.joined(separator: "\n")
  }

  private func result(of command: String) throws -> [String] {
    let (stdout, stderr, status) = try run(command)
    return lines(stdout, "1> ") + lines(stderr, "2> ") + (status == 0 ? [] : ["= \(status)"])
  }

  private func lines(_ text: String, _ mark: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let whole = text.hasSuffix("\n") ? String(text.dropLast()) : text
    return whole.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Snapshot ids change with every word of every rule; that they are the same for the same
      // input is tested elsewhere.
      let plain = line.replacing(root.path, with: "$ROOT")
        .replacing(/\b([0-9a-f]{64}|[0-9a-f]{12})\b/.wordBoundaryKind(.simple), with: "<id>")
      return plain.isEmpty ? String(mark.dropLast()) : mark + plain
    }
  }

  /// Runs one command line with `sh`.
  func run(_ command: String) throws -> (stdout: String, stderr: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = root.appending(path: "project")
    process.environment = [
      "HOME": root.appending(path: "home").path, "COLUMNS": "100", "LC_ALL": "C", "TZ": "UTC",
      "PATH": Self.binaries + ":/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1",
      "FIXTURES": GoldenTests.folder.appending(path: "Fixtures").path,
    ]
    let outFile = root.appending(path: "stdout")
    let errorFile = root.appending(path: "stderr")
    for file in [outFile, errorFile] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardOutput = try FileHandle(forWritingTo: outFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (
      try String(contentsOf: outFile, encoding: .utf8),
      try String(contentsOf: errorFile, encoding: .utf8), process.terminationStatus
    )
  }

  /// The folder of the built binary: the one that holds this test bundle.
  static let binaries = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().path
}
