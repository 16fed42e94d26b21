/// The head of a rule or skill: fixed keys with plain values.
///
/// It depends on what a file is about and not on its facts, since it stands outside the markers: a
/// person may change it, and no later export does.
struct FrontMatter {
  private static let keys = ["name", "description", "globs", "alwaysApply"]

  /// In the order of writing.
  let members: [(key: String, value: String)]

  /// The head with its fences, a newline at its end.
  var text: String {
    let lines = members.map { $0.value.isEmpty ? "\($0.key):" : "\($0.key): \($0.value)" }
    return (["---"] + lines + ["---"]).joined(separator: "\n") + "\n"
  }

  /// Whether exports write such a line.
  static func isOwn(_ line: some StringProtocol) -> Bool {
    keys.contains { line.hasPrefix($0 + ":") }
  }
}
