/// Programs of scripting languages.
enum ScriptPrograms {
  static let all: [(names: [String], rules: [ProgramRule])] =
    python + pythonProjects + node + nodeFrameworks + ruby + php + elixir

  private static let python: [(names: [String], rules: [ProgramRule])] = [
    (
      ["pytest", "py.test"],
      [
        ProgramRule(
          role: .test, whole: ProgramRule.sourceFolders, flags: ["--cov"],
          valueFlags: ["-n", "--cov-report"],
          quiet: ["-x", "-s", "-l", "-ra", "-rA", "-rf", "-rs", "--lf", "--ff", "-qq"],
          quietValues: [
            "--tb", "--maxfail", "--durations", "-p", "-W", "--timeout", "--log-cli-level",
          ], chooses: ["-k"], freeWordChooses: true, single: "pytest FILE::NAME")
      ]
    ),
    (
      ["unittest"],
      [
        ProgramRule(
          role: .test, whole: ["discover"], valueFlags: ["-s", "-p"], freeWordChooses: true,
          single: "python -m unittest MODULE.CLASS.NAME")
      ]
    ),
    (
      ["ruff"],
      [
        ProgramRule(
          role: .lint, verb: ["check"], whole: ProgramRule.sourceFolders, flags: ["--fix"]),
        ProgramRule(
          role: .format, verb: ["format"], whole: ProgramRule.sourceFolders, flags: ["--check"]),
      ]
    ),
    (
      ["black", "isort", "yapf"],
      [
        ProgramRule(
          role: .format, whole: ProgramRule.sourceFolders, flags: ["--check", "-i", "-r"])
      ]
    ),
    (
      ["flake8", "pylint", "pycodestyle", "bandit"],
      [ProgramRule(role: .lint, whole: ProgramRule.sourceFolders, flags: ["-r"])]
    ),
    (
      ["mypy", "pyright", "basedpyright", "pyre", "ty", "pytype"],
      [
        ProgramRule(
          role: .typecheck, whole: ProgramRule.sourceFolders.union(["check"]),
          flags: ["--strict", "--ignore-missing-imports"], valueFlags: ["-p"])
      ]
    ),
    (
      ["pre-commit", "prek"],
      [
        ProgramRule(role: .lint, verb: ["run"], flags: ["--all-files", "-a"]),
        ProgramRule(role: .install, verb: ["install"]),
      ]
    ),
    (
      ["tox"],
      [
        ProgramRule(role: .test, valueFlags: ["-e"], quiet: ["-r", "-p"]),
        ProgramRule(role: .test, verb: ["run"], valueFlags: ["-e"]),
        ProgramRule(role: .test, verb: ["r"], valueFlags: ["-e"]),
      ]
    ),
    (["nox"], [ProgramRule(role: .test, valueFlags: ["-s", "-e"])]),
    (["coverage"], [ProgramRule(role: .coverage, verb: ["report"])]),
    (["mkdocs"], [ProgramRule(role: .docs, verb: ["build"], flags: ["--strict"])]),
    (["alembic"], [ProgramRule(role: .migrate, verb: ["upgrade", "head"])]),
    (
      ["uvicorn", "gunicorn", "flask", "streamlit", "fastapi", "hypercorn"],
      [ProgramRule(role: .run, takesTarget: true)]
    ),
  ]

  private static let manage: [ProgramRule] = [
    ProgramRule(role: .test, verb: ["test"]), ProgramRule(role: .migrate, verb: ["migrate"]),
    ProgramRule(role: .generate, verb: ["makemigrations"]),
    ProgramRule(role: .run, verb: ["runserver"]),
  ]

  private static let pythonProjects: [(names: [String], rules: [ProgramRule])] = [
    (["manage.py", "./manage.py"], manage),
    (
      ["uv"],
      [
        ProgramRule(
          role: .install, verb: ["sync"],
          flags: ["--dev", "--all-extras", "--all-groups", "--frozen", "--locked"],
          valueFlags: ["--group", "--extra"]),
        ProgramRule(role: .build, verb: ["build"]), ProgramRule(role: .release, verb: ["publish"]),
      ]
    ),
    (
      ["poetry", "pdm", "rye", "pipenv", "hatch"],
      [
        ProgramRule(
          role: .install, verb: ["install"], flags: ["--dev", "--all-extras", "--sync"],
          valueFlags: ["--with"]),
        ProgramRule(role: .build, verb: ["build"]), ProgramRule(role: .release, verb: ["publish"]),
        ProgramRule(role: .install, verb: ["sync"]),
        ProgramRule(role: .test, verb: ["test"]), ProgramRule(role: .format, verb: ["fmt"]),
      ]
    ),
    (
      ["pip", "pip3"],
      [ProgramRule(role: .install, verb: ["install"], valueFlags: ["-r", "-e"])]
    ),
    (["build"], [ProgramRule(role: .build)]),
    (["twine"], [ProgramRule(role: .release, verb: ["upload"], whole: ["dist/*"])]),
  ]

  private static let node: [(names: [String], rules: [ProgramRule])] = [
    (
      ["tsc", "vue-tsc", "tsgo", "svelte-check"],
      [
        ProgramRule(
          role: .typecheck, flags: ["--noEmit", "-b", "--build", "--skipLibCheck"],
          valueFlags: ["-p", "--project"], quiet: ["--pretty"])
      ]
    ),
    (
      ["eslint", "oxlint", "stylelint", "xo", "standard", "knip"],
      [
        ProgramRule(
          role: .lint, whole: ProgramRule.sourceFolders, flags: ["--fix"],
          valueFlags: ["--ext", "--max-warnings"], quiet: ["--cache"])
      ]
    ),
    (
      ["prettier", "dprint"],
      [
        ProgramRule(
          role: .format, whole: ProgramRule.sourceFolders.union(["fmt", "check"]),
          flags: ["--check", "--write", "-c", "-w"])
      ]
    ),
    (
      ["biome"],
      [
        ProgramRule(
          role: .lint, verb: ["check"], whole: ProgramRule.sourceFolders,
          flags: ["--write", "--apply"]),
        ProgramRule(role: .lint, verb: ["lint"], whole: ProgramRule.sourceFolders),
        ProgramRule(
          role: .format, verb: ["format"], whole: ProgramRule.sourceFolders, flags: ["--write"]),
      ]
    ),
    (
      ["vitest"],
      [
        ProgramRule(
          role: .test, whole: ["run"], flags: ["--coverage", "--run"], quietValues: ["--reporter"],
          chooses: ["-t", "--testNamePattern"], freeWordChooses: true, single: "vitest run FILE")
      ]
    ),
    (
      ["jest"],
      [
        ProgramRule(
          role: .test, flags: ["--coverage", "--ci", "--runInBand", "-i"], quiet: ["--forceExit"],
          chooses: ["-t", "--testNamePattern", "--testPathPattern"], freeWordChooses: true,
          single: "jest FILE")
      ]
    ),
    (
      ["mocha", "ava", "tap", "cypress"],
      [
        ProgramRule(
          role: .test, whole: ["run"], quietValues: ["--timeout", "--reporter"],
          chooses: ["--grep", "-g", "--match", "-m", "--spec"])
      ]
    ),
    (
      ["playwright"],
      [
        ProgramRule(
          role: .test, verb: ["test"], valueFlags: ["--project"], quietValues: ["--reporter"],
          chooses: ["-g", "--grep"], freeWordChooses: true, single: "playwright test FILE"),
        ProgramRule(role: .install, verb: ["install"], flags: ["--with-deps"]),
      ]
    ),
  ]

  private static let nodeFrameworks: [(names: [String], rules: [ProgramRule])] = [
    (
      ["next", "vite", "nuxt", "astro", "remix", "svelte-kit"],
      [
        ProgramRule(role: .build, verb: ["build"]), ProgramRule(role: .run, verb: ["dev"]),
        ProgramRule(role: .lint, verb: ["lint"]), ProgramRule(role: .typecheck, verb: ["check"]),
      ]
    ),
    (["tsup", "rollup", "webpack", "esbuild"], [ProgramRule(role: .build, valueFlags: ["-c"])]),
    (
      ["prisma"],
      [
        ProgramRule(role: .generate, verb: ["generate"]),
        ProgramRule(role: .migrate, verb: ["migrate", "deploy"]),
        ProgramRule(role: .migrate, verb: ["migrate", "dev"]),
        ProgramRule(role: .migrate, verb: ["db", "push"]),
      ]
    ),
    (
      ["drizzle-kit", "knex", "typeorm", "sequelize"],
      [
        ProgramRule(role: .generate, verb: ["generate"]),
        ProgramRule(role: .migrate, verb: ["migrate"]),
        ProgramRule(role: .migrate, verb: ["push"]),
      ]
    ),
    (["changeset"], [ProgramRule(role: .release, verb: ["publish"])]),
    (["np", "semantic-release", "release-it"], [ProgramRule(role: .release)]),
    (
      ["deno"],
      [
        ProgramRule(
          role: .test, verb: ["test"], flags: ["-A", "--allow-all"], chooses: ["--filter"],
          freeWordChooses: true, single: "deno test FILE"),
        ProgramRule(role: .lint, verb: ["lint"]),
        ProgramRule(role: .format, verb: ["fmt"], flags: ["--check"]),
      ]
    ),
  ]

  private static let ruby: [(names: [String], rules: [ProgramRule])] = [
    (
      ["rspec", "bin/rspec"],
      [
        ProgramRule(
          role: .test, whole: ["spec"], quietValues: ["--format", "-f"], chooses: ["-e"],
          freeWordChooses: true, single: "rspec FILE:LINE")
      ]
    ),
    (
      ["rubocop", "standardrb", "bin/rubocop"],
      [ProgramRule(role: .lint, flags: ["-a", "-A", "--fix", "--parallel"])]
    ),
    (
      ["rails", "bin/rails"],
      [
        ProgramRule(
          role: .test, verb: ["test"], freeWordChooses: true, single: "bin/rails test FILE:LINE"),
        ProgramRule(role: .migrate, verb: ["db:migrate"]),
        ProgramRule(role: .run, verb: ["server"]), ProgramRule(role: .run, verb: ["s"]),
      ]
    ),
    (["bundle"], [ProgramRule(role: .install, verb: ["install"])]),
    (["srb"], [ProgramRule(role: .typecheck, verb: ["tc"])]),
  ]

  private static let php: [(names: [String], rules: [ProgramRule])] = [
    (
      ["phpunit", "vendor/bin/phpunit", "./vendor/bin/phpunit", "pest", "vendor/bin/pest"],
      [
        ProgramRule(
          role: .test, valueFlags: ["--testsuite", "-c"], chooses: ["--filter"],
          freeWordChooses: true, single: "vendor/bin/phpunit --filter NAME")
      ]
    ),
    (
      ["phpstan", "vendor/bin/phpstan", "psalm", "vendor/bin/psalm"],
      [
        ProgramRule(
          role: .typecheck, whole: ProgramRule.sourceFolders.union(["analyse", "analyze"]))
      ]
    ),
    (
      ["php-cs-fixer", "vendor/bin/php-cs-fixer", "pint", "vendor/bin/pint"],
      [ProgramRule(role: .format, whole: ["fix"], flags: ["--test", "--dry-run"])]
    ),
    (
      ["artisan"],
      [
        ProgramRule(
          role: .test, verb: ["test"], chooses: ["--filter"],
          single: "php artisan test --filter NAME"),
        ProgramRule(role: .migrate, verb: ["migrate"]), ProgramRule(role: .run, verb: ["serve"]),
      ]
    ),
    (["composer"], [ProgramRule(role: .install, verb: ["install"])]),
  ]

  private static let elixir: [(names: [String], rules: [ProgramRule])] = [
    (
      ["mix"],
      [
        ProgramRule(
          role: .test, verb: ["test"], flags: ["--cover"], quiet: ["--trace"],
          freeWordChooses: true, single: "mix test FILE:LINE"),
        ProgramRule(role: .format, verb: ["format"], flags: ["--check-formatted"]),
        ProgramRule(role: .build, verb: ["compile"], flags: ["--warnings-as-errors"]),
        ProgramRule(role: .lint, verb: ["credo"], flags: ["--strict"]),
        ProgramRule(role: .typecheck, verb: ["dialyzer"]),
        ProgramRule(role: .install, verb: ["deps.get"]),
        ProgramRule(role: .migrate, verb: ["ecto.migrate"]),
        ProgramRule(role: .run, verb: ["phx.server"]),
      ]
    )
  ]
}
