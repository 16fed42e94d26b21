import KairosModel
import Testing

@testable import Extract

@Suite struct ModalityTests {
  private func read(_ sentence: String, _ actor: Actor = .assistant) -> ModalityReading {
    ModalityReader.read(Tokenizer.tokens(Typography.folded(sentence)), actor: actor)
  }

  @Test(arguments: [
    ("The cache is invalidated on write.", 0), ("This function might handle logins.", 2),
    ("The parser could not open the file.", 0), ("The bug could be in the parser.", 2),
    ("Contributors may use either style.", 0), ("The optional field may be null.", 0),
    ("The module may have moved.", 2), ("I think the port is 8080.", 2),
    ("The parser thinks in tokens.", 0), ("I'm not sure it runs.", 3),
    ("The flag `--maybe-retry` enables retries.", 0), ("It appears in the log.", 2),
    ("The name appears twice.", 0), ("Untested: the fix works.", 2),
    ("Is the port 8080?", 2), ("The service is likely in eu-west-1.", 1),
  ])
  func hedges(sentence: String, level: Int) {
    #expect(read(sentence).hedge == level)
  }

  @Test(arguments: [
    ("The worker retries three times.", Modality.asserted), ("Should we retry", .question),
    ("can you look at the tests", .question), ("I'll update the parser.", .planned),
    ("If the file is missing, the loader stops.", .conditional),
    ("A cache would help.", .hypothetical), ("The docs say that it retries.", .reported),
    ("The port is probably 80.", .hedged),
  ])
  func modalities(sentence: String, modality: Modality) {
    #expect(read(sentence).modality == modality)
  }

  @Test func shouldBindsWhenAPersonSaysIt() {
    #expect(read("Tests should be fast.", .human).modality == .obligation)
    #expect(read("Tests should be fast.").hedge == 1)
  }

  @Test(arguments: [
    ("It does not retry.", Polarity.negated), ("It retries.", .affirmed),
    ("It retries because the server does not answer.", .affirmed),
    ("It creates the file if it doesn't exist.", .affirmed),
    ("It not only reads but writes.", .affirmed), ("Never push to main.", .negated),
    ("It runs on submit (not on stop).", .affirmed),
  ])
  func polarities(sentence: String, polarity: Polarity) {
    #expect(read(sentence).polarity == polarity)
  }
}
