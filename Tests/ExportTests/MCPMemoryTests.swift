import KairosJSON
import KairosModel
import Testing

@testable import Export

@Suite("The graph of the memory server")
struct MCPMemoryTests {
  private func render(_ facts: [Fact] = Sample.facts, existing: String = "") throws -> String {
    let result = try ExportStage().render(
      target: .mcpMemory, facts: facts, snapshot: Sample.snapshot,
      existing: [ExportTarget.mcpMemory.path: Array(existing.utf8)])
    return String(decoding: try #require(result.files.first).bytes, as: UTF8.self)
  }

  private func records(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONDocument.parse(String($0)).root }
  }

  @Test("records have the server's members, names are unique, relations have both ends")
  func schema() throws {
    let all = try records(try render())
    let entities = all.filter { $0["type"]?.string == "entity" }
    let relations = all.filter { $0["type"]?.string == "relation" }
    #expect(entities.count + relations.count == all.count)
    for entity in entities {
      #expect(entity.members.map(\.key) == ["type", "name", "entityType", "observations"])
    }
    let names = entities.compactMap { $0["name"]?.string }
    #expect(Set(names).count == entities.count)
    for relation in relations {
      #expect(relation.members.map(\.key) == ["type", "from", "to", "relationType"])
      for end in ["from", "to"] { #expect(names.contains(relation[end]?.string ?? "")) }
    }
    #expect(relations.count == entities.count - 1)
    let observations = entities.flatMap { $0["observations"]?.elements ?? [] }
    #expect(observations.count == 9)
    #expect(entities.contains { $0["entityType"]?.string == "path" })
  }

  static let foreign = [
    "{\"type\":\"entity\",\"name\":\"Ada\",\"entityType\":\"person\",\"observations\":[]}",
    "{\"type\":\"entity\",\"name\":\"kairos:\(Sample.project)x\",\"entityType\":\"project\","
      + "\"observations\":[\"another project\"]}",
    "{\"type\":\"relation\",\"from\":\"Ada\",\"to\":\"kairos:\(Sample.project)\","
      + "\"relationType\":\"maintains\"}",
    "broken {", "",
  ]

  @Test("lines of others stay, own lines of an earlier export go", arguments: ["", "\n"])
  func foreignLines(end: String) throws {
    let others = Self.foreign.joined(separator: "\n")
    let text = try render(existing: others + end)
    #expect(text.hasPrefix(others))
    #expect(try render(existing: text) == text)
    let less = try render([Sample.facts[0]], existing: text)
    #expect(less.hasPrefix(others))
    #expect(!less.contains("steeping"))
    #expect(try render([], existing: text).hasPrefix(others))
  }
}
