import KairosModel

/// Finds text that programs put into prompts: sentences that many sessions contain word by word.
///
/// People repeat themselves, but not in long sentences letter by letter; hooks, wrappers and
/// templates do, whoever seems to say it.
public enum MachineryFilter {
  /// Shorter sentences ("run the tests again please") are repeated by people too.
  public static let wordsMin = 8
  /// Fewer sessions may be copies of one conversation.
  public static let sessionsMin = 5

  /// Keys of the long sentences that people or the model seem to say in a session, each once; to
  /// be counted over sessions.
  public static func sentenceKeys(of events: [Event]) -> Set<String> {
    var keys: Set<String> = []
    for event in events where event.provenance == .typed || event.provenance == .said {
      guard case .message(let text) = event.body else { continue }
      for sentence in SentenceSplitter.sentences(in: text)
      where sentence.split(separator: " ").count >= wordsMin {
        keys.insert(key(of: sentence))
      }
    }
    return keys
  }

  /// The keys that count as machinery, given in how many sessions each occurs.
  public static func machinery(sessionsByKey: [String: Int]) -> Set<String> {
    Set(sessionsByKey.filter { $0.value >= sessionsMin }.keys)
  }

  /// The same for sentences that differ in case and punctuation only.
  public static func key(of sentence: String) -> String { StatementKey.exact(sentence) }
}
