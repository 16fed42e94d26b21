import ArgumentParser
import KairosModel
import KairosPipeline

/// One run of one command: what it was told, where it runs, how it talks.
struct Invocation: Sendable {
  let surroundings: Surroundings
  let talk: Talk
  /// The name of the command, as locks and messages show it.
  let command: String
  private let store: String?

  /// Runs `body` and turns every error into a sentence, a hint and an exit code.
  static func run(
    _ command: String, _ global: GlobalOptions, _ body: (Invocation) async throws -> ExitStatus
  ) async throws {
    let surroundings = Surroundings.ofProcess()
    let plain = global.noColor || surroundings.environment["NO_COLOR"].map { !$0.isEmpty } == true
    let talk = Talk(
      isQuiet: global.quiet, isVerbose: global.verbose,
      hasColor: !plain && Surroundings.isTerminal(2)
        && surroundings.environment["TERM"] != "dumb")
    let invocation = Invocation(
      surroundings: surroundings, talk: talk, command: command, store: global.store)
    let status: ExitStatus
    do {
      status = try await body(invocation)
    } catch let failure as any Failure {
      talk.fail(failure.sentence, hint: failure.hint)
      throw ExitCode(failure.status.rawValue)
    } catch let code as ExitCode {
      throw code
    } catch {
      talk.fail(
        "something went wrong inside kairos: \(error)",
        hint: "`kairos doctor` checks the memory; please report this")
      throw ExitCode(ExitStatus.internalError.rawValue)
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }

  /// A path of the command line, seen from the working folder.
  func absolute(_ path: String) -> String {
    FilePath.absolute(path, in: surroundings.workingFolder)
  }

  /// The folder of the memory: `--store`, KAIROS_STORE, or the nearest upward.
  func folder() throws -> MemoryFolder {
    let named = store ?? surroundings.environment["KAIROS_STORE"].flatMap { $0.isEmpty ? nil : $0 }
    if let named {
      let folder = MemoryFolder(path: absolute(named))
      guard PathStatus.of(folder.configuration) != nil else {
        throw MemoryFailure.noMemory(at: folder.path)
      }
      return folder
    }
    guard let folder = MemoryFolder.nearest(to: surroundings.workingFolder) else {
      throw MemoryFailure.noMemoryUpward(from: surroundings.workingFolder)
    }
    return folder
  }

  /// Opens the memory for reading.
  func memory() throws -> Memory { try Memory.open(try folder()) }

  /// Opens the memory, holds its lock while `body` runs, and gives it back.
  func exclusively<T>(_ body: (Memory) async throws -> T) async throws -> T {
    try await alone { folder in try await body(try Memory.open(folder)) }
  }

  /// Holds the lock of the memory while `body` runs, without opening it.
  func alone<T>(_ body: (MemoryFolder) async throws -> T) async throws -> T {
    let folder = try folder()
    try folder.checkAccess()
    let lock = try RunLock.acquire(
      folder.lock, holder: surroundings.lockHolder(command: command),
      isAlive: Surroundings.isAlive)
    defer { lock.release() }
    try folder.removeOrphans()
    return try await body(folder)
  }

  /// How stages run: as many workers as asked for, this machine's clock, a progress line.
  func settings(workers: Int?) -> RunSettings {
    let line = ProgressLine(
      isShown: Surroundings.isTerminal(2) && !talk.isQuiet, now: Surroundings.now)
    return RunSettings(
      workers: workers ?? surroundings.cores, now: Surroundings.now, progress: line.show)
  }
}
