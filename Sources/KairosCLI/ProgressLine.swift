import KairosModel
import KairosPipeline
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One line on a terminal that says how far a stage is; drawn at most ten times a second, and
/// gone when the stage ends.
final class ProgressLine: Sendable {
  private let isShown: Bool
  private let now: @Sendable () -> Timestamp
  private let lastDrawn = Mutex<Int64>(0)

  init(isShown: Bool, now: @escaping @Sendable () -> Timestamp) {
    self.isShown = isShown
    self.now = now
  }

  /// Draws `progress`, or clears the line when it is complete.
  @Sendable func show(_ progress: Progress) {
    guard isShown else { return }
    let time = now().milliseconds
    let isDone = progress.done >= progress.total
    let isDue = lastDrawn.withLock { last in
      guard isDone || time - last >= 100 else { return false }
      last = time
      return true
    }
    guard isDue else { return }
    let text = isDone ? "" : "\(progress.stage)  \(progress.done) of \(progress.total)"
    let bytes = Array("\r\u{1b}[K\(text)".utf8)
    _ = write(2, bytes, bytes.count)
  }
}
