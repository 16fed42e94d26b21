import KairosJSON
import Testing

@Suite struct JSONDocumentTests {
  @Test func readsNestedValuesLazily() throws {
    let root = try JSONDocument.parse(
      #"{"a":[1,-2.5e3,{"b":"x\n\u00e9\ud83d\ude00"}],"t":true,"n":null}"#
    ).root
    #expect(root["a"]?.elements.count == 3)
    #expect(root["a"]?.elements[0].int == 1)
    #expect(root["a"]?.elements[1].numberText == "-2.5e3")
    #expect(root["a"]?.elements[2]["b"]?.string == "x\né😀")
    #expect(root["t"]?.bool == true)
    #expect(root["n"]?.isNull == true)
    #expect(root["missing"] == nil)
  }

  @Test func keepsTextAroundLoneSurrogates() throws {
    #expect(try JSONDocument.parse(#""a\ud83d!""#).root.string == "a\u{FFFD}!")
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "tru", "\"a", "[1 2]", "1 2"])
  func refuses(text: String) {
    #expect(throws: JSONError.self) { try JSONDocument.parse(text) }
  }

  @Test func splitsGluedObjects() {
    let (documents, error) = JSONDocument.parseSequence(Array(#"{"a":1}{"b":2} {"c":"#.utf8))
    #expect(documents.map(\.range) == [0..<7, 7..<14])
    #expect(error?.kind == .unexpectedEnd)
  }

  @Test func limitsDepth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONDocument.parse(deep) }
  }

  @Test(arguments: [
    (#""\u12""#, "\u{FFFD}12"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\u0000""#, "\0"),
    (#""\q\/\"""#, "q/\""), (#""\ude00x""#, "\u{FFFD}x"), (#""""#, ""),
    (#""\u\u\u\u\u\u\u""#, "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
  ])
  func resolvesEscapes(text: String, expected: String) throws {
    #expect(try JSONDocument.parse(text).root.string == expected)
  }

  @Test func keepsTextAroundInvalidBytesAndRawControls() throws {
    let bytes: [UInt8] = [0x22, 0x61, 0xff, 0x09, 0x1b, 0x62, 0x22]
    #expect(try JSONDocument.parse(bytes).root.string == "a\u{FFFD}\t\u{1b}b")
    #expect(throws: JSONError(kind: .unexpectedByte, offset: 2)) {
      try JSONDocument.parse("\"a\nb\"")
    }
  }

  @Test func findsMembersWithEscapedKeys() throws {
    let root = try JSONDocument.parse(#"{"a\u0062":1,"ab":2,"":{"x":[]},"c":{}}"#).root
    #expect(root["ab"]?.int == 1)
    #expect(root[""]?["x"]?.elements.isEmpty == true)
    #expect(root.members.map(\.key) == ["ab", "ab", "", "c"])
    #expect(root["c"]?.members.isEmpty == true)
  }

  @Test func everyPrefixOfATextIsRefused() throws {
    let text = Array(#" {"a":[1,{"b":"x\n"},[],{}],"c":null} "#.utf8)
    let whole = text.count - 1
    for end in 0..<whole {
      #expect(throws: JSONError.self) { try JSONDocument.parse(Array(text[..<end])) }
    }
    #expect(try JSONDocument.parse(text).root["a"]?.elements.count == 4)
  }

  @Test func readsSequencesOfManyValues() {
    let many = Array(String(repeating: "{\"a\":1}", count: 50_000).utf8)
    let (documents, error) = JSONDocument.parseSequence(many)
    #expect(documents.count == 50_000)
    #expect(documents.last?.range == (many.count - 7)..<many.count)
    #expect(error == nil)
  }

  @Test(arguments: [0, 1, 14, 15, 16, 17, 31, 40])
  func scansFindNeedlesAtEveryOffset(offset: Int) {
    let text = Array((String(repeating: "kairo", count: 8).prefix(offset) + "kairos:x").utf8)
    text.withUnsafeBytes { bytes in
      #expect(ByteScan.first("kairos:", in: bytes) == offset)
      #expect(ByteScan.first("kairos:", in: bytes, from: offset + 1) == nil)
      #expect(ByteScan.first("kairos:y", in: bytes) == nil)
      #expect(ByteScan.first("s:x", in: bytes, from: bytes.count) == nil)
      #expect(ByteScan.newline(in: bytes, from: 0) == nil)
    }
  }
}
