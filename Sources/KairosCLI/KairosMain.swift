import ArgumentParser
import KairosPipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process: locale, signals, parsing, running, exit code.
public enum KairosMain {
  /// Runs the command line of this process and exits.
  public static func run() async {
    // libarchive needs a UTF-8 locale for names that are not ASCII; Swift programs start in "C".
    setlocale(LC_CTYPE, "C.UTF-8")
    signal(SIGINT, interrupted)
    signal(SIGTERM, interrupted)
    await KairosCommand.main()
  }
}

/// Every write is atomic, so an interrupted run may stop at once; its lock is taken over by the
/// next run because its holder is dead.
private let interrupted: @convention(c) (Int32) -> Void = { _ in
  let text: StaticString = "\nkairos: interrupted; run the same command again to go on\n"
  _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
  _exit(ExitStatus.interrupted.rawValue)
}
