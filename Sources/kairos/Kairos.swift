import KairosCLI

@main
enum Kairos {
  static func main() async { await KairosMain.run() }
}
