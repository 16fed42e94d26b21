// swift-tools-version: 6.2
import PackageDescription

/// One sentence over every target; arrows only point down (see Sources/README.md).
let package = Package(
  name: "kairos",
  platforms: [.macOS(.v14)],
  products: [.executable(name: "kairos", targets: ["kairos"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The process: nothing but @main.
    .executableTarget(name: "kairos", dependencies: ["KairosCLI"]),
    // The commands: the only user of the argument parser, the terminal, HOME, environment, clock.
    .target(
      name: "KairosCLI",
      dependencies: [
        "KairosPipeline", "KairosModel", "KairosJSON", "CTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // The order of the stages: gates, lock, receipt, resume, and every side effect.
    .target(
      name: "KairosPipeline",
      dependencies: [
        "Ingest", "Extract", "Merge", "Reconcile", "Promote", "Snapshot", "Export",
        "KairosStore", "KairosArchive", "KairosSources", "KairosRedaction", "KairosModel",
        "KairosJSON", .product(name: "Yams", package: "Yams"),
      ]),

    // Bytes of transcripts → redacted events.
    .stage("Ingest", ["KairosRedaction", "KairosJSON"]),
    // Events and workspaces → observations.
    .stage("Extract", ["KairosJSON"]),
    // Observations of a slot → claims.
    .stage("Merge"),
    // Claims of a slot → claims with dispositions.
    .stage("Reconcile"),
    // Reconciled claims → facts with trust states.
    .stage("Promote"),
    // Facts → members and manifest of an archive, and back.
    .stage("Snapshot", ["KairosJSON"]),
    // Facts → the files that agents load.
    .stage("Export", ["KairosRedaction", "KairosJSON"]),

    // The database of a project's memory.
    .target(
      name: "KairosStore",
      dependencies: ["KairosModel", "KairosJSON", .product(name: "GRDB", package: "GRDB.swift")]),
    // Archives and compressed logs: the only user of libarchive and libzstd.
    .target(name: "KairosArchive", dependencies: ["KairosModel", "CArchive", "CZstd"]),
    // Files, folders and git trees: discovers, opens, streams; never writes to a source.
    .target(
      name: "KairosSources",
      dependencies: ["KairosModel", "KairosRedaction", "KairosJSON", "CKairos"]),
    // Secrets out of every text before it is kept, and again before it leaves.
    .target(name: "KairosRedaction", dependencies: ["KairosModel"]),
    // Plain values, canonical JSON, ids.
    .target(name: "KairosModel", dependencies: ["KairosJSON", "CCrypto"]),
    // Tolerant reader of JSON texts.
    .target(name: "KairosJSON", dependencies: ["CKairos"]),

    // Byte scanners and GNU calls that Swift cannot express; headers of system libraries.
    .target(name: "CKairos"),
    // Terminals and signals for `kairos record`: the calls that Swift cannot make everywhere.
    .target(name: "CTerminal"),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // Builders and clocks for tests.
    .target(
      name: "KairosTestSupport", dependencies: ["KairosModel", "KairosJSON"],
      path: "Tests/KairosTestSupport"),
    // Values, canonical JSON, ids, the tolerant reader.
    .tests("KairosModel"),
    // Every secret rule, and texts that only look like secrets.
    .tests("KairosRedaction"),
    // Discovery, hostile trees and repositories, the faulty disk.
    .tests("KairosSources", ["KairosRedaction"]),
    // Torn logs, deterministic and hostile archives.
    .tests("KairosArchive"),
    // The database: opening, damage, each table.
    .tests("KairosStore", [.product(name: "GRDB", package: "GRDB.swift")]),
    // Every transcript format with its traps; sessions put together from several files.
    .tests(
      "Ingest", ["KairosRedaction", "KairosStore", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["Golden"]),
    // Rules of extraction, one test file a rule.
    .tests("Extract"),
    // Observations of a slot: wordings, duplicates, order.
    .tests("Merge"),
    // Conflicts: votes, change points, files against recollection.
    .tests("Reconcile", ["Merge"]),
    // The promotion rule and what it must never promote.
    .tests("Promote", ["Merge", "Reconcile"]),
    // Members, manifest, diff and the loss guard.
    .tests("Snapshot", ["KairosArchive"]),
    // Markers, budget, ranking, secret gate, golden files of each target.
    .tests("Export", exclude: ["Golden"]),
    // The redactor as a program, for `make bench-secrets`.
    .executableTarget(
      name: "SecretBench", dependencies: ["KairosRedaction", "KairosModel", "KairosJSON"],
      path: "Tests/SecretBench"),
    // The project's own rules: graph, sizes, forbidden words, documents.
    .testTarget(name: "Tidy", path: "Tests/Tidy"),
    // The samples and the README's session, executed by the built binary.
    .testTarget(
      name: "Samples", dependencies: ["kairos", "KairosArchive", "KairosStore", "KairosModel"],
      path: "Tests/Samples"),
    // Lock, gates, settings files, and the runs on small memories.
    .tests("KairosPipeline", ["Export", "KairosArchive", "KairosStore"]),
    // The built binary at the command line: stdout, stderr and exit codes as golden files.
    .tests(
      "KairosCLI", ["kairos", .product(name: "Yams", package: "Yams")],
      exclude: ["Golden", "Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)

// Warnings are errors in CI only, so that a newer compiler never stops a user from building.
// The flag is set target by target since dependencies are compiled with warnings suppressed.
if Context.environment["KAIROS_STRICT"] == "1" {
  for target in package.targets
  where target.type != .system && !["CKairos", "CTerminal"].contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}

extension Target {
  /// A stage: a pure function from one artefact to the next, in a folder of its own.
  static func stage(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
      name: name, dependencies: ["KairosModel"] + dependencies, path: "Sources/Stages/\(name)")
  }

  /// The tests of one module.
  static func tests(
    _ module: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
  ) -> Target {
    let always = ["KairosModel", "KairosJSON", "KairosTestSupport"].filter { $0 != module }
    return .testTarget(
      name: "\(module)Tests",
      dependencies: [.byName(name: module)] + always.map { .byName(name: $0) } + dependencies,
      exclude: exclude)
  }
}
