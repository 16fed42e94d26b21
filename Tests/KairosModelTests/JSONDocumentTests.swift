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
}
