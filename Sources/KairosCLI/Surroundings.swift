import KairosModel
import KairosPipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Everything that this process learns from the machine: environment, home, clock, terminals.
///
/// Read once per command and passed down as values, so that nothing below this module depends on
/// the machine.
struct Surroundings: Sendable {
  let environment: [String: String]
  let workingFolder: String
  let processID: Int32
  let host: String
  let cores: Int

  var home: String? { environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } }

  /// The surroundings of this process.
  static func ofProcess() -> Surroundings {
    Surroundings(
      environment: readEnvironment(), workingFolder: readWorkingFolder(), processID: getpid(),
      host: readHost(), cores: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The wall clock. Only for locks, gates, receipts and durations; no result depends on it.
  @Sendable static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// This process as holder of a lock.
  func lockHolder(command: String) -> LockHolder {
    LockHolder(
      pid: processID, host: host, birth: Self.birth(of: processID), since: Self.now(),
      command: command)
  }

  /// Whether the process that holds a lock on this machine still runs.
  @Sendable static func isAlive(_ holder: LockHolder) -> Bool {
    guard kill(holder.pid, 0) == 0 || errno == EPERM else { return false }
    let birth = birth(of: holder.pid)
    return birth == 0 || holder.birth == 0 || birth == holder.birth
  }

  static func isTerminal(_ file: Int32) -> Bool { isatty(file) == 1 }

  private static func readEnvironment() -> [String: String] {
    var found: [String: String] = [:]
    var at = environ
    while let entry = at.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        found[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      at += 1
    }
    return found
  }

  private static func readWorkingFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func readHost() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  /// The tick at which a process started (field 22 of /proc/PID/stat, see proc(5)); 0 when the
  /// system does not tell.
  private static func birth(of pid: Int32) -> Int64 {
    guard let bytes = try? WholeFile.read("/proc/\(pid)/stat") else { return 0 }
    // The second field is the program's name in parentheses and may hold spaces.
    let text = String(decoding: bytes, as: UTF8.self)
    guard let close = text.lastIndex(of: ")") else { return 0 }
    let fields = text[close...].split(separator: " ")
    return fields.count > 20 ? Int64(fields[20]) ?? 0 : 0
  }
}
