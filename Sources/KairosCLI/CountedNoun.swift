extension Int {
  /// The number with its noun, as reports for people say it: "1 fact", "2 facts". For nouns whose
  /// plural is made with an `s`.
  func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
