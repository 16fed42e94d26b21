#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs the git program on a repository that nobody vouches for.
///
/// No shell, arguments as an array, an environment of our own. Everything by which a repository's
/// settings can start a program or change an answer is switched off: hooks, fsmonitor, pager,
/// external diff, replace refs, lazy fetching, and the content filters (see `Git.hardening`).
struct GitProcess: ~Copyable {
  private let pid: pid_t
  /// One socket for both directions: writing to a git that has ended fails without a signal.
  private let connection: Int32

  private static let environment = [
    "PATH=/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin", "LC_ALL=C", "TZ=UTC",
    "HOME=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1",
    "GIT_CONFIG_GLOBAL=/dev/null", "GIT_ATTR_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0",
    "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1", "GIT_NO_LAZY_FETCH=1",
    "GIT_PAGER=cat", "GIT_LITERAL_PATHSPECS=1", "GIT_FLUSH=1",
  ]

  /// Starts git; `settings` are set as if on its command line, and may have any name. `nil` when
  /// there is no git program.
  init?(_ arguments: [String], settings: [(name: String, value: String)]) {
    guard let (ours, its) = Self.sockets() else { return nil }
    var environment = Self.environment + ["GIT_CONFIG_COUNT=\(settings.count)"]
    for (index, setting) in settings.enumerated() {
      environment.append("GIT_CONFIG_KEY_\(index)=\(setting.name)")
      environment.append("GIT_CONFIG_VALUE_\(index)=\(setting.value)")
    }
    guard let pid = Self.spawn(arguments, environment, its) else {
      Self.close(ours)
      Self.close(its)
      return nil
    }
    Self.close(its)
    self.pid = pid
    connection = ours
  }

  private static func sockets() -> (ours: Int32, its: Int32)? {
    var pair: [Int32] = [0, 0]
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
      guard socketpair(AF_UNIX, type, 0, &pair) == 0 else { return nil }
    #else
      guard socketpair(AF_UNIX, SOCK_STREAM, 0, &pair) == 0 else { return nil }
      var yes: Int32 = 1
      setsockopt(
        pair[0], SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return (pair[0], pair[1])
  }

  private static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], _ socket: Int32
  ) -> pid_t? {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    #if canImport(Darwin)
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_CLOEXEC_DEFAULT))
    #endif
    posix_spawn_file_actions_adddup2(&actions, socket, 0)
    posix_spawn_file_actions_adddup2(&actions, socket, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var argv: [UnsafeMutablePointer<CChar>?] = (["git"] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    return posix_spawnp(&pid, "git", &actions, &attributes, &argv, &envp) == 0 ? pid : nil
  }

  /// Sends a request; `false` when git no longer listens.
  func send(_ text: String) -> Bool {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { sendBytes(connection, $0.baseAddress, $0.count, flags) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  /// Appends what git has to say next; `false` at its end.
  func receive(into bytes: inout [UInt8]) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
      while true {
        let count = read(connection, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        bytes.append(contentsOf: buffer[..<count])
        return true
      }
    }
  }

  /// Closes the conversation and returns git's exit status; 128 plus the signal when it was killed.
  consuming func finish() -> Int32 {
    Self.close(connection)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }
}

/// The system's `send`, whose name `GitProcess.send` hides.
private func sendBytes(
  _ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
) -> Int {
  send(socket, bytes, count, flags)
}
