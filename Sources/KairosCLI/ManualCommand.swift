import ArgumentParser
import KairosJSON
import KairosModel
import KairosPipeline

/// `kairos manual`: manual pages of all commands, for `make install`.
struct ManualCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Write the manual pages of all commands.",
    discussion: HelpPage.text(
      """
      Writes one page in the mdoc language for each command, made from what `kairos help` says. \
      The pages are named kairos.1, kairos-run.1 and so on. `make install` puts them where `man` \
      looks.
      """,
      examples: [("kairos manual --out man1 --date 2026-01-05", "into the folder man1")]),
    shouldDisplay: false)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp("The folder to write into; it is made.", valueName: "dir"),
    completion: .directory)
  var out: String

  @Option(
    help: ArgumentHelp("The day that the pages show.", valueName: "yyyy-mm-dd"))
  var date: String

  func validate() throws {
    guard ManualPage.longDate(date) != nil else {
      throw ValidationError("--date is a day like 2026-01-05.")
    }
  }

  func run() async throws {
    try await Invocation.run("manual", global) { invocation in
      let folder = invocation.absolute(out)
      try FolderMaker.make(folder, mode: 0o755)
      for page in try Self.pages(date: date) {
        let path = folder + "/" + page.name + ".1"
        try AtomicFile.write(Array(page.text.utf8), to: path)
        invocation.talk.data(path)
      }
      return .done
    }
  }

  /// The page of each command that `kairos help` lists, parents first.
  private static func pages(date: String) throws -> [(name: String, text: String)] {
    let dump = try JSONDocument.parse(Array(KairosCommand._dumpHelp().utf8))
    guard let root = dump.root["command"] else { return [] }
    return pages(root, under: [], date: date)
  }

  private static func pages(
    _ command: JSONValue, under parents: [String], date: String
  ) -> [(name: String, text: String)] {
    let name = command["commandName"]?.string ?? ""
    let children = ManualPage.shown(command["subcommands"])
      .filter { $0["commandName"]?.string != "help" }
    let page = ManualPage(command: command, parents: parents, children: children)
    return [(page.name, page.text(date: date))]
      + children.flatMap { pages($0, under: parents + [name], date: date) }
  }
}
