import Yams

/// One mistake in a settings file: the line and a sentence.
public struct Mistake: Sendable, Equatable {
  /// 1-based; 0 when the file as a whole is meant.
  public let line: Int
  public let text: String

  public init(line: Int, text: String) {
    self.line = line
    self.text = text
  }
}

/// A settings file that cannot be used. Lists every mistake at once, so that one round is enough.
public struct SettingsFailure: Failure, Equatable {
  public let path: String
  public let mistakes: [Mistake]

  public var status: ExitStatus { .configuration }

  public var sentence: String {
    let count = mistakes.count == 1 ? "1 mistake" : "\(mistakes.count) mistakes"
    let lines = mistakes.map { $0.line > 0 ? "  line \($0.line): \($0.text)" : "  \($0.text)" }
    return (["\(path) has \(count):"] + lines).joined(separator: "\n")
  }

  public var hint: String? {
    path.hasSuffix("/config.yaml")
      ? "correct the file; `kairos doctor` checks it again"
      : "correct the file; `kairos run \(path) --dry-run` checks it without running"
  }
}

/// Reads YAML mappings strictly: unknown keys, wrong kinds and numbers out of range are mistakes,
/// which are collected and never stop the reading.
struct StrictYAML {
  private(set) var mistakes: [Mistake] = []
  /// Keys that a misspelt one was taken for; they are not missing as well.
  private(set) var suggested: Set<String> = []

  /// The root of the document, or `nil` after noting why there is none.
  mutating func root(of text: String) -> Node? {
    do {
      if let node = try Yams.compose(yaml: text) { return node }
      note(0, "the file is empty")
    } catch let error as YamlError {
      note(Self.line(of: error), Self.sentence(of: error))
    } catch {
      note(0, "the file is not YAML")
    }
    return nil
  }

  mutating func note(_ line: Int, _ text: String) {
    mistakes.append(Mistake(line: line, text: text))
  }

  mutating func note(_ node: Node, _ text: String) { note(Self.line(of: node), text) }

  /// The members of a mapping that may have exactly these keys. `what` names it in messages.
  mutating func mapping(_ node: Node, _ what: String, keys: [String]) -> [String: Node] {
    if Self.isNull(node) { return [:] }
    guard let mapping = node.mapping else {
      note(node, "\(what) must be a mapping with the keys \(Self.list(keys))")
      return [:]
    }
    var found: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      if keys.contains(name) {
        found[name] = value
      } else if let near = NearestName.of(name, in: keys) {
        suggested.insert(near)
        note(key, "unknown key '\(name)' in \(what); did you mean '\(near)'?")
      } else {
        note(key, "unknown key '\(name)' in \(what); known keys are \(Self.list(keys))")
      }
    }
    return found
  }

  /// A text that is not empty.
  mutating func text(_ node: Node?, _ what: String) -> String? {
    guard let node else { return nil }
    if node.scalar != nil, !Self.isNull(node), let text = node.string, !text.isEmpty {
      return text
    }
    note(node, "\(what) must be a text")
    return nil
  }

  /// A whole number in `range`; `whenEmpty` stands for a key without a value.
  mutating func integer(
    _ node: Node?, _ what: String, in range: ClosedRange<Int>, whenEmpty: Int? = nil
  ) -> Int? {
    guard let node else { return nil }
    if Self.isNull(node), let whenEmpty { return whenEmpty }
    if let value = node.scalar.flatMap({ Int($0.string) }), range.contains(value) { return value }
    let limits = "from \(range.lowerBound) to \(range.upperBound)"
    note(node, "\(what) must be a whole number \(limits)")
    return nil
  }

  mutating func flag(_ node: Node?, _ what: String) -> Bool? {
    guard let node else { return nil }
    if node.scalar != nil, let value = node.bool { return value }
    note(node, "\(what) must be true or false")
    return nil
  }

  /// A list of texts; one text stands for a list of one.
  mutating func texts(_ node: Node?, _ what: String) -> [String]? {
    guard let node else { return nil }
    if node.scalar != nil, !Self.isNull(node) { return text(node, what).map { [$0] } }
    guard let sequence = node.sequence else {
      note(node, "\(what) must be a list of texts")
      return nil
    }
    return sequence.compactMap { text($0, "each entry of \(what)") }
  }

  /// One of `choices`, or a note that names the nearest.
  mutating func choice(_ node: Node?, _ what: String, _ choices: [String]) -> String? {
    guard let node, let text = text(node, what) else { return nil }
    if choices.contains(text) { return text }
    if let near = NearestName.of(text, in: choices) {
      note(node, "unknown \(what) '\(text)'; did you mean '\(near)'?")
    } else {
      note(node, "unknown \(what) '\(text)'; known are \(Self.list(choices))")
    }
    return nil
  }

  static func isNull(_ node: Node) -> Bool {
    guard let scalar = node.scalar else { return false }
    return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
  }

  static func line(of node: Node) -> Int { node.mark?.line ?? 0 }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: 0
    }
  }

  private static func sentence(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      "this is not YAML: \(problem)"
    case .duplicatedKeysInMapping(let keys, _):
      "a key is given twice: \(keys.map { "'\($0)'" }.joined(separator: ", "))"
    default: "the file is not YAML"
    }
  }
}
