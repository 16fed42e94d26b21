import KairosModel

/// The memory as one page for people: facts by kind, their evidence on a click, a filter by state
/// and a search.
///
/// The page is whole without its script, which only hides what is not asked for; the policy in its
/// head lets the browser load nothing and run no other script. Markers enclose it, so that kairos
/// does not read its own words when it meets the page in a workspace.
struct FactPage {
  let text: String

  /// `facts` of all states, strongest first.
  init(facts: [Fact], snapshot: SnapshotManifest) {
    let label = HTMLText.escaped(Self.title(snapshot))
    let statements = Dictionary(facts.map { ($0.id, $0) }) { first, _ in first }
    let kinds = FactKind.allCases.filter { kind in facts.contains { $0.kind == kind } }
    var html = [
      "<!doctype html>",
      "\(MarkedFile.begin) snapshot=\(snapshot.shortID) -->",
      "<html lang=\"en\">",
      Self.head(label),
      "<body>",
      "<header>",
      "<h1>Memory of <bdi>\(label)</bdi></h1>",
      "<p>\(Self.origin(snapshot))</p>",
      "</header>",
      Self.controls(facts),
      Self.contents(kinds, facts),
      "<main>",
    ]
    for kind in kinds {
      html += Self.section(kind, facts.filter { $0.kind == kind }, statements)
    }
    let nothing = facts.isEmpty ? "There is no fact yet." : "No fact matches."
    html += [
      "<p id=\"nothing\"\(facts.isEmpty ? "" : " hidden")>\(nothing)</p>", "</main>",
      "<footer>Written by kairos \(HTMLText.escaped(snapshot.toolVersion)).</footer>",
      "<script>\(PageParts.script)</script>", "</body>", "</html>",
      MarkedFile.end,
    ]
    text = html.joined(separator: "\n") + "\n"
  }

  private static func title(_ snapshot: SnapshotManifest) -> String {
    let project = snapshot.project
    guard let colon = project.firstIndex(of: ":"), !project.hasPrefix("root:") else {
      return project
    }
    return String(project[project.index(after: colon)...])
  }

  private static func head(_ label: String) -> String {
    let script = HTMLText.policySource(SHA256Digest.of(PageParts.script).bytes)
    let style = HTMLText.policySource(SHA256Digest.of(PageParts.style).bytes)
    return """
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      script-src \(script); style-src \(style); base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Memory of \(label)</title>
      <style>\(PageParts.style)</style>
      </head>
      """
  }

  private static func origin(_ snapshot: SnapshotManifest) -> String {
    let newest = snapshot.newestEvidence.map { ", evidence up to \($0.dateText)" } ?? ""
    return "Snapshot \(snapshot.sequence) <code>\(snapshot.shortID)</code>\(newest)"
  }

  private static func controls(_ facts: [Fact]) -> String {
    let states = FactState.allCases.compactMap { state -> String? in
      let count = facts.count { $0.state == state }
      guard count > 0 else { return nil }
      return "<label><input type=\"checkbox\" name=\"state\" value=\"\(state.rawValue)\" checked> "
        + "\(state.rawValue) <span class=\"count\">\(count)</span></label>"
    }
    return """
      <form role="search">
      <input type="search" id="query" placeholder="Search facts, quotes and files" \
      aria-label="Search" autocomplete="off">
      <fieldset><legend>State</legend>
      \(states.joined(separator: "\n"))
      </fieldset>
      <output id="shown" aria-live="polite"></output>
      </form>
      """
  }

  private static func contents(_ kinds: [FactKind], _ facts: [Fact]) -> String {
    let links = kinds.map { kind in
      "<li><a href=\"#\(kind.rawValue)\">\(kind.title)</a> "
        + "<span class=\"count\">\(facts.count { $0.kind == kind })</span></li>"
    }
    return "<nav aria-label=\"Kinds\"><ul>\n\(links.joined(separator: "\n"))\n</ul></nav>"
  }

  private static func section(
    _ kind: FactKind, _ facts: [Fact], _ all: [String: Fact]
  ) -> [String] {
    ["<section id=\"\(kind.rawValue)\">", "<h2>\(kind.title)</h2>", "<ul class=\"facts\">"]
      + facts.map { PageFact(fact: $0, all: all).text } + ["</ul>", "</section>"]
  }
}
