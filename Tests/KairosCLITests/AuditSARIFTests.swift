import Foundation
import Testing

/// The report for code hosts has the shape that SARIF 2.1.0 asks for.
@Suite struct AuditSARIFTests {
  @Test func theShapeIsThatOfTheStandard() throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let memory =
      #"# P\n\n- Never push to main on a Friday evening.\n\n"#
      + #"- Push to main on a Friday evening.\n\n[x](gone.md)\n"#
    let command = "kairos doctor --audit . --format sarif"
    let (stdout, _, status) = try sandbox.run(
      "mkdir 'a b' && printf '\(memory)' > 'a b/CLAUDE.md' && \(command)")
    #expect(status == 0)
    let log = try object(JSONSerialization.jsonObject(with: Data(stdout.utf8)))
    #expect(log["version"] as? String == "2.1.0")
    #expect((log["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
    let run = try object(try list(log["runs"]).first)
    let driver = try object(try object(run["tool"])["driver"])
    #expect(driver["name"] as? String == "kairos")
    let rules = try list(driver["rules"]).map { try object($0) }
    for rule in rules {
      #expect(try object(rule["shortDescription"])["text"] is String)
      let level = try object(rule["defaultConfiguration"])["level"] as? String
      #expect(["note", "warning", "error"].contains(level))
    }
    let results = try list(run["results"]).map { try object($0) }
    #expect(results.map { $0["ruleId"] as? String } == ["contradiction", "dead-path"])
    for result in results { try check(result, rules) }
    #expect(try list(results[0]["relatedLocations"]).count == 1)
  }

  private func check(_ result: [String: Any], _ rules: [[String: Any]]) throws {
    let index = try #require(result["ruleIndex"] as? Int)
    #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    #expect(try object(result["message"])["text"] is String)
    let place = try object(try object(try list(result["locations"]).first)["physicalLocation"])
    let artifact = try object(place["artifactLocation"])
    #expect(artifact["uri"] as? String == "a%20b/CLAUDE.md")
    #expect(artifact["uriBaseId"] is String)
    let region = try object(place["region"])
    #expect(region["startLine"] as? Int ?? 0 >= 1)
    #expect(try object(region["snippet"])["text"] is String)
    #expect(try object(result["partialFingerprints"]).count == 1)
  }

  private func object(_ value: Any?) throws -> [String: Any] {
    try #require(value as? [String: Any])
  }

  private func list(_ value: Any?) throws -> [Any] { try #require(value as? [Any]) }
}
