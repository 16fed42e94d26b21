/// Beliefs that are calibrated together: answers to one kind of question that rest on someone who
/// looked, or only on what a model says.
public struct Stratum: Hashable, Comparable, Sendable {
  /// The base of the predicate.
  public let predicate: String
  public let isGrounded: Bool

  public init(predicate: String, isGrounded: Bool) {
    self.predicate = predicate
    self.isGrounded = isGrounded
  }

  /// The stratum of a claim: grounded when a tool, a file or a person stands behind it, or a model
  /// that looked.
  public init(of claim: Claim) {
    predicate = Predicate.of(claim.slot.predicate).base
    isGrounded = claim.observations.contains {
      $0.silence == nil && ($0.grounded || $0.actor == .human)
    }
  }

  /// A total order, so that output never depends on hashing.
  public static func < (left: Stratum, right: Stratum) -> Bool {
    left.predicate == right.predicate
      ? !left.isGrounded && right.isGrounded : left.predicate < right.predicate
  }
}

/// A belief that files later confirmed or refuted: what was believed before the files were seen.
public struct CalibrationSample: Sendable, Equatable {
  public let stratum: Stratum
  /// How strongly it was believed, in 1/65,536 nat.
  public let logOddsQ16: Int64
  public let isRight: Bool

  public init(stratum: Stratum, logOddsQ16: Int64, isRight: Bool) {
    self.stratum = stratum
    self.logOddsQ16 = logOddsQ16
    self.isRight = isRight
  }
}
