import KairosModel
import KairosPipeline

/// An audit's report in the Static Analysis Results Interchange Format 2.1.0 (OASIS), which code
/// hosts and editors show beside the lines.
struct AuditSARIF {
  let report: AuditReport

  /// Stands for the project's folder, so that no path of this machine is written.
  private static let root = "WORKSPACE"

  var json: CanonicalJSON {
    CanonicalJSON.object {
      $0.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      $0.member("version", "2.1.0")
      $0.key("runs")
      $0.array([report]) { json, _ in json.object { run(&$0) } }
    }
  }

  private func run(_ json: inout CanonicalJSON) {
    json.member("tool") {
      $0.member("driver") {
        $0.member("name", "kairos")
        $0.member("semanticVersion", KairosVersion.text)
        $0.key("rules")
        $0.array(AuditRule.allCases) { json, rule in json.object { Self.write(rule, &$0) } }
      }
    }
    json.member("columnKind", "unicodeCodePoints")
    json.key("results")
    json.array(report.findings) { json, finding in json.object { write(finding, &$0) } }
  }

  private static func write(_ rule: AuditRule, _ json: inout CanonicalJSON) {
    json.member("id", rule.rawValue)
    json.member("shortDescription") { $0.member("text", rule.title + ".") }
    json.member("help") { $0.member("text", rule.advice) }
    json.member("defaultConfiguration") { $0.member("level", rule.severity.rawValue) }
  }

  private func write(_ finding: AuditFinding, _ json: inout CanonicalJSON) {
    json.member("ruleId", finding.rule.rawValue)
    json.member("ruleIndex", AuditRule.allCases.firstIndex(of: finding.rule) ?? 0)
    json.member("level", finding.rule.severity.rawValue)
    json.member("message") { $0.member("text", finding.message) }
    json.key("locations")
    json.array([finding.place]) { json, place in
      json.object { write(place, finding.evidence, nil, &$0) }
    }
    if let related = finding.related {
      json.key("relatedLocations")
      json.array([related]) { json, place in
        json.object { write(place, finding.relatedEvidence ?? "", "The other statement.", &$0) }
      }
    }
    // Lines move; what was found stays the same.
    json.member("partialFingerprints") {
      let parts = [finding.rule.rawValue, finding.place.path, finding.evidence]
      $0.member("kairosAudit/v1", SHA256Digest.of(parts.joined(separator: "\u{1f}")).hex)
    }
  }

  private func write(
    _ place: AuditPlace, _ snippet: String, _ message: String?, _ json: inout CanonicalJSON
  ) {
    if message != nil { json.member("id", 1) }
    json.member("physicalLocation") {
      $0.member("artifactLocation") {
        let isAbsolute = place.path.hasPrefix("/")
        $0.member("uri", (isAbsolute ? "file://" : "") + Self.encoded(place.path))
        if !isAbsolute { $0.member("uriBaseId", Self.root) }
      }
      $0.member("region") {
        $0.member("startLine", place.lines.lowerBound)
        $0.member("endLine", place.lines.upperBound)
        $0.member("snippet") { $0.member("text", snippet) }
      }
    }
    if let message { json.member("message") { $0.member("text", message) } }
  }

  /// A path as part of a URI (RFC 3986): everything but unreserved characters and slashes encoded.
  private static func encoded(_ path: String) -> String {
    var out = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return out
  }
}
