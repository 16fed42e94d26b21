import KairosModel

/// What may be tuned about promotion. The thresholds are priors, "not certified": they say what is
/// believed until enough verified samples of a project allow a measured guarantee
/// (`CertificateTable`).
public struct PromoteOptions: Sendable, Equatable {
  /// Log-odds from which a claim may be firm: ln 19, a probability of .95.
  public var firmQ16: Int64 = 192_967
  /// How far the passage of time may take a firm fact below that before it is stale: one nat. A
  /// narrow band keeps facts from flipping at every run.
  public var bandQ16: Int64 = FixedPoint.one
  /// Sessions in which a tool must have shown it.
  public var outcomeSessions = 2
  /// Sessions in which a person must have said it, when one clear directive is not enough.
  public var directiveSessions = 2
  /// Sessions and days on which the model must have found it again.
  public var consensusSessions = 3
  public var consensusDays = 2
  /// The most that a fact that is not firm may claim, in parts per million.
  public var tentativePPM = 940_000
  public var retiredPPM = 50_000

  public init() {}

  /// All settings as one line, for the configuration digest.
  public var canonicalText: String {
    let numbers = [
      firmQ16, bandQ16, Int64(outcomeSessions), Int64(directiveSessions),
      Int64(consensusSessions), Int64(consensusDays), Int64(tentativePPM), Int64(retiredPPM),
    ]
    let caps = PromotionRule.allCases.map { "\($0.rawValue)=\($0.confidenceCapPPM)" }
    return "promote/1 " + numbers.map(String.init).joined(separator: ",") + " "
      + caps.joined(separator: ",")
  }
}
