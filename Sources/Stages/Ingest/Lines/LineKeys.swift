import KairosJSON
import KairosModel

/// Keys for texts without ids: equal for the same text at the same occurrence, so that copies of a
/// session have equal events. Kept across the cut between two readings.
struct LineKeys: Equatable {
  private var occurrences: [String: Int] = [:]

  init() {}

  init(_ json: JSONValue?) {
    for (key, count) in json?["seen"]?.members ?? [] {
      occurrences[key] = count.int.map(Int.init) ?? 0
    }
  }

  /// 80 bits tell the texts of a session apart, and keep the stored state small.
  static func short(_ text: String) -> String { String(SHA256Digest.of(text).hex.prefix(20)) }

  mutating func key(_ format: SourceFormat, _ kind: String, _ text: String) -> String {
    let digest = Self.short(kind + "\u{1f}" + text)
    let count = occurrences[digest, default: 0]
    occurrences[digest] = count + 1
    return "\(format.rawValue):\(digest):\(count)"
  }

  /// Writes the member `seen`.
  func write(to json: inout CanonicalJSON) {
    json.member("seen") {
      for (key, count) in occurrences.sorted(by: { $0.key < $1.key }) { $0.member(key, count) }
    }
  }
}
