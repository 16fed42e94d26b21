import KairosModel

/// One constructor per component, with fixed times and ids.
public enum Build {
  /// 2026-01-05T12:00:00Z, the hour at which test time starts.
  public static let start = Timestamp(seconds: 1_767_614_400)

  /// `start` plus some days and seconds.
  public static func at(day: Int64, seconds: Int64 = 0) -> Timestamp {
    Timestamp(milliseconds: start.milliseconds + (day * 86_400 + seconds) * 1000)
  }
}
