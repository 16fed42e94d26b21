/// Finds the lines of members in JSON text, so that evidence points at the member.
enum JSONMembers {
  /// 1-based line of the last key, looked for behind the keys before it; 1 when it is not there.
  static func line(of keys: [String], in text: String) -> Int {
    var rest = text[...]
    var found: String.Index?
    for key in keys {
      let quoted = "\"\(key)\""
      var search = rest
      found = nil
      while let range = search.firstRange(of: quoted) {
        search = search[range.upperBound...]
        // The same word may be a value.
        guard search.drop(while: \.isWhitespace).first == ":" else { continue }
        found = range.lowerBound
        rest = search
        break
      }
      if found == nil { return 1 }
    }
    return found.map { 1 + text[..<$0].count { $0 == "\n" } } ?? 1
  }
}
