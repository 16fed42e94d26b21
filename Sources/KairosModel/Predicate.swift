/// The closed list of questions that slots ask, with what consolidation must know about each.
///
/// Predicates with a qualifier are written `base.qualifier` (`command.test`, `version.go`); the
/// base decides.
public struct Predicate: Sendable, Equatable {
  /// Whether a slot holds one value at a time or many side by side. Many is the default: a wrong
  /// "one" kills true facts.
  public enum Cardinality: String, Sendable { case one, many }
  /// How often the answer changes: how fast unconfirmed belief fades.
  public enum Hazard: String, Sendable { case slow, normal, fast }

  public let base: String
  public let cardinality: Cardinality
  public let hazard: Hazard
  /// Files list all values (a manifest lists all dependencies), so silence of the newest
  /// workspace state refutes a value that only files or outcomes supported.
  public let enumeratedByFiles: Bool

  /// Every base with its meaning.
  public static let all: [Predicate] = [
    // A command line that does something; qualifier: build, test, lint, format, run, …
    .init("command", .many, .normal, enumerated: true),
    // The one task runner, package manager, formatter, …; qualifier: its role.
    .init("tool", .many, .slow, enumerated: true),
    // The version of a language or tool; qualifier: its name.
    .init("version", .one, .normal, enumerated: true),
    // A direct dependency; subject: project; value: name and version.
    .init("dependency", .one, .normal, enumerated: true),
    // Identity of the project's package or module; qualifier: ecosystem.
    .init("module", .one, .slow, enumerated: true),
    // A setting and its value in a settings file; qualifier: key.
    .init("setting", .one, .normal, enumerated: true),
    // What a CI job or release workflow does.
    .init("workflow", .many, .normal, enumerated: true),
    // Where things are.
    .init("layout", .many, .slow, enumerated: true),
    // What a file, package or symbol is for.
    .init("purpose", .many, .slow, enumerated: false),
    // A rule that people gave: convention, preference, decision, gotcha (free text).
    .init("rule", .many, .slow, enumerated: false),
    // A declarative statement about a named thing (free text).
    .init("statement", .many, .normal, enumerated: false),
    // What made an error go away; subject: the error's signature.
    .init("fix", .many, .normal, enumerated: false),
    // A name that replaced another; subject: the old name.
    .init("renamed", .one, .slow, enumerated: false),
    // A path that was removed; subject: the path.
    .init("removed", .one, .slow, enumerated: false),
    // Values of foreign observation streams; also `<word>.value`.
    .init("value", .one, .normal, enumerated: false),
  ]

  /// What `predicate` asks. A foreign stream's own word with the ending `.value` has one value at a
  /// time; any other unknown word many, and is normal.
  public static func of(_ predicate: String) -> Predicate {
    let base = predicate.prefix { $0 != "." }
    if let known = byBase[String(base)] { return known }
    let isValue = predicate.hasSuffix(".value")
    return .init(String(base), isValue ? .one : .many, .normal, enumerated: false)
  }

  private static let byBase = Dictionary(uniqueKeysWithValues: all.map { ($0.base, $0) })

  private init(_ base: String, _ cardinality: Cardinality, _ hazard: Hazard, enumerated: Bool) {
    self.base = base
    self.cardinality = cardinality
    self.hazard = hazard
    enumeratedByFiles = enumerated
  }
}
