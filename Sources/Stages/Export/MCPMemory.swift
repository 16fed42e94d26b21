import KairosJSON
import KairosModel

/// The knowledge graph of the reference memory server: one entity for the project, one for each
/// subject, facts as their observations, and a relation from each subject to the project.
///
/// The server rewrites its whole file and knows no comments, so the names of entities mark what is
/// kairos's: they begin with `kairos:`. All other lines stay as they are.
struct MCPMemory {
  private static let mark = "kairos:"

  /// The file with the entities of `facts`, which are firm and sorted, strongest first.
  static func bytes(facts: [Fact], snapshot: SnapshotManifest, existing: [UInt8]) -> [UInt8] {
    let project = mark + snapshot.project
    var observations: [String: [String]] = [project: []]
    for fact in facts {
      let place = fact.checkedPlace ?? fact.lastSeen?.dateText
      observations[entity(fact, project), default: []].append(
        fact.statement + (place.map { " [\($0)]" } ?? ""))
    }
    let names = observations.keys.sorted()
    let entities = names.map { name in
      record(entity: name, type: type(name, project), observations[name] ?? [])
    }
    let relations = names.filter { $0 != project }.map { record(from: $0, to: project) }
    return kept(existing, project: project) + (entities + relations).flatMap { $0 + [0x0a] }
  }

  private static func entity(_ fact: Fact, _ project: String) -> String {
    let subject = fact.slot.subject
    let scope = fact.slot.scope.path.map { "\($0)/" } ?? ""
    return subject == "project" && scope.isEmpty ? project : "\(project)#\(scope)\(subject)"
  }

  /// `path`, `symbol`, `topic` and so on, as the subject says.
  private static func type(_ name: String, _ project: String) -> String {
    guard name != project else { return "project" }
    let subject = name.dropFirst(project.count + 1)
    guard let colon = subject.firstIndex(of: ":") else { return "subject" }
    return String(subject[..<colon].split(separator: "/").last ?? "subject")
  }

  private static func record(entity: String, type: String, _ observations: [String]) -> [UInt8] {
    CanonicalJSON.object {
      $0.member("type", "entity")
      $0.member("name", entity)
      $0.member("entityType", type)
      $0.member("observations", observations)
    }.bytes
  }

  private static func record(from: String, to: String) -> [UInt8] {
    CanonicalJSON.object {
      $0.member("type", "relation")
      $0.member("from", from)
      $0.member("to", to)
      $0.member("relationType", "belongs_to")
    }.bytes
  }

  /// Every line but those of this project's entities, with a newline at the end of the last.
  ///
  /// A relation that somebody else drew to one of them stays: the server does not ask for its ends
  /// when it reads.
  private static func kept(_ existing: [UInt8], project: String) -> [UInt8] {
    var out: [UInt8] = []
    for line in existing.split(separator: 0x0a, omittingEmptySubsequences: false)
    where !isOwn(Array(line), project) {
      out += line + [0x0a]
    }
    // What follows the last newline is no line.
    if existing.isEmpty || existing.last == 0x0a { out.removeLast() }
    return out
  }

  private static func isOwn(_ line: [UInt8], _ project: String) -> Bool {
    guard let root = try? JSONDocument.parse(line).root else { return false }
    switch root["type"]?.string {
    case "entity":
      return root["name"]?.string.map { isOwn($0, project) } ?? false
    case "relation":
      return root["relationType"]?.string == "belongs_to" && root["to"]?.string == project
        && root["from"]?.string.map { isOwn($0, project) } ?? false
    default: return false
    }
  }

  private static func isOwn(_ name: String, _ project: String) -> Bool {
    name == project || name.hasPrefix(project + "#")
  }
}
