/// The budget of the section that agents load.
///
/// Agents cut what they load without saying so, newest lines first; 200 lines and 25,000 bytes
/// are the published limits of the strictest of them.
public struct ExportOptions: Sendable, Equatable {
  public static let linesMaxDefault = 200
  public static let bytesMaxDefault = 25_000

  /// Of its instructions, the code review of Copilot reads this many characters; a byte is at most
  /// one.
  static let copilotBytes = 4_000

  /// Lines of the whole section, its markers included.
  public let linesMax: Int
  /// Bytes of the whole section with Unix line ends, its markers included.
  public let bytesMax: Int

  public init(
    linesMax: Int = Self.linesMaxDefault, bytesMax: Int = Self.bytesMaxDefault
  ) {
    self.linesMax = linesMax
    self.bytesMax = bytesMax
  }

  /// The same budget, or less where a consumer reads less.
  func capped(bytes: Int) -> ExportOptions {
    ExportOptions(linesMax: linesMax, bytesMax: min(bytesMax, bytes))
  }

  /// The options as they enter a configuration digest.
  public var canonicalText: String { "export.lines=\(linesMax);export.bytes=\(bytesMax)" }
}
