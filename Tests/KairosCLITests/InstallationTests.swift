import Foundation
import Testing

/// What `make install` puts beside the binary: manual pages that the tools of manuals accept, and
/// completions that the shells accept.
@Suite struct InstallationTests {
  private static let script = ScheduleFiles.repository.appending(path: "scripts/install.sh").path

  /// Runs `body` with an installation in `inst` below the sandbox's project.
  private func installed(_ body: (Sandbox) throws -> Void) throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let made = try sandbox.run(
      "DESTDIR=\"$PWD\" PREFIX=/inst bash '\(Self.script)' \"$(command -v kairos)\"")
    #expect(made.status == 0, "\(made.stderr)")
    try body(sandbox)
  }

  @Test func everyCommandHasAPageAndEveryShellAScript() throws {
    try installed { sandbox in
      let pages = try sandbox.run("ls inst/share/man/man1").stdout.split(separator: "\n")
      for name in ["kairos.1", "kairos-run.1", "kairos-snapshot-diff.1", "kairos-review-apply.1"] {
        #expect(pages.contains(Substring(name)))
      }
      #expect(!pages.contains { $0.contains("help") || $0.contains("manual") })
      let page = try sandbox.run("cat inst/share/man/man1/kairos-run.1").stdout
      for part in [
        ".Nm kairos run\n", ".It Fl -receipt Ar file\n", ".Sh EXIT STATUS\n", ".It 75\n",
        "kairos run pipelines/ci.yaml \\-\\-dry\\-run", ".Xr kairos 1\n",
      ] { #expect(page.contains(part), "\(part)") }
      for file in [
        "bin/kairos", "bash-completion/completions/kairos", "zsh/site-functions/_kairos",
        "fish/vendor_completions.d/kairos.fish",
      ] {
        let path = file.hasPrefix("bin") ? file : "share/" + file
        #expect(try sandbox.run("test -s inst/\(path)").status == 0, "\(path)")
      }
    }
  }

  @Test(.enabled(if: Tool.isInstalled("mandoc"), "mandoc is not installed"))
  func mandocAcceptsThePages() throws {
    try installed { sandbox in
      let made = try sandbox.run("mandoc -Tlint -W warning inst/share/man/man1/*.1")
      // Our pages are not where mandoc looks for those that they point to.
      let complaints = made.stdout.split(separator: "\n").filter { !$0.contains("unknown manual") }
      #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
    }
  }

  @Test(.enabled(if: Tool.isInstalled("groff"), "groff is not installed"))
  func groffReadsThePages() throws {
    try installed { sandbox in
      let made = try sandbox.run("groff -mdoc -ww -Tutf8 inst/share/man/man1/*.1 > /dev/null")
      #expect(made.status == 0 && made.stderr.isEmpty, "\(made.stderr)")
    }
  }

  @Test(.enabled(if: Tool.isInstalled("bash"), "bash is not installed"))
  func bashCompletes() throws {
    try installed { sandbox in
      let made = try sandbox.run(
        """
        cat > try.bash <<'EOF'
        source inst/share/bash-completion/completions/kairos
        complete -p kairos | grep -o -- '-F [a-z_]*' | cut -c4- > function
        COMP_WORDS=(kairos snap) COMP_CWORD=1 COMP_LINE='kairos snap' COMP_POINT=11
        $(cat function) kairos snap kairos
        printf '%s\\n' "${COMPREPLY[@]}"
        EOF
        bash try.bash
        """)
      #expect(made.stdout.contains("snapshot"), "\(made.stdout)\(made.stderr)")
    }
  }

  @Test(.enabled(if: Tool.isInstalled("zsh"), "zsh is not installed"))
  func zshLoadsItsScript() throws {
    try installed { sandbox in
      let made = try sandbox.run(
        """
        zsh -fc 'fpath=($PWD/inst/share/zsh/site-functions $fpath)
        autoload -Uz compinit && compinit -u -d $PWD/dump && autoload +X _kairos
        print -r -- "${_comps[kairos]}"; whence -w _kairos'
        """)
      #expect(
        made.stdout.contains("_kairos\n_kairos: function"), "\(made.stdout)\(made.stderr)")
    }
  }

  @Test(.enabled(if: Tool.isInstalled("fish"), "fish is not installed"))
  func fishCompletes() throws {
    try installed { sandbox in
      let made = try sandbox.run(
        """
        fish --no-config -c 'source inst/share/fish/vendor_completions.d/kairos.fish
        complete -C "kairos snap"; complete -C "kairos export --target agents"'
        """)
      for word in ["snapshot", "agents-md"] {
        #expect(made.stdout.contains(word), "\(made.stdout)\(made.stderr)")
      }
    }
  }
}
