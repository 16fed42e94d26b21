import CTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a command in a terminal of its own and shows its output as it comes; the only file that
/// talks to CTerminal.
///
/// Without a terminal (in CI, in a pipe) the command keeps this process's standard input, and its
/// output is passed on byte by byte.
struct TerminalSession {
  /// Why a command could not be started.
  struct CannotStart: Error {
    /// The system's error number.
    let code: Int32
  }

  /// The size of the terminal that the person has, or the usual one.
  static func size() -> (columns: Int, rows: Int) {
    var rows: UInt16 = 0
    var columns: UInt16 = 0
    for file in [Int32(1), 0, 2] where terminal_size(file, &rows, &columns) == 0 && columns > 0 {
      return (Int(columns), Int(rows))
    }
    return (80, 24)
  }

  private let terminal: Int32
  private let signals: Int32
  private let pid: pid_t
  private let readsKeys: Bool
  private var isKeysEnd = false

  /// Starts the command with this environment.
  init(_ arguments: [String], environment: [String: String]) throws(CannotStart) {
    let size = Self.size()
    readsKeys = isatty(0) == 1
    signals = terminal_signals()
    var path = [CChar](repeating: 0, count: 1024)
    var commandEnd: Int32 = -1
    terminal = terminal_open(
      UInt16(clamping: size.rows), UInt16(clamping: size.columns), readsKeys ? 1 : 0,
      isatty(1) == 1 ? 1 : 0, &path, path.count, &commandEnd)
    guard signals >= 0, terminal >= 0 else { throw CannotStart(code: errno) }
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup($0.key + "=" + $0.value) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    pid = terminal_spawn(path, readsKeys ? 1 : 0, &argv, &envp)
    let code = errno
    close(commandEnd)
    guard pid > 0 else {
      close(terminal)
      throw CannotStart(code: code)
    }
  }

  /// Passes keys and output on until the command has ended; `taking` sees all output. Returns the
  /// exit code, 128 and the signal's number when one ended it.
  mutating func run(taking take: ([UInt8]) -> Void) -> Int32 {
    if readsKeys { terminal_raw(0) }
    defer { terminal_restore() }
    var status: Int32?
    while true {
      var files = [
        pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        pollfd(fd: readsKeys && !isKeysEnd ? 0 : -1, events: Int16(POLLIN), revents: 0),
      ]
      // What the command printed last may still be on its way when it is known to have ended.
      let ready = poll(&files, nfds_t(files.count), status == nil ? -1 : 50)
      if ready < 0, errno != EINTR { break }
      if ready == 0, status != nil { break }
      if files[1].revents != 0 { passSignals() }
      if files[2].revents != 0 { passKeys() }
      var isEnd = false
      if files[0].revents != 0 {
        let bytes = Self.read(terminal)
        isEnd = bytes.isEmpty
        Self.write(1, bytes)
        take(bytes)
      }
      if status == nil { status = ended(waits: isEnd) }
      if isEnd { break }
    }
    close(terminal)
    return Self.code(status ?? ended(waits: true) ?? 0)
  }

  /// The status of the command when it has ended.
  private func ended(waits: Bool) -> Int32? {
    var status: Int32 = 0
    while true {
      let found = waitpid(pid, &status, waits ? 0 : WNOHANG)
      if found < 0, errno == EINTR { continue }
      return found == pid ? status : nil
    }
  }

  private static func code(_ status: Int32) -> Int32 {
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  /// The window's size goes to the command's terminal, everything else to its processes.
  private func passSignals() {
    for number in Self.read(signals) {
      switch Int32(number) {
      case SIGCHLD: break
      case SIGWINCH:
        let size = Self.size()
        _ = terminal_resize(
          terminal, UInt16(clamping: size.rows), UInt16(clamping: size.columns))
      case let number: kill(-pid, number)
      }
    }
  }

  private mutating func passKeys() {
    let bytes = Self.read(0)
    isKeysEnd = bytes.isEmpty
    Self.write(terminal, bytes)
  }

  /// What is there; nothing at the end.
  private static func read(_ file: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      while true {
        let found = systemRead(file, buffer.baseAddress, buffer.count)
        if found < 0, errno == EINTR { continue }
        count = max(0, found)
        return
      }
    }
  }

  private static func write(_ file: Int32, _ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var ready = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
        continue
      }
      // A reader that has gone (a pipe to `head`) is no reason to stop the command.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, buffer, count)
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
