/// Merged observations that give the same answer to the same slot.
public struct Claim: Sendable, Equatable {
  /// `c_…`, from slot, value and polarity.
  public let id: String
  public let slot: Slot
  public let kind: FactKind
  public let value: String
  public let polarity: Polarity
  /// The clearest wording among the observations.
  public let statement: String
  /// Sorted by time, then id; each observation once.
  public let observations: [Observation]
  /// Why observations with other wordings or values belong here.
  public let merges: [MergeEdge]

  public init(
    slot: Slot, kind: FactKind, value: String, polarity: Polarity, statement: String,
    observations: [Observation], merges: [MergeEdge]
  ) {
    id = Self.id(slot: slot, value: value, polarity: polarity)
    self.slot = slot
    self.kind = kind
    self.value = value
    self.polarity = polarity
    self.statement = statement
    self.observations = observations
    self.merges = merges
  }

  /// The id of the claim that gives this answer.
  public static func id(slot: Slot, value: String, polarity: Polarity) -> String {
    ContentID.make("c", slot.key, value, polarity.rawValue)
  }
}

/// One merge: which value joined and by which reason, so that it can be explained and undone.
public struct MergeEdge: Sendable, Equatable {
  public let from: String
  public let into: String
  public let reason: String

  public init(from: String, into: String, reason: String) {
    self.from = from
    self.into = into
    self.reason = reason
  }
}

/// How a conflict between claims ended.
public enum Disposition: String, Sendable, CaseIterable {
  case none, supersede
  case keepBoth = "keep-both"
  case reject
  case refutedByWorkspace = "refuted-by-workspace"
  case needsReview = "needs-review"
}

/// How an observation ended when its slot was reconciled.
public enum ObservationLabel: String, Sendable { case valid, superseded, erroneous }

/// One addend of a claim's log-odds, in units of 1/65,536 nat.
public struct Weight: Sendable, Equatable {
  public let observation: String
  public let weightQ16: Int64
  /// Why it is less than a full vote: same session, same class, echo, no voice; empty for a full
  /// one. For an addend that no single observation makes (`observation` is empty), what makes it.
  public let discount: String

  public init(observation: String, weightQ16: Int64, discount: String) {
    self.observation = observation
    self.weightQ16 = weightQ16
    self.discount = discount
  }
}

/// Whether the paths, symbols, commands and words that a claim names exist.
public enum NamedThings: String, Sendable, CaseIterable {
  /// There is no workspace to ask.
  case unchecked
  /// It names nothing that files could confirm.
  case none
  /// All of them exist.
  case exist
  /// Every path, symbol and task exists; a plain word or a foreign command was not found.
  case mostly
  /// A path or symbol was not found, but may be outside the tree, generated, or rightly gone.
  case open
  /// A path, symbol or task that it relies on exists nowhere.
  case gone
}

/// A claim after its slot was reconciled.
public struct ReconciledClaim: Sendable, Equatable {
  public let claim: Claim
  public let disposition: Disposition
  /// Log-odds that the claim holds now, in 1/65,536 nat; the listed weights add up to it exactly.
  public let logOddsQ16: Int64
  public let weights: [Weight]
  public let labels: [String: ObservationLabel]
  public let validFrom: Timestamp?
  public let validTo: Timestamp?
  /// Claims that this one replaced, and the one that replaced it.
  public let supersedes: [String]
  public let supersededBy: String?
  /// Set when the newest workspace state proves the claim or what it names.
  public let verified: Verification?
  /// Whether the things that the claim names exist in the newest workspace state.
  public let named: NamedThings
  /// Log-odds right after the slot's last evidence; `logOddsQ16` is what time left of it.
  public let lastEvidenceLogOddsQ16: Int64
  /// A sentence for people.
  public let reason: String

  public init(
    claim: Claim, disposition: Disposition, logOddsQ16: Int64, weights: [Weight],
    labels: [String: ObservationLabel], validFrom: Timestamp?, validTo: Timestamp?,
    supersedes: [String], supersededBy: String?, verified: Verification?,
    named: NamedThings = .unchecked, lastEvidenceLogOddsQ16: Int64? = nil, reason: String
  ) {
    self.claim = claim
    self.disposition = disposition
    self.logOddsQ16 = logOddsQ16
    self.weights = weights
    self.labels = labels
    self.validFrom = validFrom
    self.validTo = validTo
    self.supersedes = supersedes
    self.supersededBy = supersededBy
    self.verified = verified
    self.named = named
    self.lastEvidenceLogOddsQ16 = lastEvidenceLogOddsQ16 ?? logOddsQ16
    self.reason = reason
  }
}

/// Where a workspace state proves a claim.
public struct Verification: Sendable, Equatable {
  /// How much of the claim the files prove.
  public enum Extent: String, Sendable {
    /// A file says exactly this (a task in a manifest, a pinned version).
    case value
    /// Every thing that the statement names exists; the statement itself is not proven.
    case mentions
  }

  public let extent: Extent
  public let commit: String?
  public let dirty: Bool
  public let path: String
  public let lines: ClosedRange<Int>?
  public let digest: String

  public init(
    extent: Extent, commit: String?, dirty: Bool, path: String, lines: ClosedRange<Int>?,
    digest: String
  ) {
    self.extent = extent
    self.commit = commit
    self.dirty = dirty
    self.path = path
    self.lines = lines
    self.digest = digest
  }
}
