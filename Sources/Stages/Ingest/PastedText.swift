import KairosModel

/// Finds pasted parts inside a prompt: code, logs, diffs, tables, quotes, review comments, whole
/// documents.
///
/// What a person types is prose in paragraphs; what is pasted has the look of its origin. A
/// paragraph is judged by its lines (`PromptLine`), then by its neighbours: prose between two
/// pasted paragraphs belongs to them unless it speaks to someone. What stays in doubt is typed.
enum PastedText {
  /// The typed and the pasted parts of `text` in order.
  static func pieces(of text: String) -> [VoiceClassifier.Piece] {
    var paragraphs = PromptParagraph.split(text)
    markNeighbours(&paragraphs)
    markDocument(&paragraphs)
    markReviews(&paragraphs)
    var pieces: [VoiceClassifier.Piece] = []
    for paragraph in paragraphs { append(paragraph, to: &pieces) }
    return pieces
  }

  private static func append(
    _ paragraph: PromptParagraph, to pieces: inout [VoiceClassifier.Piece]
  ) {
    let text = paragraph.text
    guard text.utf8.contains(where: { $0 > 0x20 }) else { return }
    let provenance: Provenance = paragraph.isPasted ? .pasted : .typed
    let separator = paragraph.isContinued ? "\n" : "\n\n"
    if let last = pieces.last, last.provenance == provenance {
      pieces[pieces.count - 1] = .init(provenance: provenance, text: last.text + separator + text)
    } else {
      pieces.append(.init(provenance: provenance, text: text))
    }
  }

  /// Output is often prose with gaps: what lies between pasted paragraphs, or follows one with the
  /// same indent, or stands at length in a prompt that is mostly pasted, goes with them.
  private static func markNeighbours(_ paragraphs: inout [PromptParagraph]) {
    guard let first = paragraphs.firstIndex(where: \.isPasted),
      let last = paragraphs.lastIndex(where: \.isPasted)
    else { return }
    let all = paragraphs.reduce(0) { $0 + $1.lines.count }
    let pasted = paragraphs.reduce(0) { $0 + ($1.isPasted ? $1.lines.count : 0) }
    let isMostlyPasted = pasted * 10 >= all * 6
    for index in paragraphs.indices where !paragraphs[index].isConversational {
      let paragraph = paragraphs[index]
      let isBetween = index > first && index < last
      let isAfter = index > last && paragraph.isIndented
      let isBlock =
        isMostlyPasted && paragraph.lines.count >= 2 && !paragraph.hasList
        && !paragraph.beginsSmall
      if isBetween && !paragraph.announces || isAfter || isBlock && !paragraph.announces {
        paragraphs[index].isPasted = true
      }
    }
  }

  /// Prose beyond this many bytes under headings is a document.
  private static let documentBytesMin = 800

  /// A prompt that goes on with several headings is a document from its first heading on, unless
  /// it speaks to someone.
  private static func markDocument(_ paragraphs: inout [PromptParagraph]) {
    guard paragraphs.count(where: \.isHeading) >= 2,
      let start = paragraphs.firstIndex(where: \.isHeading)
    else { return }
    let document = paragraphs[start...]
    let bytes = document.reduce(0) { $0 + $1.byteCount }
    let talk = document.count { $0.isConversational }
    guard bytes >= documentBytesMin, talk * 4 <= document.count else { return }
    for index in start..<paragraphs.count { paragraphs[index].isPasted = true }
  }

  /// Review comments are formal prose: a paragraph with the phrases of a review is someone else's,
  /// and so are the formal paragraphs that touch it.
  private static func markReviews(_ paragraphs: inout [PromptParagraph]) {
    for index in paragraphs.indices where paragraphs[index].isReview {
      paragraphs[index].isPasted = true
      for step in [-1, 1] {
        var next = index + step
        while paragraphs.indices.contains(next), paragraphs[next].isFormal {
          paragraphs[next].isPasted = true
          next += step
        }
      }
    }
    markQuoted(&paragraphs)
  }

  /// `I got this feedback:` announces what others wrote: the formal paragraphs that follow.
  /// `it throws this error:` announces output, which has no form to know it by.
  private static func markQuoted(_ paragraphs: inout [PromptParagraph]) {
    var isQuoting = false
    var isOutput = false
    for index in paragraphs.indices {
      let paragraph = paragraphs[index]
      if isQuoting, !paragraph.isPasted {
        isQuoting = paragraph.isFormal || isOutput && paragraph.isBlock
        paragraphs[index].isPasted = isQuoting
      }
      if !paragraphs[index].isPasted {
        isQuoting = paragraph.announces
        isOutput = paragraph.announcesOutput
      }
    }
  }
}
