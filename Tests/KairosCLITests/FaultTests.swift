import Foundation
import Testing

/// Kills at a few write points of every command; `make test-full` tries many, and failing disks.
@Suite struct FaultTests {
  private static let script = GoldenTests.folder.deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "scripts/faults.py").path

  /// The folders of this process's PATH: Python often lies in none of the system's.
  private static let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

  private static var hasTools: Bool {
    ["python3", "cc"].allSatisfy { tool in
      path.split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
      }
    }
  }

  @Test(.enabled(if: hasTools, "it needs python3 and a C compiler"))
  func nothingIsLostAtAFewPoints() throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let (stdout, stderr, status) = try sandbox.run(
      "PATH=$PATH:'\(Self.path)' python3 '\(Self.script)' \"$(command -v kairos)\" --points 2 "
        + "--kinds kill")
    #expect(status == 0, "\(stdout)\(stderr)")
    #expect(stdout.contains("failures 0"), "\(stdout)\(stderr)")
  }
}
