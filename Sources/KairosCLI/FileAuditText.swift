import KairosModel
import KairosPipeline

/// What `kairos doctor --audit PATH…` prints.
struct FileAuditText {
  let report: AuditReport

  /// Prints the report as data and a summary as talk.
  func show(_ format: DoctorCommand.Format, _ talk: Talk) {
    switch format {
    case .text: for line in lines { talk.data(Printable.line(line)) }
    case .json: talk.data(json.text)
    case .sarif: talk.data(AuditSARIF(report: report).json.text)
    }
    talk.findings(report.notes)
    let counts = AuditRule.allCases.compactMap { rule -> String? in
      let count = report.findings.count { $0.rule == rule }
      return count == 0 ? nil : "\(count) \(rule.rawValue)"
    }
    talk.say(
      "\(report.files.count.counted("file")), \(report.statements.counted("statement")): "
        + (counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")))
  }

  private var lines: [String] {
    report.findings.flatMap { finding -> [String] in
      var lines = [
        "\(Self.text(finding.place)): \(finding.rule.severity.rawValue): \(finding.message) "
          + "[\(finding.rule.rawValue)]",
        "    \(finding.evidence)",
      ]
      if let related = finding.related {
        lines.append("    \(Self.text(related)): \(finding.relatedEvidence ?? "")")
      }
      return lines
    }
  }

  private static func text(_ place: AuditPlace) -> String {
    "\(place.path):\(place.lines.lowerBound)"
  }

  private var json: CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.file-audit/1")
      $0.member("files", report.files)
      $0.member("statements", report.statements)
      $0.key("findings")
      $0.array(report.findings) { json, finding in
        json.object {
          $0.member("rule", finding.rule.rawValue)
          $0.member("severity", finding.rule.severity.rawValue)
          $0.member("path", finding.place.path)
          $0.member("line", finding.place.lines.lowerBound)
          $0.member("message", finding.message)
          $0.member("evidence", finding.evidence)
          $0.key("related")
          if let related = finding.related {
            $0.object {
              $0.member("path", related.path)
              $0.member("line", related.lines.lowerBound)
              $0.member("evidence", finding.relatedEvidence)
            }
          } else {
            $0.null()
          }
        }
      }
    }
  }
}
