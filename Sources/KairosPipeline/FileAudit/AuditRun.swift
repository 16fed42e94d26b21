import KairosModel
import KairosRedaction
import KairosSources

/// Checks memory files of any agent. Reads only, and needs no memory of kairos.
public enum MemoryAudit {
  /// Everything that is wrong with the files of the request.
  public static func run(_ request: AuditRequest) throws -> AuditReport {
    let found = try AuditedFiles(request)
    let redactor = Redactor(key: "audit")
    let statements = found.files.flatMap { AuditStatement.all(in: $0) }
    var findings: [AuditFinding] = []
    for file in found.files {
      findings += HiddenCharacters.findings(in: file)
      findings += SecretsInMemory.findings(in: file, redactor)
      findings += RelativeDates.findings(in: file)
      findings += RecallPhrases.findings(in: file)
      findings += MemoryBudget.findings(in: file)
    }
    findings += StatementComparison(statements).findings
    if found.files.contains(where: { $0.inside != nil && $0.form == .markdown }) {
      let scan = try WorkspaceScanner(redactor: redactor).scan(directory: request.workspace)
      let names = NamedInMemory(index: WorkspaceIndex(scan.workspace), root: request.workspace)
      for file in found.files { findings += names.findings(in: file) }
    }
    return AuditReport(
      files: found.files.map(\.shown), statements: statements.count,
      findings: findings.map { $0.redacted(redactor) }.sorted(by: order), notes: found.notes)
  }

  private static func order(_ left: AuditFinding, _ right: AuditFinding) -> Bool {
    (left.place.path, left.place.lines.lowerBound, left.rule.rawValue, left.message)
      < (right.place.path, right.place.lines.lowerBound, right.rule.rawValue, right.message)
  }
}

extension AuditFinding {
  /// Without the secrets that its words may hold.
  fileprivate func redacted(_ redactor: Redactor) -> AuditFinding {
    AuditFinding(
      rule, place, redactor.redact(message), evidence: redactor.redact(evidence),
      related: related, relatedEvidence: relatedEvidence.map(redactor.redact))
  }
}
