/// Characters that a person does not see, or takes for others, and a model reads: the way to
/// instructions that nobody approved.
enum HiddenCharacters {
  /// Why a character is suspicious.
  private enum Kind: String, CaseIterable {
    case tag = "invisible tag characters"
    case direction = "marks that turn the direction of text"
    case invisible = "zero-width characters"
    case selector = "variation selectors that carry data"
    case control = "control characters"
    case lookalike = "letters of another script that look like Latin ones"
  }

  /// One finding for each line and kind.
  static func findings(in file: AuditedFile) -> [AuditFinding] {
    if file.form == .bundle {
      return file.statements.enumerated().flatMap { lineFindings($1, file.place($0 + 1)) }
    }
    guard file.text.utf8.contains(where: { $0 >= 0x80 || $0 < 0x20 || $0 == 0x7f }) else {
      return []
    }
    return file.lines.enumerated().flatMap { index, line in
      lineFindings(
        String(index == 0 ? line.drop { $0 == "\u{feff}" } : line), file.place(index + 1))
    }
  }

  private static func lineFindings(_ line: String, _ place: AuditPlace) -> [AuditFinding] {
    let found = kinds(in: line)
    return Kind.allCases.filter(found.contains).map { kind in
      AuditFinding(
        .hiddenText, place, "The line holds \(kind.rawValue).", evidence: around(line, kind))
    }
  }

  /// The part of a line in which the first such character stands.
  private static func around(_ line: String, _ kind: Kind) -> String {
    let scalars = Array(line.unicodeScalars)
    let at = scalars.indices.first { Self.kind(scalars, $0) == kind } ?? 0
    let start = max(0, at - 40)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<min(scalars.count, start + 120)])
    return String(view)
  }

  private static func kinds(in line: String) -> Set<Kind> {
    let scalars = Array(line.unicodeScalars)
    return Set(scalars.indices.compactMap { kind(scalars, $0) })
  }

  private static func kind(_ scalars: [Unicode.Scalar], _ at: Int) -> Kind? {
    let value = scalars[at].value
    switch value {
    case 0x09, 0x0d, 0x20...0x7e: return nil
    case 0..<0x20, 0x7f...0x9f: return .control
    // A flag of a region ends with a tag; its tags follow a black flag (UTS 51).
    case 0xe0000...0xe007f: return isFlag(scalars, at) ? nil : .tag
    case 0x202a...0x202e, 0x2066...0x2069, 0x200e, 0x200f, 0x061c:
      return isRightToLeft(scalars) ? nil : .direction
    case 0x200b, 0x2060...0x2064, 0xfeff, 0x180e, 0x115f, 0x1160, 0x3164, 0xffa0: return .invisible
    // Joiners belong to many scripts and to emoji; between Latin letters they only hide.
    case 0x200c, 0x200d, 0xad, 0x34f: return isBetweenLatin(scalars, at) ? .invisible : nil
    case 0xfe00...0xfe0f, 0xe0100...0xe01ef: return isRunOfSelectors(scalars, at) ? .selector : nil
    default: return isLookalike(scalars, at) ? .lookalike : nil
    }
  }

  private static func isFlag(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
    scalars[..<at].last { !(0xe0000...0xe007f).contains($0.value) }?.value == 0x1f3f4
  }

  private static func isRightToLeft(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.contains { (0x590...0x8ff).contains($0.value) || (0xfb1d...0xfefc).contains($0.value) }
  }

  private static func isBetweenLatin(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
    guard at > 0, at + 1 < scalars.count else { return false }
    return scalars[at - 1].isASCII && scalars[at + 1].isASCII
  }

  /// One selector shapes the character before it; more of them spell bytes.
  private static func isRunOfSelectors(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
    at > 0 && isSelector(scalars[at - 1]) || at > 0 && isLatin(scalars[at - 1])
  }

  private static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
    (0xfe00...0xfe0f).contains(scalar.value) || (0xe0100...0xe01ef).contains(scalar.value)
  }

  // MARK: - Letters that look like others

  /// Cyrillic and Greek letters with the shape of a Latin one (Unicode confusables.txt).
  private static let lookalikes = Set(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅαοντρικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".unicodeScalars.map(\.value))

  /// A lookalike in a word that has Latin letters besides.
  private static func isLookalike(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
    guard lookalikes.contains(scalars[at].value) else { return false }
    var start = at
    while start > 0, isLetter(scalars[start - 1]) { start -= 1 }
    var end = at
    while end + 1 < scalars.count, isLetter(scalars[end + 1]) { end += 1 }
    let word = scalars[start...end]
    let latin = word.count { isLatin($0) }
    // "µs" and "Δt" are formulas; a word has more letters.
    return latin >= 2 && word.count >= 3
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    (0x41...0x5a).contains(scalar.value) || (0x61...0x7a).contains(scalar.value)
  }

  /// The text with everything invisible written as `\u{200b}`; tags as the letters that they hide.
  static func spelled(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var out = ""
    for at in scalars.indices {
      let value = scalars[at].value
      switch kind(scalars, at) {
      case nil: out.unicodeScalars.append(scalars[at])
      case .tag:
        let letter = (0xe0020...0xe007e).contains(value) ? Unicode.Scalar(value - 0xe0000) : nil
        out += letter.map { "\\t{\($0)}" } ?? "\\u{\(String(value, radix: 16))}"
      default: out += "\\u{\(String(value, radix: 16))}"
      }
    }
    return out
  }
}
