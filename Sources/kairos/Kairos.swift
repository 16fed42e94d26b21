import KairosCLI

/// The process; everything else is in `KairosCLI`.
@main
enum Kairos {
  static func main() async { await KairosMain.run() }
}
