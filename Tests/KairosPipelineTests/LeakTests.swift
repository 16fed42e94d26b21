import Foundation
import KairosArchive
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Secrets planted in everything that is read: nothing that is written has one.
@Suite struct LeakTests {
  // Assembled from parts, so that no scanner takes this file for a leak.
  static let secrets = [
    "gh" + "p_q7Zt2Lw9Xk4Rv1" + "Bn8Sd6Pf3Hg5Jc0YmA1zE7", "blue" + "Horse!42x",
    "9f3c1e7b5a0d" + "4826e1c7b9a3f05d8241", "sk-" + "ant-api03-q7Zt2Lw9Xk4Rv1Bn8Sd6Pf3Hg5Jc",
  ]

  static var token: String { secrets[0] }
  static var password: String { secrets[1] }

  /// Texts that rules take something from.
  static let said = [
    "Always run `make check --token \(token)` before a commit.",
    "The admin password is \(password) , always use it for `make deploy`.",
    "Never use `VENDOR_KEY=\(secrets[2])` in tests; the default is `\(secrets[3])`.",
  ]

  @Test func nothingIsWrittenAnywhere() async throws {
    let project = try await Project()
    defer { project.remove() }
    try Self.plant(project.folder)
    _ = try await project.memory.ingest(
      IngestRequest(paths: [project.folder.path], form: .workspace, at: Build.at(day: 1)),
      project.settings)
    var files: [String: String] = [:]
    for (number, text) in Self.said.enumerated() {
      for (name, carrier) in [("typed", PoisonCarrier.typed)]
        + PoisonCarrier.all.map({ ($0.name, $0) })
      {
        let id = "s\(number)-\(name.replacing(" ", with: "-"))"
        files[id + ".jsonl"] = PoisonSession.lines(carrier, text, id: id, day: Int64(number))
      }
    }
    files["broken.jsonl"] = "{\"type\":\"user\",\"sessionId\":\"x\",\"uuid\":\"\(Self.token)\"\n"
    let report = try await project.read(files)
    _ = try await project.snapshot()
    for target in Memory.exportTargets {
      _ = try project.memory.export(
        ExportRequest(target: target, out: project.folder.path + "/out/" + target))
    }
    #expect(try project.memory.store.facts().contains { $0.statement.contains("[redacted:") })
    let talk = report.findings.map { "\($0)" } + Memory.doctor(project.memory.folder).map(\.text)
    for text in talk { expectClean(Array(text.utf8), "talk") }
    let written = try Self.written(project.folder.path)
    #expect(written.count > 20)
    for (path, bytes) in written { expectClean(bytes, path) }
  }

  private func expectClean(_ bytes: [UInt8], _ place: String) {
    let data = Data(bytes)
    for secret in Self.secrets {
      #expect(data.range(of: Data(secret.utf8)) == nil, "\(place)")
    }
  }

  private static func plant(_ folder: TemporaryFolder) throws {
    try folder.write(
      "README.md", "# Lamp\n\nRun `make check`. The password is `\(password)`.\n\n\(said[0])\n")
    try folder.write("AGENTS.md", said.map { "- \($0)\n" }.joined())
    try folder.write(
      "Makefile", "check:\n\tTOKEN=\(token) go vet ./...\n\ndeploy:\n\tcurl -u me:\(password) x\n")
    try folder.write("go.mod", "module example.org/p\n\ngo 1.25.0\n")
    try folder.write(".env", "DB_PASSWORD=\(password)\nVENDOR_KEY=\(secrets[2])\n")
    try folder.write(
      "compose.yaml", "services:\n  a:\n    environment:\n      KEY: \(secrets[3])\n")
    try folder.write("main.go", "// Package main uses \(token) for the lamp.\npackage main\n")
  }

  /// Every file of the memory and of the exports, what is packed in it unpacked.
  private static func written(_ root: String) throws -> [(path: String, bytes: [UInt8])] {
    var found: [(path: String, bytes: [UInt8])] = []
    for top in [".kairos", "out"] {
      let paths = try FileManager.default.subpathsOfDirectory(atPath: root + "/" + top)
      for path in paths.sorted() {
        let whole = "\(root)/\(top)/\(path)"
        guard PathStatus.of(whole)?.isFolder == false else { continue }
        found.append((whole, try WholeFile.read(whole)))
        if path.hasSuffix(".jsonl.zst") {
          try ZstdLog(path: whole).forEachLine { found.append((whole, Array($0))) }
        } else if path.hasSuffix(".tar.zst") || path == "bundle" {
          for member in try TarArchive.read(whole) {
            found.append((whole + ":" + member.name, member.bytes))
          }
        }
      }
    }
    return found
  }
}
