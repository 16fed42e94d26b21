import KairosModel

/// A name that replaced another everywhere in a session: the same exchange of one identifier in
/// several edits, never undone.
struct IdentifierRenames: SessionRule {
  let name = "identifier-renames"

  /// Fewer edits may be coincidence.
  private static let editsMin = 3
  private static let bytesMax = 20_000

  /// One identifier in the place of another.
  private struct Exchange: Hashable {
    let old: String
    let new: String
  }

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var counts: [Exchange: Int] = [:]
    var last: [Exchange: Event] = [:]
    for event in session.events {
      guard case .edit(let edit) = event.body, edit.action == .update,
        let exchange = Self.exchange(edit.before, edit.after)
      else { continue }
      counts[exchange, default: 0] += 1
      last[exchange] = event
    }
    let chosen = counts.filter { exchange, count in
      count >= Self.editsMin && counts[Exchange(old: exchange.new, new: exchange.old)] == nil
        && isGone(exchange, context.index)
    }.keys.sorted { ($0.old, $0.new) < ($1.old, $1.new) }
    return chosen.compactMap { exchange in
      last[exchange].map { observation(exchange, $0, context) }
    }
  }

  /// The newest tree has the new name and not the old one.
  private func isGone(_ exchange: Exchange, _ index: WorkspaceIndex?) -> Bool {
    guard let index else { return true }
    return index.definitions(of: exchange.old).isEmpty
      && index.file(containing: exchange.new) != nil
  }

  /// The one identifier whose exchange turns `before` into `after`; `nil` when more changed.
  private static func exchange(_ before: String, _ after: String) -> Exchange? {
    guard !before.isEmpty, before.utf8.count <= bytesMax, after.utf8.count <= bytesMax else {
      return nil
    }
    let (old, new) = (pieces(before), pieces(after))
    guard old.count == new.count else { return nil }
    var found: Exchange?
    for (left, right) in zip(old, new) where left != right {
      let exchange = Exchange(old: String(left), new: String(right))
      guard isName(left), isName(right), found == nil || found == exchange else { return nil }
      found = exchange
    }
    return found
  }

  /// Words of identifiers and everything between them, in order.
  private static func pieces(_ text: String) -> [Substring] {
    var pieces: [Substring] = []
    var rest = Substring(text)
    while let first = rest.first {
      let isWord = isPart(first)
      let piece = rest.prefix { isPart($0) == isWord }
      pieces.append(piece)
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// An identifier with a spelling of its own; short words are exchanged for many reasons.
  private static func isName(_ text: Substring) -> Bool {
    text.utf8.count >= 6 && text.first?.isNumber == false
      && (Names.hasHump(text) || text.contains("_"))
  }

  private func observation(
    _ exchange: Exchange, _ event: Event, _ context: ExtractContext
  ) -> Observation {
    let statement = "`\(exchange.old)` was renamed to `\(exchange.new)`."
    return Observation(
      rule: name, kind: .layout,
      slot: Slot(
        scope: context.scope, subject: "symbol:" + exchange.old, predicate: "renamed"),
      value: exchange.new, statement: statement, actor: .tool, grounded: true,
      session: event.session, lineage: event.id, at: event.at,
      evidence: Evidence(
        place: event.place, session: event.session, event: event.id, actor: .tool, at: event.at,
        quote: statement))
  }
}
