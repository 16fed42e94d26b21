import KairosModel
import KairosPipeline

/// How snapshots are printed.
enum SnapshotText {
  /// What `create` and `restore` did.
  static func show(
    _ outcome: SnapshotOutcome, _ format: FormatOptions.Format, _ talk: Talk
  ) {
    let entry = outcome.entry
    switch format {
    case .json:
      let json = CanonicalJSON.object {
        $0.member("schema", "kairos.snapshot-outcome/1")
        $0.member("created", outcome.isNew)
        $0.key("snapshot")
        write(entry, to: &$0)
      }
      talk.data(json.text)
    case .text:
      talk.say(
        outcome.isNew
          ? "snapshot \(entry.manifest.sequence) written: \(entry.path)"
          : "nothing has changed since snapshot \(entry.manifest.sequence)")
      talk.data(entry.manifest.id)
    }
  }

  /// One line of a list.
  static func line(_ entry: SnapshotEntry) -> String {
    let manifest = entry.manifest
    return [
      FactTable.padded(String(manifest.sequence), 6), manifest.shortID,
      FactTable.padded(manifest.newestEvidence?.rfc3339 ?? "-", 20), "\(entry.size) bytes",
    ].joined(separator: "  ")
  }

  /// A snapshot as a member of an answer.
  static func write(_ entry: SnapshotEntry, to json: inout CanonicalJSON) {
    json.object {
      $0.member("id", entry.manifest.id)
      $0.member("path", entry.path)
      $0.member("bytes", entry.size)
      $0.key("manifest")
      entry.manifest.write(to: &$0)
    }
  }
}
