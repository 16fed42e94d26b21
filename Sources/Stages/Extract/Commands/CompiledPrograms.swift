/// Programs of compiled languages.
enum CompiledPrograms {
  static let all: [(names: [String], rules: [ProgramRule])] = go + rust + swift + other + virtual

  private static let go: [(names: [String], rules: [ProgramRule])] = [
    (
      ["go"],
      [
        ProgramRule(
          role: .test, verb: ["test"], whole: ["./...", "..."], needsWhole: true,
          flags: ["-race", "-short", "-cover"], valueFlags: ["-tags", "-coverprofile", "-bench"],
          quiet: ["-json", "-failfast"],
          quietValues: ["-count", "-timeout", "-parallel", "-p", "-cpu"], chooses: ["-run"],
          single: "go test ./PACKAGE -run NAME"),
        ProgramRule(
          role: .build, verb: ["build"], whole: ["./...", "."], flags: ["-race"],
          valueFlags: ["-tags"], quietValues: ["-o"]),
        ProgramRule(role: .lint, verb: ["vet"], whole: ["./..."], valueFlags: ["-tags"]),
        ProgramRule(role: .format, verb: ["fmt"], whole: ["./..."]),
        ProgramRule(role: .generate, verb: ["generate"], whole: ["./..."]),
        ProgramRule(role: .run, verb: ["run"], takesTarget: true, quiet: ["-race"]),
        ProgramRule(role: .install, verb: ["mod", "download"]),
      ]
    ),
    (
      ["gofmt", "goimports", "gofumpt"],
      [ProgramRule(role: .format, whole: ["."], flags: ["-w", "-s", "-l", "-d"])]
    ),
    (
      ["golangci-lint"],
      [ProgramRule(role: .lint, verb: ["run"], whole: ["./...", "."], flags: ["--fix"])]
    ),
    (["staticcheck", "revive"], [ProgramRule(role: .lint, whole: ["./..."])]),
    (["govulncheck"], [ProgramRule(role: .check, whole: ["./..."])]),
    (["gotestsum"], [ProgramRule(role: .test, whole: ["./..."], quietValues: ["--format", "-f"])]),
    (
      ["goreleaser"],
      [
        ProgramRule(role: .release, verb: ["release"], flags: ["--clean", "--snapshot"]),
        ProgramRule(role: .build, verb: ["build"], flags: ["--clean", "--snapshot"]),
        ProgramRule(role: .check, verb: ["check"]),
      ]
    ),
  ]

  private static func cargo(_ role: CommandRole, _ verb: String...) -> ProgramRule {
    ProgramRule(
      role: role, verb: verb, takesTarget: false,
      flags: [
        "--workspace", "--all", "--all-features", "--all-targets", "--no-default-features",
        "--release", "--locked", "--doc", "--lib", "--bins", "--tests", "--no-deps", "--check",
        "--fix", "--allow-dirty",
      ],
      valueFlags: ["--features", "--target", "--profile"],
      quiet: ["--nocapture", "--no-fail-fast"],
      quietValues: ["-j", "--jobs", "--message-format", "--test-threads"],
      chooses: role == .test ? ["-p", "--package", "--test", "--bin", "-E"] : [],
      freeWordChooses: role == .test, single: role == .test ? "cargo \(verb[0]) NAME" : nil)
  }

  private static let rust: [(names: [String], rules: [ProgramRule])] = [
    (
      ["cargo"],
      [
        cargo(.test, "test"), cargo(.test, "nextest", "run"), cargo(.build, "build"),
        cargo(.typecheck, "check"), cargo(.lint, "clippy"), cargo(.format, "fmt"),
        cargo(.bench, "bench"), cargo(.docs, "doc"), cargo(.release, "publish"),
        cargo(.check, "deny", "check"), cargo(.check, "audit"), cargo(.coverage, "llvm-cov"),
        ProgramRule(
          role: .run, verb: ["run"], flags: ["--release"], valueFlags: ["--bin", "-p", "--example"]
        ),
      ]
    )
  ]

  private static let swift: [(names: [String], rules: [ProgramRule])] = [
    (
      ["swift"],
      [
        ProgramRule(
          role: .test, verb: ["test"], flags: ["--parallel", "--enable-code-coverage"],
          valueFlags: ["-c"], quietValues: ["--num-workers", "--scratch-path", "-Xswiftc"],
          chooses: ["--filter"], single: "swift test --filter NAME"),
        ProgramRule(
          role: .build, verb: ["build"], flags: ["--build-tests"],
          valueFlags: ["-c", "--configuration", "--product"],
          quietValues: ["--scratch-path", "-j", "-Xswiftc"]),
        ProgramRule(role: .run, verb: ["run"], takesTarget: true, valueFlags: ["-c"]),
        ProgramRule(role: .install, verb: ["package", "resolve"]),
        swiftFormat(.lint, "format", "lint"), swiftFormat(.format, "format"),
      ]
    ),
    (["swift-format"], [swiftFormat(.lint, "lint"), swiftFormat(.format, "format")]),
    (["swiftlint"], [ProgramRule(role: .lint, flags: ["--strict", "--fix"])]),
    (["swiftformat"], [ProgramRule(role: .format, whole: ["."], flags: ["--lint"])]),
    (
      ["xcodebuild"],
      [
        xcodebuild(.test, "test", single: "xcodebuild test -only-testing:TARGET/CLASS/NAME"),
        xcodebuild(.build, "build", single: nil),
      ]
    ),
    (["pod"], [ProgramRule(role: .install, verb: ["install"])]),
  ]

  private static func swiftFormat(_ role: CommandRole, _ verb: String...) -> ProgramRule {
    ProgramRule(
      role: role, verb: verb, whole: ProgramRule.sourceFolders.union(["Package.swift"]),
      flags: ["-i", "--in-place", "-r", "--recursive", "-p", "--parallel", "--strict", "-s"],
      valueFlags: ["--configuration"])
  }

  private static func xcodebuild(
    _ role: CommandRole, _ verb: String, single: String?
  ) -> ProgramRule {
    ProgramRule(
      role: role, verb: [verb],
      valueFlags: ["-scheme", "-workspace", "-project", "-destination", "-configuration"],
      chooses: single == nil ? [] : ["-only-testing"], single: single)
  }

  private static let other: [(names: [String], rules: [ProgramRule])] = [
    (
      ["cmake"],
      [
        ProgramRule(
          role: .build, whole: ["."],
          valueFlags: ["-B", "-S", "--build", "-G", "--config", "--preset", "--target"],
          quiet: ["--parallel"], quietValues: ["-j"])
      ]
    ),
    (
      ["ctest"],
      [
        ProgramRule(
          role: .test, flags: ["--output-on-failure"],
          valueFlags: ["--test-dir", "--preset", "-C"], quietValues: ["-j", "--parallel"],
          chooses: ["-R"], single: "ctest -R NAME")
      ]
    ),
    (["ninja"], [ProgramRule(role: .build, valueFlags: ["-C"], quietValues: ["-j"])]),
    (
      ["meson"],
      [
        ProgramRule(role: .test, verb: ["test"], valueFlags: ["-C"]),
        ProgramRule(role: .build, verb: ["compile"], valueFlags: ["-C"]),
      ]
    ),
    (
      ["bazel", "bazelisk"],
      [
        ProgramRule(role: .test, verb: ["test"], whole: ["//..."], needsWhole: true),
        ProgramRule(role: .build, verb: ["build"], whole: ["//..."], needsWhole: true),
      ]
    ),
    (
      ["zig"],
      [
        ProgramRule(role: .build, verb: ["build"]),
        ProgramRule(role: .test, verb: ["build", "test"]),
      ]
    ),
    (
      ["stack", "cabal", "dune"],
      [
        ProgramRule(role: .test, verb: ["test"], whole: ["all"]),
        ProgramRule(role: .build, verb: ["build"], whole: ["all"]),
      ]
    ),
    (
      ["clang-format", "clang-tidy"],
      [ProgramRule(role: .format, flags: ["-i"])]
    ),
  ]

  private static let virtual: [(names: [String], rules: [ProgramRule])] = [
    (
      ["dotnet"],
      [
        ProgramRule(
          role: .test, verb: ["test"], flags: ["--no-build"], valueFlags: ["-c"],
          quietValues: ["--logger", "--verbosity"], chooses: ["--filter"],
          single: "dotnet test --filter NAME"),
        ProgramRule(role: .build, verb: ["build"], valueFlags: ["-c"]),
        ProgramRule(role: .format, verb: ["format"], flags: ["--verify-no-changes"]),
        ProgramRule(role: .install, verb: ["restore"]),
        ProgramRule(role: .run, verb: ["run"], valueFlags: ["--project"]),
        ProgramRule(role: .migrate, verb: ["ef", "database", "update"]),
      ]
    ),
    (
      ["sbt"],
      [
        ProgramRule(role: .test, verb: ["test"]), ProgramRule(role: .build, verb: ["compile"]),
        ProgramRule(role: .run, verb: ["run"]), ProgramRule(role: .format, verb: ["scalafmtAll"]),
      ]
    ),
    (["lein"], [ProgramRule(role: .test, verb: ["test"]), ProgramRule(role: .run, verb: ["run"])]),
    (
      ["flutter"],
      [
        ProgramRule(
          role: .test, verb: ["test"], flags: ["--coverage"], freeWordChooses: true,
          single: "flutter test FILE"),
        ProgramRule(role: .lint, verb: ["analyze"]), ProgramRule(role: .run, verb: ["run"]),
        ProgramRule(role: .install, verb: ["pub", "get"]),
      ]
    ),
    (
      ["dart"],
      [
        ProgramRule(
          role: .test, verb: ["test"], freeWordChooses: true, single: "dart test FILE"),
        ProgramRule(role: .lint, verb: ["analyze"]),
        ProgramRule(role: .format, verb: ["format"], whole: ProgramRule.sourceFolders),
        ProgramRule(role: .install, verb: ["pub", "get"]),
        ProgramRule(role: .generate, verb: ["run", "build_runner", "build"]),
      ]
    ),
  ]
}
