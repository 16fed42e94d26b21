import KairosModel
import Testing

@Suite struct ContentIDTests {
  @Test func digestsMatchTheStandardsVectors() {
    #expect(
      SHA256Digest.of("abc").hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256Digest.of("").hex
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func aStreamGivesTheDigestOfTheWholeAndCanGoOn() {
    var stream = SHA256Stream()
    stream.update(Array("a".utf8))
    #expect(stream.digest() == SHA256Digest.of("a"))
    stream.update(Array("bc".utf8))
    #expect(stream.digest() == SHA256Digest.of("abc"))
  }

  @Test func partsDoNotCollideByJoining() {
    #expect(ContentID.make("x", "ab", "c") != ContentID.make("x", "a", "bc"))
    #expect(ContentID.make("x", "ab", "c") == ContentID.make("x", ["ab", "c"]))
  }

  @Test func idsHaveAPrefixAndTwentyReadableDigits() {
    let id = ContentID.make("f", "a")
    #expect(id.hasPrefix("f_") && id.utf8.count == 22)
    #expect(id.dropFirst(2).allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) })
  }

  @Test func otherSpellingsOfAValueHaveTheSameFingerprint() {
    let slot = Slot(scope: Scope(project: "p"), subject: "project", predicate: "rule")
    let one = Tombstone.fingerprint(slot: slot, value: "Use `Foo()` always.")
    #expect(one == Tombstone.fingerprint(slot: slot, value: "use foo() ALWAYS"))
    #expect(one != Tombstone.fingerprint(slot: slot, value: "never use foo"))
  }
}
