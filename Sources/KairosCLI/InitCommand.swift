import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos init`: makes a memory beside a project.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a memory beside a project.",
    discussion: HelpPage.text(
      """
      Creates .kairos/ in the project's folder: the store, the event log, the snapshots and \
      config.yaml, which names the project. The project is known by its git remote, else by its \
      first commit, else by the folder's name. The folder keeps itself out of git. Running it \
      again changes nothing.
      """,
      examples: [
        ("kairos init", "beside the project in this folder"),
        ("kairos init ../web", "beside another project"),
        ("kairos init --project git:github.com/owner/name", "when the remote is not set yet"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Option(
    help: ArgumentHelp("Name the project instead of asking git.", valueName: "id"))
  var project: String?

  @Argument(help: ArgumentHelp("The project's folder.", valueName: "dir"))
  var directory = "."

  func run() async throws {
    try await Invocation.run("init", global) { invocation in
      let root = invocation.absolute(directory)
      let path = global.store.map(invocation.absolute) ?? root + "/" + MemoryFolder.name
      let made = try Memory.create(at: path, projectFolder: root, project: project)
      switch output.format {
      case .json:
        let json = CanonicalJSON.object {
          $0.member("schema", "kairos.init/1")
          $0.member("store", made.folder.path)
          $0.member("project", made.configuration.project)
          $0.member("created", made.isNew)
        }
        invocation.talk.data(json.text)
      case .text:
        let verb = made.isNew ? "made" : "there is already"
        invocation.talk.say("\(verb) a memory of \(made.configuration.project)")
        invocation.talk.say("next: `kairos ingest` reads what agents did here")
        invocation.talk.data(Printable.line(made.folder.path))
      }
      return .done
    }
  }
}
