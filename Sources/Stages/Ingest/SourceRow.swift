/// What people should know of one format, as its adapter declares it; `docs/sources.md` is made
/// from these rows.
public struct SourceRow: Sendable, Equatable {
  public let format: SourceFormat
  /// The program that writes it.
  public let agent: String
  /// Where the files lie, with the variables that move them.
  public let place: String
  /// What is taken from them, and what the format does not tell.
  public let reads: String

  public init(format: SourceFormat, agent: String, place: String, reads: String) {
    self.format = format
    self.agent = agent
    self.place = place
    self.reads = reads
  }
}
