import KairosPipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Single keys from a terminal, a pipe or a file.
///
/// A terminal gives each key at once, without showing it, and ctrl-c as a key, so that it can be
/// put back as it was before the process ends.
final class KeyInput {
  private let file: Int32
  private var saved: termios?

  /// Reads from `path`, or from stdin when it is `nil`.
  init(path: String?) throws {
    if let path {
      file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else {
        throw errno == ENOENT
          ? FileFailure.missing(path: path) : FileFailure.cannotRead(path: path, code: errno)
      }
    } else {
      file = 0
    }
    var settings = termios()
    if isatty(file) == 1, tcgetattr(file, &settings) == 0 {
      saved = settings
      takeKeys()
    }
  }

  /// The next key; `nil` at the end of the input.
  func key() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(file, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count == 1 ? byte : nil
    }
  }

  /// A line, which a terminal shows and lets be edited; `nil` at the end of the input.
  func line() -> String? {
    restore()
    defer { if saved != nil { takeKeys() } }
    var bytes: [UInt8] = []
    while let byte = key() {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      if bytes.count < 4096 { bytes.append(byte) }
    }
    return nil
  }

  /// Puts the terminal back as it was.
  func restore() {
    guard var saved else { return }
    tcsetattr(file, TCSADRAIN, &saved)
  }

  private func takeKeys() {
    guard var settings = saved else { return }
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    withUnsafeMutableBytes(of: &settings.c_cc) { codes in
      codes[Int(VMIN)] = 1
      codes[Int(VTIME)] = 0
    }
    tcsetattr(file, TCSADRAIN, &settings)
  }
}
