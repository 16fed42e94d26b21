import Foundation
import Testing

/// `kairos review` on a terminal: keys without return, and a terminal that is left as it was.
@Suite struct ReviewTerminalTests {
  /// Runs a command on a pseudo terminal and answers each prompt with the next piece of text;
  /// prints what the command showed, its exit code, and whether the terminal still shows keys.
  private static let driver = """
    import os, pty, sys, termios
    command, answers = sys.argv[1], sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp('sh', ['sh', '-c', command + '; code=$?; stty -a; exit $code'])
    shown = b''
    answered = 0
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
        while answered < len(answers) and shown.count(b'> ') + shown.count(b'words: ') \\
                - shown.count(b'> 2') > answered:
            os.write(terminal, answers[answered].encode())
            answered += 1
    _, status = os.waitpid(child, 0)
    print(shown.decode().replace('\\r', ''))
    print('status', os.waitstatus_to_exitcode(status))
    """

  private func memory() throws -> Sandbox {
    let sandbox = try Sandbox()
    try Self.driver.write(
      to: sandbox.root.appending(path: "driver.py"), atomically: true, encoding: .utf8)
    let made = try sandbox.run(
      """
      cp -r "$FIXTURES/project/." . && kairos init --quiet >/dev/null &&
      kairos ingest "$FIXTURES"/agent-*.jsonl . --quiet && kairos extract --quiet &&
      kairos consolidate --quiet
      """)
    guard made.status == 0 else { throw ScheduleProblem(made.stderr) }
    return sandbox
  }

  @Test(.enabled(if: Tool.isInstalled("python3"), "python3 is not installed"))
  func takesKeysAndLeavesTheTerminalAsItWas() throws {
    let sandbox = try memory()
    defer { sandbox.remove() }
    let made = try sandbox.run("python3 ../driver.py 'kairos review' x u e 'The lamp dims.\n' q")
    #expect(made.stdout.contains("no such key") && made.stdout.contains("nothing to undo"))
    #expect(made.stdout.contains("status 0"), "\(made.stdout)\(made.stderr)")
    let words = made.stdout.split { " \n;".contains($0) }
    #expect(words.contains("icanon") && words.contains("echo") && words.contains("isig"))
    #expect(try sandbox.run("kairos facts").stdout.contains("The lamp dims."))
  }

  @Test(.enabled(if: Tool.isInstalled("python3"), "python3 is not installed"))
  func controlCTakesNothing() throws {
    let sandbox = try memory()
    defer { sandbox.remove() }
    let made = try sandbox.run(
      "python3 ../driver.py 'kairos review --firm' r \"$(printf '\\003')\"")
    #expect(made.stdout.contains("status 130"), "\(made.stdout)\(made.stderr)")
    #expect(made.stdout.contains("no decision was taken") && made.stdout.contains(" icanon"))
    #expect(try sandbox.run("kairos facts --state rejected").stdout.isEmpty)
  }
}
