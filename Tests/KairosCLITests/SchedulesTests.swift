import Foundation
import Testing

/// The files of `pipelines/` for schedulers: their own tools accept them, and the shell in them
/// does its work on a small project.
@Suite struct SchedulesTests {
  // MARK: What their own tools say

  /// A check of one file by one tool; `$F` is the file.
  struct Lint: CustomTestStringConvertible, Sendable {
    let tool: String
    let file: String
    let command: String
    var testDescription: String { "\(file) by \(tool)" }
  }

  static let lints = [
    Lint(tool: "actionlint", file: "github-actions.yml", command: "actionlint \"$F\""),
    Lint(
      tool: "check-jsonschema", file: "github-actions.yml",
      command: "check-jsonschema --builtin-schema vendor.github-workflows \"$F\""),
    Lint(
      tool: "check-jsonschema", file: "gitlab-ci.yml",
      command: "check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci "
        + "\"$F\""),
    Lint(tool: "crontab", file: "kairos.crontab", command: "crontab -n \"$F\""),
    Lint(
      tool: "systemd-analyze", file: "kairos@.service",
      command: "sed \"s|/usr/local/bin/kairos|$(command -v kairos)|\" \"$F\" > kairos@tmp.service; "
        + "systemd-analyze verify --man=no ./kairos@tmp.service"),
    Lint(
      tool: "systemd-analyze", file: "kairos@.timer",
      command: "printf '[Service]\\nExecStart=/bin/true\\n' > kairos@tmp.service; "
        + "cp \"$F\" kairos@tmp.timer; systemd-analyze verify --man=no ./kairos@tmp.timer"),
    Lint(tool: "xmllint", file: "kairos.nightly.plist", command: "xmllint --nonet --noout \"$F\""),
    Lint(tool: "plutil", file: "kairos.nightly.plist", command: "plutil -lint \"$F\""),
    Lint(
      tool: "python3", file: "airflow_kairos.py",
      command: "python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' \"$F\""),
  ]
  static let installed = lints.filter { Tool.isInstalled($0.tool) }
  static let absent = Set(lints.map(\.tool)).filter { !Tool.isInstalled($0) }.sorted()

  @Test(arguments: installed)
  func theirToolAcceptsIt(lint: Lint) throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let file = ScheduleFiles.folder.appending(path: lint.file).path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let made = try sandbox.run("export F='\(file)' PATH=\"$PATH:\(path)\"; \(lint.command)")
    #expect(made.status == 0, "\(made.stdout)\(made.stderr)")
  }

  /// Shows in the results which tools this machine lacks.
  @Test(.enabled(if: absent.isEmpty, "not installed: \(absent.joined(separator: ", "))"))
  func everyToolIsInstalled() { #expect(Self.absent.isEmpty) }

  @Test(.enabled(if: Tool.isInstalled("shellcheck"), "shellcheck is not installed"))
  func shellcheckAcceptsTheShell() throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    for (name, shell) in try everyShell() {
      try write(shell, to: sandbox.root.appending(path: "project/script"))
      let made = try sandbox.run("shellcheck --shell=bash --severity=warning script")
      #expect(made.status == 0, "\(name): \(made.stdout)")
    }
  }

  @Test func bashReadsTheShell() throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let shells = try everyShell()
    #expect(shells.count >= 10)
    for (name, shell) in shells {
      try write(shell, to: sandbox.root.appending(path: "project/script"))
      #expect(try sandbox.run("bash -n script").status == 0, "\(name)")
    }
  }

  private func everyShell() throws -> [(name: String, shell: String)] {
    try ScheduleFiles.gitHubSteps(ScheduleFiles.text("github-actions.yml"))
      + ScheduleFiles.gitLabJobs(ScheduleFiles.text("gitlab-ci.yml")).map {
        ($0.name, $0.shell.joined(separator: "\n"))
      }
      + ScheduleFiles.cronCommands(ScheduleFiles.text("kairos.crontab")).map { ("cron", $0) }
  }

  // MARK: What they do

  /// A repository with transcripts and the pipeline files, and the address it is pushed to.
  private func project() throws -> Sandbox {
    let sandbox = try Sandbox()
    let made = try sandbox.run(
      """
      set -e
      git config --global init.defaultBranch main
      git config --global user.name T && git config --global user.email t@example.com
      git init -q --bare ../origin.git && git -C ../origin.git config receive.advertisePushOptions 1
      git init -q . && git remote add origin ../origin.git
      cp -r "$FIXTURES/project/." . && mkdir pipelines .agent-sessions
      cp '\(ScheduleFiles.folder.path)'/*.yaml pipelines
      sed -i 's/min-sessions: 5/min-sessions: 0/; s/idle-minutes: 10/idle-minutes: 0/; \
      s/agents: true/transcripts: [.agent-sessions]/' pipelines/nightly.yaml
      cp "$FIXTURES"/agent-*.jsonl .agent-sessions
      git add -A && git commit -q -m start && git push -q origin main
      """)
    guard made.status == 0 else { throw ScheduleProblem(made.stderr) }
    return sandbox
  }

  private func write(_ text: String, to file: URL) throws {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Runs a script of a scheduler and gives back what it printed.
  @discardableResult
  private func run(
    _ shell: String, _ sandbox: Sandbox, by program: String = "bash -eo pipefail",
    _ environment: String = "", status: Int32 = 0
  ) throws -> String {
    try write(shell, to: sandbox.root.appending(path: "script"))
    let made = try sandbox.run("\(environment) \(program) ../script")
    #expect(made.status == status, "\(shell)\n\(made.stdout)\(made.stderr)")
    return made.stdout + made.stderr
  }

  @Test func gitHubProposesTheDifference() throws {
    let sandbox = try project()
    defer { sandbox.remove() }
    let gh = "#!/bin/sh\necho \"$*\" >> ../gh.log\n[ \"$2\" = list ] && cat ../open || true\n"
    try write(gh, to: sandbox.root.appending(path: "gh"))
    let environment =
      "GITHUB_PATH=../path GITHUB_STEP_SUMMARY=../summary RUNNER_TEMP=.. GH_TOKEN=t BASE=main"
      + " PATH=\"$PWD/..:$PATH\""
    _ = try sandbox.run("chmod +x ../gh; : > ../open")
    func night() throws -> String {
      try ScheduleFiles.gitHubSteps(ScheduleFiles.text("github-actions.yml"))
        .filter { $0.name != "Build kairos" }
        .map { try run($0.shell, sandbox, environment) }.joined()
    }
    #expect(try night().contains("AGENTS.md  written"))
    let proposed = try sandbox.run("git -C ../origin.git show kairos/memory:AGENTS.md").stdout
    #expect(proposed.contains("make test"))
    #expect(try sandbox.run("cat ../summary ../body.md").stdout.contains("Run the tests with"))
    let first = try sandbox.run("cat ../gh.log").stdout
    #expect(first.contains("pr create --base main --head kairos/memory"))

    _ = try sandbox.run("git checkout -q main; echo 7 > ../open; rm ../gh.log")
    _ = try night()
    let second = try sandbox.run("cat ../gh.log").stdout
    #expect(second.contains("pr edit kairos/memory") && !second.contains("pr create"))

    _ = try sandbox.run("git checkout -q main; git merge -q kairos/memory; rm ../gh.log")
    #expect(try night().contains("AGENTS.md is up to date."))
    #expect(try sandbox.run("cat ../gh.log").status != 0)
  }

  @Test func gitLabProposesAndChecks() throws {
    let sandbox = try project()
    defer { sandbox.remove() }
    let jobs = try ScheduleFiles.gitLabJobs(ScheduleFiles.text("gitlab-ci.yml"))
    #expect(jobs.map(\.name).contains("kairos-memory script"))
    let environment =
      "CI_DEFAULT_BRANCH=main CI_SERVER_HOST=gitlab.invalid CI_PROJECT_PATH=a/b KAIROS_TOKEN=t"
    _ = try sandbox.run(
      "git config url.\"$PWD/../origin.git\".insteadOf https://kairos:t@gitlab.invalid/a/b.git")
    for (name, shell) in jobs where name == "kairos-memory script" {
      try run(shell.joined(separator: "\n"), sandbox, environment)
    }
    let message = try sandbox.run("git -C ../origin.git log -1 --format=%B kairos/memory").stdout
    #expect(message.hasPrefix("agents: memory of this project"))
    #expect(message.contains("Run the tests with `make test`"))
    for (name, shell) in jobs where name == "kairos-check script" {
      try run(shell.joined(separator: "\n"), sandbox, environment)
      _ = try sandbox.run("git checkout -q main")
      try run(shell.joined(separator: "\n"), sandbox, environment, status: 1)
    }
  }

  @Test func cronRunsAndGivesWayToAnotherRun() throws {
    let sandbox = try project()
    defer { sandbox.remove() }
    _ = try sandbox.run("kairos init --quiet")
    let commands = try ScheduleFiles.cronCommands(ScheduleFiles.text("kairos.crontab"))
    #expect(commands.count == 1)
    for command in commands {
      #expect(try run(command, sandbox, by: "sh", "PROJECT=\"$PWD\"").isEmpty)
      #expect(try outcome(sandbox) == "done")
      #expect(try sandbox.run("cat .kairos/kairos.prom").stdout.contains("kairos_facts{"))
      let pid = ProcessInfo.processInfo.processIdentifier
      _ = try sandbox.run(
        """
        printf '{"schema":"kairos.lock/1","pid":%s,"host":"%s","birth":0,\
        "since":"2026-01-05T12:00:00Z","command":"run"}' \(pid) "$(hostname)" > .kairos/run.lock
        """)
      #expect(
        try run(command, sandbox, by: "sh", "PROJECT=\"$PWD\"").contains("another run holds"))
    }
  }

  @Test func systemdStartsARun() throws {
    let sandbox = try project()
    defer { sandbox.remove() }
    _ = try sandbox.run("kairos init --quiet")
    let unit = try ScheduleFiles.text("kairos@.service")
    #expect(ScheduleFiles.unitValues("WorkingDirectory", unit) == ["%f"])
    #expect(ScheduleFiles.unitValues("SuccessExitStatus", unit) == ["75"])
    for command in ScheduleFiles.unitValues("ExecStart", unit) {
      try run(command.replacing("/usr/local/bin/kairos", with: "kairos"), sandbox)
    }
    #expect(try outcome(sandbox) == "done")
  }

  @Test(.enabled(if: Tool.isInstalled("python3"), "python3 is not installed"))
  func launchdStartsARun() throws {
    let sandbox = try project()
    defer { sandbox.remove() }
    _ = try sandbox.run("kairos init --quiet")
    try write(ScheduleFiles.plistReader, to: sandbox.root.appending(path: "reader.py"))
    let file = ScheduleFiles.folder.appending(path: "kairos.nightly.plist").path
    let printed = try sandbox.run("python3 ../reader.py '\(file)'").stdout
    let arguments = try JSONDecoder().decode([String].self, from: Data(printed.utf8))
    #expect(arguments.count == 3 && Array(arguments.prefix(2)) == ["/bin/sh", "-c"])
    try run(arguments.last ?? "", sandbox, by: "sh", "HOME=\"$PWD/..\" KAIROS_PROJECT=project")
    #expect(try outcome(sandbox) == "done")
    #expect(try sandbox.run("cat ../Library/Logs/kairos.log").stdout.contains("consolidate:"))
  }

  /// What the recorder prints.
  struct RecordedDAG: Decodable {
    struct Task: Decodable {
      let id: String
      let shell: String
      let variables: [String]
    }
    let tasks: [Task]
    let order: [[String]]
  }

  @Test(.enabled(if: Tool.isInstalled("python3"), "python3 is not installed"))
  func airflowRunsEachStep() throws {
    let sandbox = try project()
    defer { sandbox.remove() }
    _ = try sandbox.run("kairos init --quiet")
    try write(ScheduleFiles.airflowRecorder, to: sandbox.root.appending(path: "recorder.py"))
    let file = ScheduleFiles.folder.appending(path: "airflow_kairos.py").path
    let printed = try sandbox.run("python3 ../recorder.py '\(file)'")
    let dag = try JSONDecoder().decode(RecordedDAG.self, from: Data(printed.stdout.utf8))
    #expect(dag.order == [["run", "verify"], ["verify", "report"]])
    for task in dag.tasks {
      #expect(task.variables == ["KAIROS_PROJECT"])
      let said = try run(task.shell, sandbox, by: "bash", "KAIROS_PROJECT=\"$PWD\"")
      #expect(!said.isEmpty)
    }
    #expect(try outcome(sandbox) == "done")
  }

  private func outcome(_ sandbox: Sandbox) throws -> String? {
    struct Receipt: Decodable { let outcome: String }
    let file = sandbox.root.appending(path: "project/.kairos/receipt.json")
    return try JSONDecoder().decode(Receipt.self, from: try Data(contentsOf: file)).outcome
  }
}
