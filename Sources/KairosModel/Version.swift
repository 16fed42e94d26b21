/// The version of this program, as written in snapshots and printed by `kairos --version`.
public enum KairosVersion {
  public static let text = "0.1.0"
}
