import Foundation
import Ingest
import KairosModel
import KairosRedaction
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Recordings of commands: what is kept, and that the adapter reads it back.
@Suite struct TerminalRecordingTests {
  private let redactor = Redactor(key: "p")

  private func recording(_ arguments: [String] = ["make", "test"]) -> TerminalRecording {
    TerminalRecording(
      .init(
        arguments: arguments, folder: "/src/lamp", columns: 80, rows: 24, startedAt: Build.start))
  }

  private func file(
    _ chunks: [String], arguments: [String] = ["make", "test"], exitCode: Int32 = 0
  ) -> String {
    var recording = recording(arguments)
    for (index, chunk) in chunks.enumerated() {
      recording.print(Array(chunk.utf8), after: Int64(index) * 250)
    }
    let bytes = recording.finish(exitCode: exitCode, after: 1500, redactor: redactor)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func isAnAsciicast() {
    let text = file(["one\r\ntw", "o\r\n", "\u{1b}[31mthree\u{1b}[0m"], exitCode: 2)
    #expect(
      text.split(separator: "\n").dropFirst() == [
        #"[0.000, "o", "one\r\n"]"#, #"[0.250, "o", "two\r\n"]"#, #"[1.500, "o", "three"]"#,
        #"[1.500, "x", "2"]"#,
      ])
    #expect(text.hasPrefix(#"{"version":2,"width":80,"height":24,"timestamp":"#))
    #expect(text.contains(#""command":"make test","cwd":"/src/lamp"}"#))
  }

  @Test func theAdapterReadsCommandFolderOutputAndExitCode() throws {
    let text = file(["FAIL lamp\r\n"], arguments: ["sh", "-c", "echo 'hi there'"], exitCode: 3)
    let head = Array(text.utf8)
    #expect(IngestStage.detect(head: head, path: "/x.cast")?.format == .asciicast)
    var reader = SourceReader(
      format: .asciicast, source: SourceIdentity(id: "s", path: "/x.cast"),
      options: IngestOptions(project: "p"), redactor: redactor)
    head.withUnsafeBytes { reader.consume($0) }
    let events = reader.finish().events
    #expect(events.map(\.kind) == [.toolCall, .toolResult])
    guard case .toolCall(let call) = events[0].body, case .toolResult(let result) = events[1].body
    else { return }
    #expect(call.command == #"sh -c 'echo '\''hi there'\'''"# && events[0].cwd == "/src/lamp")
    #expect(result.exitCode == 3 && result.status == .failed && result.output == "FAIL lamp\n")
  }

  @Test(arguments: [
    ["token ghp_0123456789abcdefghijABCDEFGHIJ012345\r\n"],
    ["token ghp_0123456789abc", "defghijABCDEFGHIJ012345\r\n"],
    ["token ghp_0123456789abc\u{1b}[1mdefghij\u{1b}[0mABCDEFGHIJ012345\r\n"],
  ])
  func noSecretIsWritten(chunks: [String]) {
    let text = file(
      chunks, arguments: ["curl", "-H", "X: ghp_0123456789abcdefghijABCDEFGHIJ012345"])
    #expect(!text.contains("0123456789abc") && text.contains("[redacted:"))
    #expect(text.components(separatedBy: "[redacted:").count == 3)
  }

  @Test func aSecretOfSeveralLinesIsNotWritten() {
    let key =
      "-----BEGIN RSA PRIVATE KEY-----\r\n"
      + String(
        repeating: "MIIEowIBAAKCAQEA7Jr0Xv5bq2nLz8Yw3Tc9Kd1Fh6Gm4Ps0UaRiOeWtQyVx\r\n", count: 12)
      + "-----END RSA PRIVATE KEY-----\r\n"
    let text = file(["before\r\n", String(key.prefix(90)), String(key.dropFirst(90)), "after\r\n"])
    #expect(!text.contains("MIIEow") && text.contains("before") && text.contains("after"))
  }

  @Test func charactersThatAreCutAreWhole() {
    var recording = recording()
    for byte in Array("ä€😀\n".utf8) + [0xff, 0x0a] { recording.print([byte], after: 0) }
    let bytes = recording.finish(exitCode: 0, after: 0, redactor: redactor)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("ä€😀") && text.components(separatedBy: "\u{fffd}").count == 2)
  }

  @Test func theMiddleOfALongOutputIsLeftOut() {
    var recording = recording()
    let line = String(repeating: "x", count: 1023)
    for number in 0..<5000 { recording.print(Array("\(number) \(line)\n".utf8), after: 0) }
    let text = String(
      decoding: recording.finish(exitCode: 0, after: 0, redactor: redactor), as: UTF8.self)
    #expect(text.contains("\"0 x") && text.contains("\"4999 x") && !text.contains("\"2500 x"))
    #expect(text.contains("bytes of output were left out"))
    #expect(text.utf8.count < 5 << 20)
  }
}
