import KairosModel

/// Frameworks and libraries that shape a project, found among its direct dependencies.
///
/// Of fifty dependencies a colleague tells a newcomer these: what the interface, the server, the
/// command line and the database are built with, and in which generation.
struct Libraries: WorkspaceRule {
  let name = "libraries"

  /// Facts of one manifest; more would be the list of dependencies again.
  private static let factsMax = 8

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var seen: Set<String> = []
    return Manifests.all(workspace).flatMap { manifest -> [Observation] in
      let known = manifest.dependencies.compactMap { dependency in
        KnownLibrary.of(dependency.name).map { (dependency, $0) }
      }
      return known.filter { seen.insert($0.1.title).inserted }.prefix(Self.factsMax).map {
        dependency, library in
        let generation = Self.generation(dependency.version).map { " \($0)" } ?? ""
        return facts.stated(
          in: manifest.file, lines: dependency.line...dependency.line, kind: .tool,
          predicate: "tool." + library.role.rawValue,
          value: library.title.lowercased() + generation,
          statement:
            "\(library.role.phrase) \(library.title)\(generation) (`\(manifest.file.path)`).",
          quote: dependency.name + (dependency.version.map { " " + $0 } ?? ""))
      }
    }
  }

  /// The generation that people name: "18" of `^18.2.0`, "0.5" of `0.5.1`, "5" of `v5.12.0`; nobody
  /// names a first one.
  private static func generation(_ version: String?) -> String? {
    guard let version else { return nil }
    let digits = version.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    // Several bounds are a range, not a generation.
    guard !version.contains(","), !version.contains("||"), !version.contains("*") else {
      return nil
    }
    let parts = digits.split(separator: ".")
    guard let major = parts.first else { return nil }
    if major == "0" { return parts.count > 1 ? "0.\(parts[1])" : nil }
    return major == "1" ? nil : String(major)
  }
}

/// Every manifest of a tree that lists dependencies, the root's first.
enum Manifests {
  /// One manifest with what it lists.
  struct Manifest {
    let file: Workspace.File
    let dependencies: [Dependencies.Dependency]
  }

  /// More packages than this are a monorepo whose members repeat each other.
  private static let nestedMax = 8
  private static let depthMax = 3

  static func all(_ workspace: Workspace) -> [Manifest] {
    readers.flatMap { name, read in
      let files = workspace.files(named: name).filter(isOwn)
      let root = files.filter { $0.path == name }
      return (root + files.filter { $0.path != name }.prefix(nestedMax)).compactMap { file in
        let dependencies = file.text.map(read) ?? []
        return dependencies.isEmpty ? nil : Manifest(file: file, dependencies: dependencies)
      }
    }
  }

  /// A manifest of a part of the project; examples and fixtures have their own lives.
  private static func isOwn(_ file: Workspace.File) -> Bool {
    let parts = file.path.lowercased().split(separator: "/")
    let foreign: Set<Substring> = [
      "examples", "example", "fixtures", "testdata", "test", "tests", "templates", "template",
      "playground", "playgrounds", "demo", "demos", "benchmarks", "docs", "website", "samples",
      "e2e",
    ]
    return file.kind == .manifest && parts.count <= depthMax + 1
      && !parts.dropLast().contains { foreign.contains($0) || $0.hasPrefix(".") }
  }

  static let readers: [(String, @Sendable (String) -> [Dependencies.Dependency])] = [
    ("go.mod", { Dependencies.goMod($0) }), ("package.json", { Dependencies.packageJSON($0) }),
    ("composer.json", { Dependencies.packageJSON($0, key: "require") }),
    ("Cargo.toml", { Dependencies.cargo($0) }),
    ("pyproject.toml", { Dependencies.pyproject($0) }),
    ("requirements.txt", { Dependencies.requirements($0) }),
    ("Package.swift", { Dependencies.packageSwift($0) }),
    ("Gemfile", { Dependencies.gemfile($0) }),
  ]
}

/// A library that people name when they say what a project is built with.
struct KnownLibrary {
  /// What a library is for in a project.
  enum Role: String {
    case interface, application, desktop, mobile, styling, server, commandLine, database, state
    case validation, asynchronous, learning, game, testing, graphics, interactive

    /// The beginning of a sentence that ends with the library's name.
    var phrase: String {
      switch self {
      case .interface: "The user interface is built with"
      case .application: "The application is built with"
      case .desktop: "The desktop application is built with"
      case .mobile: "The mobile application is built with"
      case .styling: "The interface is styled with"
      case .server: "The server is built with"
      case .commandLine: "The command line is built with"
      case .database: "The database is accessed through"
      case .state: "State is managed with"
      case .validation: "Data is validated with"
      case .asynchronous: "Asynchronous code runs on"
      case .learning: "Models run on"
      case .game: "The game is built with"
      case .testing: "Tests use"
      case .graphics: "Graphics are drawn with"
      case .interactive: "The terminal interface is built with"
      }
    }
  }

  let title: String
  let role: Role

  /// By the name in a manifest; of a Go module by its path without the major version.
  static func of(_ name: String) -> KnownLibrary? {
    if let found = table[name] ?? table[name.lowercased()] { return found }
    guard name.contains("/"), let last = name.split(separator: "/").last, last.first == "v",
      last.dropFirst().allSatisfy(\.isNumber)
    else { return nil }
    return table[String(name.dropLast(last.count + 1))]
  }

  private static let table: [String: KnownLibrary] = {
    var table: [String: KnownLibrary] = [:]
    for (role, libraries) in lists {
      for (name, title) in libraries { table[name] = KnownLibrary(title: title, role: role) }
    }
    return table
  }()

  private static let lists: [(Role, [(String, String)])] = [
    (
      .interface,
      [
        ("react", "React"), ("vue", "Vue"), ("svelte", "Svelte"), ("preact", "Preact"),
        ("solid-js", "SolidJS"), ("lit", "Lit"), ("leptos", "Leptos"), ("yew", "Yew"),
        ("dioxus", "Dioxus"), ("egui", "egui"), ("eframe", "egui"), ("iced", "iced"),
        ("swift-composable-architecture", "The Composable Architecture"),
        ("streamlit", "Streamlit"), ("gradio", "Gradio"), ("pyqt6", "PyQt"), ("pyside6", "PySide"),
      ]
    ),
    (
      .application,
      [
        ("next", "Next.js"), ("nuxt", "Nuxt"), ("@angular/core", "Angular"),
        ("@sveltejs/kit", "SvelteKit"), ("astro", "Astro"), ("@remix-run/react", "Remix"),
        ("gatsby", "Gatsby"), ("django", "Django"), ("laravel/framework", "Laravel"),
        ("symfony/framework-bundle", "Symfony"), ("rails", "Ruby on Rails"),
      ]
    ),
    (
      .desktop,
      [("electron", "Electron"), ("@tauri-apps/api", "Tauri"), ("tauri", "Tauri")]
    ),
    (.mobile, [("react-native", "React Native"), ("expo", "Expo")]),
    (
      .styling,
      [
        ("tailwindcss", "Tailwind CSS"), ("@chakra-ui/react", "Chakra UI"),
        ("@mui/material", "MUI"), ("antd", "Ant Design"), ("bootstrap", "Bootstrap"),
        ("styled-components", "styled-components"), ("@mantine/core", "Mantine"),
        ("vuetify", "Vuetify"),
      ]
    ),
    (
      .server,
      [
        ("express", "Express"), ("fastify", "Fastify"), ("@nestjs/core", "NestJS"),
        ("hono", "Hono"), ("koa", "Koa"), ("elysia", "Elysia"), ("flask", "Flask"),
        ("fastapi", "FastAPI"), ("starlette", "Starlette"), ("aiohttp", "aiohttp"),
        ("tornado", "Tornado"), ("axum", "axum"), ("actix-web", "Actix Web"), ("rocket", "Rocket"),
        ("warp", "warp"), ("tonic", "tonic"), ("github.com/gin-gonic/gin", "Gin"),
        ("github.com/labstack/echo", "Echo"), ("github.com/gofiber/fiber", "Fiber"),
        ("github.com/go-chi/chi", "chi"), ("google.golang.org/grpc", "gRPC"), ("vapor", "Vapor"),
        ("hummingbird", "Hummingbird"), ("sinatra", "Sinatra"),
      ]
    ),
    (
      .commandLine,
      [
        ("commander", "Commander.js"), ("yargs", "yargs"), ("oclif", "oclif"), ("click", "Click"),
        ("typer", "Typer"), ("clap", "clap"), ("github.com/spf13/cobra", "Cobra"),
        ("github.com/urfave/cli", "urfave/cli"), ("github.com/alecthomas/kong", "Kong"),
        ("swift-argument-parser", "Swift Argument Parser"), ("thor", "Thor"),
      ]
    ),
    (
      .interactive,
      [
        ("ink", "Ink"), ("ratatui", "Ratatui"), ("textual", "Textual"),
        ("github.com/charmbracelet/bubbletea", "Bubble Tea"),
        ("github.com/charmbracelet/huh", "huh"), ("prompt_toolkit", "prompt_toolkit"),
        ("github.com/rivo/tview", "tview"),
      ]
    ),
    (
      .database,
      [
        ("prisma", "Prisma"), ("@prisma/client", "Prisma"), ("drizzle-orm", "Drizzle ORM"),
        ("typeorm", "TypeORM"), ("sequelize", "Sequelize"), ("mongoose", "Mongoose"),
        ("kysely", "Kysely"), ("knex", "Knex"), ("better-sqlite3", "better-sqlite3"),
        ("@supabase/supabase-js", "Supabase"), ("sqlalchemy", "SQLAlchemy"),
        ("sqlmodel", "SQLModel"), ("tortoise-orm", "Tortoise ORM"), ("peewee", "Peewee"),
        ("sqlx", "SQLx"), ("diesel", "Diesel"), ("sea-orm", "SeaORM"), ("rusqlite", "rusqlite"),
        ("gorm.io/gorm", "GORM"), ("entgo.io/ent", "ent"), ("github.com/jackc/pgx", "pgx"),
        ("github.com/jmoiron/sqlx", "sqlx"), ("grdb.swift", "GRDB"), ("fluent", "Fluent"),
      ]
    ),
    (
      .state,
      [
        ("zustand", "Zustand"), ("redux", "Redux"), ("@reduxjs/toolkit", "Redux Toolkit"),
        ("mobx", "MobX"), ("pinia", "Pinia"), ("jotai", "Jotai"), ("xstate", "XState"),
      ]
    ),
    (
      .validation,
      [("zod", "Zod"), ("pydantic", "Pydantic"), ("valibot", "Valibot"), ("yup", "Yup")]
    ),
    (.asynchronous, [("tokio", "Tokio"), ("async-std", "async-std"), ("swift-nio", "SwiftNIO")]),
    (
      .learning,
      [
        ("torch", "PyTorch"), ("tensorflow", "TensorFlow"), ("jax", "JAX"),
        ("candle-core", "Candle"),
      ]
    ),
    (.game, [("bevy", "Bevy"), ("phaser", "Phaser"), ("pygame", "Pygame")]),
    (.graphics, [("three", "three.js"), ("d3", "D3"), ("pixi.js", "PixiJS"), ("wgpu", "wgpu")]),
    (.testing, [("github.com/stretchr/testify", "testify")]),
  ]
}
