import KairosJSON
import KairosModel
import KairosStore
import Merge
import Promote
import Reconcile

/// Counts how often witnesses were right where files tell, and what that allows to promise.
///
/// Both depend on the observations only, so that an incremental run has the same counts as a full
/// one. Slots that count reliabilities never check the beliefs that were formed with them.
struct CalibrationRun {
  let merge: MergeStage
  let options: ReconcileOptions
  let newest: Timestamp?

  /// The counts, and the certificates of beliefs that were formed with them.
  func result(of store: Store) throws -> (anchors: AnchorTable, certificates: CertificateTable) {
    let keys = try store.slotsWithFilesAndVoices().filter(Self.hasOneValue)
    var options = options
    let counting = ReconcileStage(options: options, workspace: nil, newestEvidence: newest)
    var anchors = AnchorTable()
    for key in keys {
      for comparison in counting.anchors(of: try claims(key, store)) { anchors.add(comparison) }
    }
    options.anchors = anchors
    let believing = ReconcileStage(options: options, workspace: nil, newestEvidence: newest)
    var samples: [CalibrationSample] = []
    for key in keys {
      if let sample = believing.calibrationSample(of: try claims(key, store)) {
        samples.append(sample)
      }
    }
    return (anchors, CertificateTable(samples))
  }

  private func claims(_ key: String, _ store: Store) throws -> [Claim] {
    let observations = try store.observations(slot: key)
    guard let slot = observations.first?.slot else { return [] }
    return merge.claims(slot: slot, observations: observations).claims
  }

  /// A slot's key ends with its predicate.
  private static func hasOneValue(_ key: String) -> Bool {
    let predicate = key.split(separator: "\u{1f}", omittingEmptySubsequences: false).last ?? ""
    return Predicate.of(String(predicate)).cardinality == .one
  }
}

/// What the last consolidation could promise, as `status` and `explain` tell it.
public struct CalibrationReport: Sendable, Equatable {
  /// One kind of answers whose beliefs files have checked.
  public struct Row: Sendable, Equatable {
    public let stratum: Stratum
    /// Beliefs that files checked, and how many of them were right.
    public let samples: Int
    public let right: Int
    /// Log-odds from which the promise holds, in 1/65,536 nat; `nil` when there is none.
    public let thresholdQ16: Int64?
    /// Checked beliefs that are missing before a promise is possible; 0 when enough were checked.
    public let missing: Int
  }

  public let rows: [Row]
  /// The promised share of right beliefs, in thousandths, and the smallest sample for it.
  public let targetPermille: Int
  public let samplesMin: Int

  init(_ table: CertificateTable) {
    rows = table.rows.map { row in
      var threshold: Int64?
      var missing = 0
      switch row.certificate {
      case .certified(let value): threshold = value
      case .tooFew(let count): missing = count
      case .unattainable: break
      }
      return Row(
        stratum: row.stratum, samples: row.samples, right: row.right, thresholdQ16: threshold,
        missing: missing)
    }
    targetPermille = Int(CertificateTable.targetPermille)
    samplesMin = CertificateTable.samplesMin
  }

  /// What is promised about a fact, as a sentence.
  public func sentence(for stratum: Stratum) -> String {
    guard let row = rows.first(where: { $0.stratum == stratum }) else {
      return "not certified: files have checked no answer of this kind (\(samplesMin) needed)"
    }
    let checked = "\(row.right) of \(row.samples) checked answers of this kind were right"
    guard row.thresholdQ16 != nil else {
      return row.missing > 0
        ? "not certified: \(checked), \(row.missing) more needed" : "not certified: \(checked)"
    }
    return "at \(targetPermille / 10) %: \(checked)"
  }
}

extension CalibrationReport: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("target_permille", targetPermille)
      $0.member("samples_min", samplesMin)
      $0.key("strata")
      $0.array(rows) { json, row in
        json.object {
          $0.member("predicate", row.stratum.predicate)
          $0.member("grounded", row.stratum.isGrounded)
          $0.member("samples", row.samples)
          $0.member("right", row.right)
          $0.key("threshold_q16")
          if let threshold = row.thresholdQ16 { $0.value(threshold) } else { $0.null() }
          $0.member("missing", row.missing)
        }
      }
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("calibration", json)
    targetPermille = Int(try reader.int("target_permille"))
    samplesMin = Int(try reader.int("samples_min"))
    var rows: [Row] = []
    for element in json["strata"]?.elements ?? [] {
      let row = RecordReader("calibration", element)
      rows.append(
        Row(
          stratum: Stratum(
            predicate: try row.string("predicate"), isGrounded: try row.bool("grounded")),
          samples: Int(try row.int("samples")), right: Int(try row.int("right")),
          thresholdQ16: element["threshold_q16"]?.int, missing: Int(try row.int("missing"))))
    }
    self.rows = rows
  }
}

extension Memory {
  /// What the last consolidation could promise; `nil` before the first one.
  public func calibration() throws -> CalibrationReport? {
    try store.meta(Self.calibrationKey).flatMap {
      try? CalibrationReport(canonicalBytes: Array($0.utf8))
    }
  }

  static let calibrationKey = "calibration"
}
