import Foundation
import Ingest
import KairosModel
import KairosTestSupport
import Testing

/// Every reader of transcripts on damaged input: it ends, it stays inside its bytes, and what it
/// read is sound.
@Suite struct FuzzTests {
  static let isFull = ProcessInfo.processInfo.environment["KAIROS_FULL"] == "1"
  static let rounds = Fuzz.rounds(isFull: isFull)

  @Test(arguments: ConformanceCase.all)
  func everyReaderHolds(fixture: ConformanceCase) {
    let corpus = [fixture.bytes] + ConformanceCase.all.map(\.bytes)
    let failure = Fuzz.firstFailure(
      Array(corpus.prefix(1)) + corpus.suffix(2), rounds: Self.rounds, seed: 20_260_105
    ) { Self.isSound(fixture.read($0), count: $0.count) }
    #expect(failure == nil, "\(String(decoding: failure ?? [], as: UTF8.self))")
  }

  /// What must be true of any reading of any bytes.
  static func isSound(_ result: SourceResult, count: Int) -> Bool {
    result.events.allSatisfy { event in
      let bytes = event.place.bytes ?? 0..<0
      return bytes.lowerBound >= 0 && bytes.upperBound <= count
        && (try? Event(canonicalBytes: event.canonicalBytes)) == event
    } && result.cursor.offset <= count
  }

  /// A file that grew by anything is read on from its cursor without harm.
  @Test(arguments: ConformanceCase.all)
  func everyReaderGoesOn(fixture: ConformanceCase) {
    let first = fixture.read(Array(fixture.bytes.prefix(fixture.bytes.count / 2)))
    let failure = Fuzz.firstFailure([fixture.bytes], rounds: Self.rounds, seed: 7) { input in
      Self.isSound(fixture.read(input, chunk: 61, resume: first.cursor), count: input.count)
    }
    #expect(failure == nil)
  }

  @Test func detectionEndsOnEverything() {
    let corpus = ConformanceCase.all.map(\.bytes)
    let failure = Fuzz.firstFailure(corpus, rounds: Self.rounds, seed: 11) { input in
      _ = IngestStage.detect(head: input, path: "/home/ada/x")
      return true
    }
    #expect(failure == nil)
  }

  /// A reader that counts a byte too many is caught: the suite can fail.
  @Test func aBrokenReaderIsCaught() {
    let fixture = ConformanceCase.all[0]
    let failure = Fuzz.firstFailure([fixture.bytes], rounds: Self.rounds, seed: 3) { input in
      let result = fixture.read(input)
      let isBroken = result.counts.badLines > 0
      return Self.isSound(result, count: isBroken ? input.count - 1 - input.count / 2 : input.count)
    }
    #expect(failure != nil)
  }

  @Test(arguments: [
    String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 1_000_000),
    String(repeating: "\"\\", count: 500_000), String(repeating: "\n", count: 500_000),
    "{\"type\":\"user\",\"message\":" + String(repeating: "{\"content\":", count: 300_000),
  ])
  func deepAndHollowTextsEnd(text: String) {
    for format in [SourceFormat.claudeCode, .codex, .openHands, .chatGPT, .aider, .asciicast] {
      let result = read(Array(text.utf8), format)
      #expect(result.events.count <= 500_001)
    }
  }
}

/// Secrets planted in every text of every format: nothing that is kept has one.
@Suite struct PlantedSecretTests {
  // Assembled from parts, so that no scanner takes this file for a leak.
  static let secret = "gh" + "p_q7Zt2Lw9Xk4Rv1" + "Bn8Sd6Pf3Hg5Jc0YmA1zE7"
  static let planted = " use \(secret) now"

  @Test(arguments: ConformanceCase.all)
  func noneIsKept(fixture: ConformanceCase) {
    let places = Self.places(fixture)
    #expect(!places.isEmpty)
    var seen = 0
    for place in places {
      var bytes = fixture.bytes
      bytes.insert(contentsOf: Self.planted.utf8, at: place)
      let result = fixture.read(bytes)
      for text in Self.kept(result) {
        #expect(!text.contains(Self.secret.dropFirst(12)), "byte \(place): \(text)")
        if text.contains("[redacted:github-token:") { seen += 1 }
      }
    }
    #expect(seen > 0, "the plant must reach what is kept")
  }

  /// Everything that leaves a reader.
  private static func kept(_ result: SourceResult) -> [String] {
    let records =
      result.events.map(\.canonicalBytes) + result.observations.map(\.canonicalBytes)
    return records.map { String(decoding: $0, as: UTF8.self) }
      + result.findings.flatMap { [$0.message, $0.path ?? "", $0.location ?? ""] }
      + [result.cursor.state, result.session ?? ""]
  }

  /// The ends of string values, and of lines where the format is no JSON.
  private static func places(_ fixture: ConformanceCase) -> [Int] {
    let bytes = fixture.bytes
    guard fixture.kind != .text || fixture.format == .asciicast else {
      return bytes.indices.filter { bytes[$0] == 0x0a }
    }
    var places: [Int] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\"") else {
        at += 1
        continue
      }
      at += 1
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
        at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
      }
      var next = at + 1
      while next < bytes.count, bytes[next] == 0x20 { next += 1 }
      if next >= bytes.count || bytes[next] != UInt8(ascii: ":") { places.append(at) }
      at += 1
    }
    return places
  }
}
