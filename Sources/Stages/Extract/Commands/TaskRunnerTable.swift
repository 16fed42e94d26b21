/// Programs that run tasks by name, and how people write that.
enum TaskRunnerTable {
  static let runners: [String: TaskRunnerRule] = [
    "mise": TaskRunnerRule(verbs: ["run", "r"], needsVerb: true, verb: "run"),
    "make": TaskRunnerRule(), "gmake": TaskRunnerRule(), "just": TaskRunnerRule(),
    "task": TaskRunnerRule(), "go-task": TaskRunnerRule(), "rake": TaskRunnerRule(),
    "bin/rake": TaskRunnerRule(), "invoke": TaskRunnerRule(), "inv": TaskRunnerRule(),
    "poe": TaskRunnerRule(), "ant": TaskRunnerRule(),
    "npm": TaskRunnerRule(
      verbs: ["run", "run-script"], needsVerb: true, verb: "run", direct: ["test", "start"],
      builtin: node),
    "pnpm": TaskRunnerRule(verbs: ["run"], builtin: node),
    "yarn": TaskRunnerRule(verbs: ["run"], builtin: node),
    "bun": TaskRunnerRule(verbs: ["run"], needsVerb: true, verb: "run", builtin: node),
    "deno": TaskRunnerRule(verbs: ["task"], needsVerb: true, verb: "task"),
    "composer": TaskRunnerRule(verbs: ["run", "run-script"], builtin: composer),
    "turbo": TaskRunnerRule(verbs: ["run"], builtin: ["prune", "login", "link", "daemon"]),
    "lerna": TaskRunnerRule(verbs: ["run"], needsVerb: true, verb: "run"),
    "hatch": TaskRunnerRule(verbs: ["run"], needsVerb: true, verb: "run"),
    "pdm": TaskRunnerRule(verbs: ["run"], needsVerb: true, verb: "run"),
    "moon": TaskRunnerRule(verbs: ["run"], needsVerb: true, verb: "run"),
    "gradle": gradle("gradle"), "./gradlew": gradle("./gradlew"), "gradlew": gradle("./gradlew"),
    "mvn": maven("mvn"), "./mvnw": maven("./mvnw"),
  ]

  private static func gradle(_ program: String) -> TaskRunnerRule {
    TaskRunnerRule(
      builtin: ["tasks", "dependencies", "help", "wrapper", "--stop"], takesMany: true,
      chooses: ["--tests"], single: program + " test --tests NAME")
  }

  private static func maven(_ program: String) -> TaskRunnerRule {
    TaskRunnerRule(
      builtin: ["help", "dependency:tree"], takesMany: true, chooses: ["-Dtest"],
      single: program + " test -Dtest=CLASS#NAME")
  }

  /// Flags after which nothing changes but the report or the speed.
  static let quiet: Set<String> = [
    "-s", "-k", "--if-present", "--no-daemon", "--stacktrace", "--info", "-B", "--continue",
    "--console", "-ntp", "--no-transfer-progress", "--output-sync", "--offline", "--parallel",
  ]

  private static let node: Set<String> = [
    "install", "i", "ci", "add", "exec", "dlx", "why", "audit", "publish", "link", "unlink",
    "outdated", "view", "info", "init", "create", "version", "pack", "login", "logout", "config",
    "ls", "list", "remove", "rm", "uninstall", "up", "update", "upgrade", "cache", "store", "x",
    "import", "rebuild", "prune", "dedupe", "global", "set", "get", "help", "workspaces",
    "workspace", "root", "bin", "env", "pm", "patch", "fetch", "deploy", "node", "npm", "whoami",
  ]
  private static let composer: Set<String> = [
    "install", "update", "require", "remove", "dump-autoload", "show", "outdated", "validate",
    "self-update", "global", "create-project", "exec", "init", "audit", "why", "config",
  ]
}
