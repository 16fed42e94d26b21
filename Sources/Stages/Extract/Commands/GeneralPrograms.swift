/// Programs that serve projects in any language.
enum GeneralPrograms {
  static let all: [(names: [String], rules: [ProgramRule])] = [
    (
      ["docker"],
      [
        ProgramRule(
          role: .run, verb: ["compose", "up"], flags: ["-d", "--build", "--wait", "--detach"],
          valueFlags: ["-f"])
      ]
    ),
    (["docker-compose"], [ProgramRule(role: .run, verb: ["up"], flags: ["-d", "--build"])]),
    (
      ["terraform", "tofu", "pulumi", "cdk", "sam", "serverless", "sst"],
      [
        ProgramRule(role: .deploy, verb: ["apply"]), ProgramRule(role: .deploy, verb: ["up"]),
        ProgramRule(role: .deploy, verb: ["deploy"]), ProgramRule(role: .check, verb: ["plan"]),
        ProgramRule(role: .check, verb: ["validate"]),
        ProgramRule(role: .format, verb: ["fmt"], flags: ["-recursive", "-check"]),
      ]
    ),
    (
      ["wrangler", "fly", "flyctl", "vercel", "netlify", "firebase"],
      [
        ProgramRule(role: .deploy, verb: ["deploy"], flags: ["--prod"]),
        ProgramRule(role: .run, verb: ["dev"]),
      ]
    ),
    (
      ["buf"],
      [
        ProgramRule(role: .generate, verb: ["generate"]),
        ProgramRule(role: .lint, verb: ["lint"]),
      ]
    ),
    (["sqlc"], [ProgramRule(role: .generate, verb: ["generate"])]),
    (["actionlint", "yamllint"], [ProgramRule(role: .lint, whole: ["."])]),
    (["mise"], [ProgramRule(role: .install, verb: ["install"])]),
    (["brew"], [ProgramRule(role: .install, verb: ["bundle"])]),
    (["hugo"], [ProgramRule(role: .docs), ProgramRule(role: .run, verb: ["server"])]),
  ]
}
