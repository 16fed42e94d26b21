import Ingest
import KairosModel
import KairosTestSupport
import Testing

/// The schema of observation feeds.
@Suite struct ObservationFeedTests {
  private func feed(_ more: String, kind: String = "tool", value: String = "\"3\"") -> String {
    #"{"id":"o1","at":"2026-01-05T12:00:00Z","kind":"\#(kind)","subject":"key12","#
      + #""predicate":"sim.value","value":\#(value)\#(more)}"#
  }

  @Test func requiredMembersAreEnough() throws {
    let result = read([feed("")], .observations)
    let observation = try #require(result.observations.first)
    #expect(observation.slot.subject == "key12" && observation.slot.predicate == "sim.value")
    #expect(observation.slot.scope.project == "dir:lamp")
    #expect(observation.value == "3" && observation.lineage == "o1")
    #expect(observation.statement == "key12 sim.value is `3`.")
    #expect(observation.at == Build.start)
    #expect(result.events.isEmpty)
  }

  @Test func whatKairosExportedIsNoFeed() {
    let fact = feed(#","schema":"kairos.fact/1""#)
    #expect(IngestStage.detect(head: Array(fact.utf8), path: "facts.jsonl") == nil)
    #expect(
      IngestStage.detect(head: Array(feed("").utf8), path: "feed.jsonl")?.format == .observations)
  }

  @Test func optionalMembersAreTaken() throws {
    let line = feed(
      #","session":"s1","content_id":"m1","statement":"Use 3.","fact_kind":"version","#
        + #""polarity":"negated","hedge":1,"path":"src","novelty":[]"#)
    let observation = try #require(read([line], .observations).observations.first)
    #expect(observation.session == "s1" && observation.lineage == "m1")
    #expect(observation.statement == "Use 3." && observation.kind == .version)
    #expect(observation.polarity == .negated && observation.hedge == 1)
    #expect(observation.slot.scope.path == "src")
  }

  @Test(arguments: [
    ("workspace", Actor.workspace, Modality.asserted, true), ("tool", .tool, .asserted, true),
    ("human", .human, .asserted, false), ("assistant", .assistant, .asserted, false),
    ("assistant-hedged", .assistant, .hedged, false), ("plan", .assistant, .planned, false),
    ("external", .external, .asserted, false),
  ])
  func kindsNameTheVoice(kind: String, actor: Actor, modality: Modality, grounded: Bool) throws {
    let observation = try #require(read([feed("", kind: kind)], .observations).observations.first)
    #expect(observation.actor == actor && observation.modality == modality)
    #expect(observation.grounded == grounded)
  }

  @Test(arguments: [("7", "7"), ("-2.50", "-2.50"), (#""a/b""#, "a/b")])
  func valuesKeepTheirText(json: String, text: String) {
    #expect(read([feed("", value: json)], .observations).observations.map(\.value) == [text])
  }

  @Test(arguments: [
    ("memory/12/3", true), ("memory/key12/3", true), ("memory/2/3", false), ("memory/12/4", false),
    ("o77", true), ("memory/13/3", false),
  ])
  func memoriesThatSaySomethingElseAreNoExposure(entry: String, isExposed: Bool) {
    let line = feed(#","in_context":["\#(entry)"]"#)
    #expect(
      read([line], .observations).observations.map(\.exposure) == [isExposed ? [entry] : []])
  }

  @Test(arguments: ["id", "at", "kind", "subject", "predicate", "value"])
  func aMissingMemberIsNamedAndTheRestIsRead(member: String) {
    let broken = feed("").replacing("\"\(member)\":", with: "\"x\":")
    let result = read([broken, feed("")], .observations)
    #expect(result.observations.count == 1)
    #expect(result.counts.badLines == 1)
    #expect(result.codes == ["bad-observation"])
    #expect(result.findings[0].location == "line 1")
  }
}
