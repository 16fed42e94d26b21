import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos facts`: lists and searches what is known.
struct FactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "List and search facts.",
    discussion: HelpPage.text(
      """
      Lists the firm facts, strongest first; with QUERY only those whose statement, value or \
      subject has all its words. --state shows others: tentative (not enough evidence yet), stale \
      (too long unconfirmed), superseded (something newer replaced it), rejected, or all.

      --format jsonl prints one fact record per line (schema kairos.fact/1), json one object with \
      all of them.
      """,
      examples: [
        ("kairos facts", "every firm fact"),
        ("kairos facts test --kind command", "commands about tests"),
        ("kairos facts --state all retry", "everything ever said about retries"),
        ("kairos facts --as-of 3", "what was known at snapshot 3"),
      ]))

  /// The forms of this command's output.
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, jsonl }

  @OptionGroup var global: GlobalOptions

  @Option(help: "How facts are printed: table, json or jsonl.")
  var format = Format.table

  @Option(
    help: ArgumentHelp(
      "firm, tentative, stale, superseded, rejected or all; several with commas.",
      valueName: "states"), completion: .list(FactState.allCases.map(\.rawValue) + ["all"]))
  var state = "firm"

  @Option(
    help: ArgumentHelp("Only facts of these kinds; several with commas.", valueName: "kinds"),
    completion: .list(FactKind.allCases.map(\.rawValue)))
  var kind: String?

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("Read this snapshot instead of the store.", valueName: "snapshot"))
  var asOf: String?

  @Option(help: ArgumentHelp("Print at most this many.", valueName: "n"))
  var limit: Int?

  @Argument(help: "Words that must occur.")
  var query: [String] = []

  func validate() throws { _ = try filter() }

  func run() async throws {
    try await Invocation.run("facts", global) { invocation in
      var facts = try invocation.memory().facts(try filter(), asOf: asOf)
      let found = facts.count
      if let limit { facts = Array(facts.prefix(max(0, limit))) }
      print(facts, invocation.talk)
      if facts.count < found {
        invocation.talk.say("… and \(found - facts.count) more; leave --limit out to see them")
      } else if facts.isEmpty {
        invocation.talk.say("no fact fits; `--state all` looks at every state")
      }
      return .done
    }
  }

  private func filter() throws -> FactFilter {
    FactFilter(
      words: query.flatMap { $0.split(separator: " ").map(String.init) },
      states: state == "all"
        ? Set(FactState.allCases) : Set(try Self.parse(state, "state", FactState.allCases)),
      kinds: try kind.map { Set(try Self.parse($0, "kind", FactKind.allCases)) })
  }

  private static func parse<T: RawRepresentable>(
    _ text: String, _ what: String, _ all: [T]
  ) throws -> [T] where T.RawValue == String {
    try text.split(separator: ",").map { name in
      guard let value = T(rawValue: String(name)) else {
        let names = all.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("there is no \(what) '\(name)'; known are \(names).")
      }
      return value
    }
  }

  private func print(_ facts: [Fact], _ talk: Talk) {
    switch format {
    case .table:
      for line in FactTable.lines(facts) { talk.data(line) }
    case .jsonl:
      for fact in facts { talk.data(bytes: fact.canonicalBytes + [0x0a]) }
    case .json:
      let json = CanonicalJSON.object {
        $0.member("schema", "kairos.facts/1")
        $0.key("facts")
        $0.array(facts) { $1.write(to: &$0) }
      }
      talk.data(json.text)
    }
  }
}

/// Facts as a table that a person reads: shortest unique id, state, trust, kind, statement.
enum FactTable {
  static func lines(_ facts: [Fact]) -> [String] {
    let ids = shortIDs(facts)
    let states = facts.map(\.state.rawValue)
    let kinds = facts.map(\.kind.rawValue)
    let stateWidth = states.map(\.count).max() ?? 0
    let kindWidth = kinds.map(\.count).max() ?? 0
    return facts.enumerated().map { index, fact in
      [
        ids[index], padded(states[index], stateWidth), percent(fact.confidencePPM),
        padded(kinds[index], kindWidth), Printable.line(fact.statement),
      ].joined(separator: "  ")
    }
  }

  /// Parts per million as per cent with one decimal, without floating point.
  static func percent(_ ppm: Int) -> String {
    let tenths = ppm / 1000
    let text = "\(tenths / 10).\(tenths % 10)%"
    return String(repeating: " ", count: max(0, 6 - text.count)) + text
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Prefixes of one length, at least ten characters, that tell these facts apart.
  private static func shortIDs(_ facts: [Fact]) -> [String] {
    var length = 10
    while length < 22, Set(facts.map { $0.id.prefix(length) }).count < facts.count { length += 1 }
    return facts.map { String($0.id.prefix(length)) }
  }
}
