import KairosModel

/// What checked beliefs allow to promise about others of their kind.
public enum Certificate: Sendable, Equatable {
  /// Beliefs of at least `thresholdQ16` log-odds are right in the promised share of cases.
  case certified(thresholdQ16: Int64)
  /// No promise: `missing` more checked beliefs are needed before one is possible.
  case tooFew(missing: Int)
  /// No promise: enough were checked, and at every threshold too many were wrong.
  case unattainable

  /// Whether a promise can be made.
  public var isCertified: Bool {
    if case .certified = self { true } else { false }
  }
}

/// The certificates of all strata, from samples of what was believed before files told the truth.
///
/// For each stratum twelve thresholds are tried, fixed by how many beliefs reach them and not by
/// which were right; the lowest one whose errors pass the exact binomial test, at a twelfth of the
/// allowed chance each, is the certificate. Where the share of right ones reaches the target but
/// the sample is too small to be sure, more are needed; where it does not, there is none. Beliefs
/// about questions that files never answered get none.
public struct CertificateTable: Sendable, Equatable {
  /// What is known about one stratum.
  public struct Row: Sendable, Equatable {
    public let stratum: Stratum
    public let samples: Int
    public let right: Int
    public let certificate: Certificate
    /// Whether the samples of the stratum itself were too few and those of all questions with the
    /// same kind of evidence decide.
    public let isShared: Bool
  }

  /// The share of right ones that is promised, in thousandths.
  public static let targetPermille: UInt64 = 950
  /// The promise may fail once in so many times.
  public static let failsOneIn: UInt64 = 10
  private static let thresholdCount = 12
  private static let test = ExactBinomial(
    rightPermille: targetPermille, oneIn: failsOneIn * UInt64(thresholdCount))
  /// The smallest number of samples that could pass.
  public static let samplesMin = test.samplesMin

  /// Sorted by stratum.
  public let rows: [Row]

  public init(_ samples: [CalibrationSample] = []) {
    var byStratum: [Stratum: [CalibrationSample]] = [:]
    var byEvidence: [Bool: [CalibrationSample]] = [:]
    for sample in samples {
      byStratum[sample.stratum, default: []].append(sample)
      byEvidence[sample.stratum.isGrounded, default: []].append(sample)
    }
    let shared = byEvidence.mapValues(Self.certificate)
    rows = byStratum.sorted { $0.key < $1.key }.map { stratum, own in
      let isShared = own.count < Self.samplesMin
      return Row(
        stratum: stratum, samples: own.count, right: own.count { $0.isRight },
        certificate: isShared
          ? shared[stratum.isGrounded] ?? Self.certificate(own) : Self.certificate(own),
        isShared: isShared)
    }
  }

  /// The certificate for beliefs of `stratum`.
  public func certificate(_ stratum: Stratum) -> Certificate {
    rows.first { $0.stratum == stratum }?.certificate ?? .tooFew(missing: Self.samplesMin)
  }

  /// All thresholds as one text, for the digest of what results depend on.
  public var canonicalText: String {
    rows.map { row in
      "\(row.stratum.predicate) \(row.stratum.isGrounded) \(row.certificate)"
    }.joined(separator: "\n")
  }

  private static func certificate(_ samples: [CalibrationSample]) -> Certificate {
    guard samples.count >= samplesMin else {
      return .tooFew(missing: samplesMin - samples.count)
    }
    let sorted = samples.sorted {
      $0.logOddsQ16 == $1.logOddsQ16 ? !$0.isRight && $1.isRight : $0.logOddsQ16 > $1.logOddsQ16
    }
    var lowest: Int64?
    var missing: Int?
    for threshold in thresholds(sorted) {
      let reached = sorted.prefix { $0.logOddsQ16 >= threshold }
      let wrong = reached.count { !$0.isRight }
      if let allowed = test.allowedErrors(reached.count), wrong <= allowed {
        lowest = min(lowest ?? threshold, threshold)
      } else if let factor = factor(samples: reached.count, wrong: wrong) {
        missing = min(missing ?? .max, samples.count * (factor - 1))
      }
    }
    if let lowest { return .certified(thresholdQ16: lowest) }
    return missing.map { .tooFew(missing: $0) } ?? .unattainable
  }

  /// How many times as many samples with the same share of errors would pass; `nil` when the share
  /// itself misses the target.
  private static func factor(samples: Int, wrong: Int) -> Int? {
    (2...32).first { factor in
      test.allowedErrors(samples * factor).map { wrong * factor <= $0 } ?? false
    }
  }

  /// Thresholds that equally spaced numbers of beliefs reach, from few to all.
  private static func thresholds(_ sorted: [CalibrationSample]) -> Set<Int64> {
    let least = min(samplesMin * 13 / 10, sorted.count)
    let steps = thresholdCount - 1
    return Set(
      (0...steps).map { step in
        let reached = least + (sorted.count - least) * step / steps
        return sorted[reached - 1].logOddsQ16
      })
  }
}
