import ArgumentParser
import KairosModel

/// The root of the command line.
public struct KairosCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "kairos", abstract: "A memory of coding sessions that can be trusted.",
    version: KairosVersion.text)

  public init() {}
}
