/// A file that a person named and that is nothing known.
struct UnknownFile: Sendable {
  let path: String
  /// The formats that it looks most like, the nearest first.
  let near: [String]

  /// The end of a sentence that says that a file is nothing known.
  static func likeness(_ near: [String]) -> String {
    near.isEmpty ? "" : " (it looks most like \(near.joined(separator: " or ")))"
  }
}
