import KairosModel
import KairosPipeline

extension Invocation {
  /// Where agents keep transcripts on this machine.
  var agents: AgentSearch {
    AgentSearch(home: surroundings.home, environment: surroundings.environment)
  }
}

/// What the homes of agents hold, a line an agent.
enum AgentTable {
  static func lines(_ listings: [AgentListing]) -> [String] {
    let agentWidth = listings.map(\.agent.count).max() ?? 0
    let counts = listings.map { "\($0.files) \($0.files == 1 ? "file" : "files")" }
    let countWidth = counts.map(\.count).max() ?? 0
    return listings.enumerated().map { index, listing in
      let parts = parts(of: listing).joined(separator: ", ")
      return Printable.line(
        "\(FactTable.padded(listing.agent, agentWidth))  "
          + "\(FactTable.padded(counts[index], countWidth))  \(parts)")
    }
  }

  private static func parts(of listing: AgentListing) -> [String] {
    let unchanged = listing.unchanged > 0 ? " (\(listing.unchanged) unchanged)" : ""
    return [
      (listing.taken, "taken\(unchanged)"), (listing.others, "of other projects"),
      (listing.nowhere, "without a folder (give the path to read them)"),
      (listing.unknown, "of no known format"), (listing.unreadable, "not readable"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  static func write(_ listings: [AgentListing], to json: inout CanonicalJSON) {
    json.key("agents")
    json.array(listings) { $1.write(to: &$0) }
  }
}
