/// Plays the output of a terminal back onto one line at a time: what was overwritten (CR,
/// backspace), erased (CSI K, P, X) or only drawn (colours, titles, full-screen programs) is gone,
/// as it was for the person in front of it. Sequences may be cut anywhere between two writes.
///
/// Movements to other lines are not followed: recordings of shells rarely need them, and a screen
/// of unknown size cannot be rebuilt.
public struct ScreenReplay: Sendable {
  /// What the next character belongs to.
  private enum Mode: Sendable { case text, escape, charset, control, string, stringEscape }

  private var mode = Mode.text
  /// Parameters of the control sequence that is open.
  private var parameters = ""
  private var cells: [Unicode.Scalar] = []
  private var column = 0
  private var done = ""
  private var isFullScreen = false

  /// Nothing on a real line stands further right.
  private static let columnsMax = 65_536

  public init() {}

  /// Plays a text that begins and ends on its own.
  static func plain(_ text: String) -> String {
    var replay = ScreenReplay()
    replay.write(text)
    return replay.take()
  }

  /// Plays what was printed next.
  public mutating func write(_ text: some StringProtocol) {
    for scalar in text.unicodeScalars { write(scalar) }
  }

  /// What stands there since the last time, with the line that is not ended yet.
  public mutating func take() -> String {
    let text = done + Self.line(cells)
    done = ""
    cells = []
    column = 0
    return text
  }

  /// The lines that were ended since the last time; the open one goes on.
  public mutating func takeLines() -> String {
    defer { done = "" }
    return done
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch mode {
    case .text: put(scalar)
    case .escape: escape(scalar)
    case .charset: mode = .text
    case .control: control(scalar)
    case .string:
      if scalar == "\u{07}" || scalar == "\u{9c}" {
        mode = .text
      } else if scalar == "\u{1b}" {
        mode = .stringEscape
      }
    case .stringEscape:
      mode = .text
      if scalar != "\\" { escape(scalar) }
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "[":
      mode = .control
      parameters = ""
    case "]", "P", "X", "^", "_": mode = .string
    case "(", ")", "*", "+", "#", "%": mode = .charset
    case "\u{1b}": mode = .escape
    default: mode = .text
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{1b}": mode = .escape
    case "\n":
      if !isFullScreen { done += Self.line(cells) + "\n" }
      cells = []
      column = 0
    case "\r": column = 0
    case "\u{08}": column = max(0, column - 1)
    case "\t":
      let stop = (column / 8 + 1) * 8
      while column < stop { place(" ") }
    case "\u{00}"..<"\u{20}", "\u{7f}": break
    default: place(scalar)
    }
  }

  private mutating func place(_ scalar: Unicode.Scalar) {
    guard column < Self.columnsMax else { return }
    while cells.count < column { cells.append(" ") }
    if column < cells.count {
      cells[column] = scalar
    } else {
      cells.append(scalar)
    }
    column += 1
  }

  private mutating func control(_ scalar: Unicode.Scalar) {
    guard !("\u{20}"..."\u{3f}").contains(scalar) else {
      if parameters.utf8.count < 64 { parameters.unicodeScalars.append(scalar) }
      return
    }
    mode = .text
    guard ("\u{40}"..."\u{7e}").contains(scalar) else {
      put(scalar)
      return
    }
    apply(scalar)
  }

  private mutating func apply(_ final: Unicode.Scalar) {
    let number = Int(parameters.prefix { $0.isNumber }) ?? 0
    let count = min(max(1, number), Self.columnsMax)
    switch final {
    case "K": erase(number)
    case "C": column = min(column + count, Self.columnsMax)
    case "D": column = max(0, column - count)
    case "G", "`": column = count - 1
    case "P":
      if column < cells.count { cells.removeSubrange(column..<min(column + count, cells.count)) }
    case "X":
      for place in column..<(column + count) where place < cells.count { cells[place] = " " }
    case "@":
      if column < cells.count {
        cells.insert(contentsOf: repeatElement(" ", count: count), at: column)
      }
    case "h", "l": screen(isOn: final == "h")
    default: break
    }
  }

  private mutating func erase(_ part: Int) {
    switch part {
    case 0: if column < cells.count { cells.removeSubrange(column...) }
    case 1: for place in 0..<min(column + 1, cells.count) { cells[place] = " " }
    default: cells = []
    }
  }

  /// Programs that draw on a screen of their own leave nothing when they end.
  private mutating func screen(isOn: Bool) {
    guard ["?1049", "?1047", "?47"].contains(parameters) else { return }
    isFullScreen = isOn
    cells = []
    column = 0
  }

  private static func line(_ cells: [Unicode.Scalar]) -> String {
    let end = cells.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
    var text = String.UnicodeScalarView()
    text.append(contentsOf: cells[..<end])
    return String(text)
  }
}
