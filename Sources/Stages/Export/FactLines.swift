import KairosModel

/// Facts as JSON lines of schema `kairos.fact/1`.
enum FactLines {
  /// One canonical record a line, in the given order.
  static func bytes(_ records: [some CanonicalRecord]) -> [UInt8] {
    records.flatMap { $0.canonicalBytes + [0x0a] }
  }
}
