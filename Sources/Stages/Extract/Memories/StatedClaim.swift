import KairosModel

/// What a memory file of another tool, or an export of kairos, says in one place.
public struct StatedClaim: Sendable, Equatable {
  public let statement: String
  public let kind: FactKind
  /// A folder when the file says that it holds only there.
  public let folder: String?
  public let subject: String
  /// `rule` or `statement`.
  public let predicate: String
  public let value: String
  public let polarity: Polarity
  /// 1-based lines of the file.
  public let lines: ClosedRange<Int>
  /// When the file says it was so.
  public let at: Timestamp?

  /// The claim that `statement` makes by its words alone: no workspace is asked, so that the same
  /// words make the same claim everywhere.
  public static func of(
    _ statement: String, kind: FactKind? = nil, folder: String? = nil,
    lines: ClosedRange<Int> = 1...1, at: Timestamp? = nil
  ) -> StatedClaim {
    let tokens = Tokenizer.tokens(Typography.folded(statement))
    let named = EntityReader(index: nil).entities(in: tokens).first(where: \.distinct)
    let isRule = DocumentStatements.isRule(tokens)
    return StatedClaim(
      statement: statement, kind: kind ?? (isRule ? .convention : .purpose), folder: folder,
      subject: named?.subject ?? StatementKey.topic(of: tokens),
      predicate: isRule ? "rule" : "statement", value: StatementKey.value(of: tokens),
      polarity: ModalityReader.read(tokens, actor: .human).polarity, lines: lines, at: at)
  }

  /// What makes two wordings the same statement, whatever they answer.
  public static func key(_ statement: String) -> String {
    let tokens = Tokenizer.tokens(Typography.folded(statement))
    let polarity = ModalityReader.read(tokens, actor: .human).polarity
    return StatementKey.value(of: tokens) + "\u{1f}" + polarity.rawValue
  }
}

/// What was read of one memory file.
public struct StatedMemory: Sendable {
  public internal(set) var claims: [StatedClaim] = []
  /// Items and paragraphs that say nothing by themselves: questions, guesses, pointers, fragments.
  public internal(set) var unclear = 0
  /// Items about other projects.
  public internal(set) var elsewhere = 0

  public init() {}

  /// Takes a statement of a foreign file, unless it says nothing by itself.
  mutating func add(
    _ text: String, lead: DocumentLead = .none, heading: String?, isItem: Bool, kind: FactKind?,
    folder: String?,
    lines: ClosedRange<Int>, at: Timestamp?
  ) {
    // "Done", "see below".
    guard text.split(separator: " ").count >= 3,
      let statement = DocumentStatements.sentence(
        text, lead: lead, heading: heading, isItem: isItem),
      Self.isClear(statement)
    else {
      unclear += 1
      return
    }
    claims.append(.of(statement, kind: kind, folder: folder, lines: lines, at: at))
  }

  private static func isClear(_ statement: String) -> Bool {
    guard (12...240).contains(statement.count) else { return false }
    let tokens = Tokenizer.tokens(Typography.folded(statement))
    let reading = ModalityReader.read(tokens, actor: .human)
    return (reading.modality == .asserted || reading.modality == .obligation)
      && StatementGate.passes(tokens, contentMin: 2)
  }
}
