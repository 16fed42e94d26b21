import KairosRedaction
import Testing

@Suite struct RedactorTests {
  static let redactor = Redactor(key: "git:example.org/a/b")
  // Assembled from parts, so that no scanner takes this file for a leak.
  static let mixed = "q7Zt2" + "Lw9Xk4Rv1Bn8Sd6Pf3Hg5Jc0Ym" + "A1zE7uQ2oT9iW4eR6yK8"
  static let hex = "9f3c1e7b5a0d48" + "26e1c7b9a3f05d82" + "417e3b6c9d0a5f18e2749f3c1e7b5a0d4826"
  static let upper = "QZ7TKXW2" + "BN5RJ3LMVPD4"
  static let letters = "qWeRtyUiOpAsDfGh" + "JkLzXcVbNmQwErTyUi"

  static func run(_ text: String, _ count: Int) -> String { String(text.prefix(count)) }

  /// Rule, secret. Each stands alone in prose and must go.
  static let tokens: [(rule: String, secret: String)] = [
    ("github-token", "gh" + "p_" + run(mixed, 36)), ("github-token", "gh" + "o_" + run(mixed, 36)),
    ("github-token", "github" + "_pat_" + run(mixed, 22) + "_" + run(mixed + mixed, 59)),
    ("gitlab-token", "gl" + "pat-" + run(mixed, 20)),
    ("npm-token", "np" + "m_" + run(mixed, 36)),
    ("pypi-token", "py" + "pi-AgEI" + run(mixed + mixed, 70)),
    ("docker-token", "dckr" + "_pat_" + run(mixed, 27)),
    ("aws-key-id", "AK" + "IA" + run(upper, 16)), ("aws-key-id", "AS" + "IA" + run(upper, 16)),
    ("google-key", "AI" + "za" + run(mixed, 35)),
    ("google-oauth-secret", "GOC" + "SPX-" + run(mixed, 28)),
    ("digitalocean-token", "do" + "p_v1_" + run(hex, 64)),
    ("heroku-key", "HR" + "KU-" + run(mixed, 40)), ("vault-token", "hv" + "s." + run(mixed, 40)),
    ("databricks-token", "da" + "pi" + run(hex, 32)),
    ("anthropic-key", "sk-" + "ant-api03-" + mixed),
    ("openai-key", "sk-" + "proj-" + mixed), ("openai-key", "s" + "k-" + run(mixed, 48)),
    ("huggingface-token", "h" + "f_" + letters), ("groq-key", "gs" + "k_" + mixed),
    ("stripe-key", "sk_" + "live_" + run(mixed, 24)),
    ("stripe-key", "rk_" + "live_" + run(mixed, 24)),
    ("stripe-key", "pk_" + "live_" + run(mixed, 24)),
    ("slack-token", "xox" + "b-" + "314159265358-271828182845-" + run(mixed, 24)),
    (
      "slack-webhook", "https://hooks.sl" + "ack.com/services/T0AB12CD3/B0EF45GH6/" + run(mixed, 24)
    ),
    ("discord-webhook", "https://disc" + "ord.com/api/webhooks/314159265358979323/" + mixed),
    ("sendgrid-key", "S" + "G." + run(mixed, 22) + "." + run(mixed, 43)),
    ("twilio-key", "S" + "K" + run(hex, 32)), ("mailgun-key", "ke" + "y-" + run(hex, 32)),
    ("linear-key", "lin" + "_api_" + run(mixed, 40)),
    ("posthog-key", "ph" + "c_" + run(mixed, 43)),
    ("sentry-token", "sntr" + "ys_" + mixed + run(mixed, 20)),
    ("telegram-token", "314159265" + ":A" + run(mixed, 34)),
    ("discord-token", "MT" + run(mixed, 22) + "." + run(mixed, 6) + "." + run(mixed, 38)),
    ("jwt", "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0NTYifQ." + run(mixed, 43)),
  ]

  @Test(arguments: tokens) func knowsATokenByItsShape(rule: String, secret: String) {
    for text in ["use \(secret) now", "\(secret)", "(\(secret)).", "X=\"\(secret)\"\n"] {
      let hits = Self.redactor.secrets(in: text)
      #expect(hits.map(\.rule) == [rule], "\(text)")
      let redacted = Self.redactor.redact(text)
      #expect(!redacted.contains(secret.suffix(12)))
      #expect(redacted.contains("[redacted:\(rule):"))
    }
  }

  /// Text around a value that its name gives away; `§` stands for the value.
  static let named: [(template: String, value: String, rule: String)] = [
    ("DB_PASSWORD=§\n", "hun" + "ter2", "password"),
    ("  db_password: §\n", "blue" + "Horse!42", "password"),
    ("{\"password\": \"§\"}", "blue" + "Horse!42", "password"),
    ("{\\\"db_password\\\": \\\"§\\\"}", "blue" + "Horse!42", "password"),
    ("let password: String = \"§\"", "blue" + "Horse!42", "password"),
    ("config['passwd'] = '§'", "blue" + "Horse!42", "password"),
    ("the admin password is § , use it", "blue" + "Horse42", "password"),
    ("log in with user demo and password § please", "blue" + "Horse!42", "password"),
    ("mysql --password §", "blue" + "Horse!42", "password"),
    ("curl -u admin:'§' https://ci.example.org", "blue" + "Horse!42", "password"),
    ("<password>§</password>", "blue" + "Horse!42", "password"),
    ("machine h login ann password §\n", "blue" + "Horse!42", "password"),
    ("PRIVATE-TOKEN: §", run(mixed, 24), "secret"),
    ("curl https://h/x?access_token=§&page=2", run(mixed, 24), "secret"),
    ("AWS_SECRET_ACCESS_KEY=§", run(mixed, 39) + "/", "secret"),
    ("api_key: \"§\"", run(hex, 32), "secret"),
    ("the datadog api key is §.", run(hex, 32), "secret"),
    ("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=§;", mixed + "==", "secret"),
    ("Authorization: Bearer §", run(mixed, 40), "authorization"),
    ("-H 'authorization: Basic §' https", run(mixed, 30) + "==", "authorization"),
    ("Cookie: theme=dark; sid=§; lang=en", run(mixed, 30), "cookie"),
    ("postgres://app:§@db.internal:5432/app", "sup" + "erquiet", "url-password"),
    ("https://§@git.example.org/x.git", run(mixed, 30), "url-password"),
  ]

  @Test(arguments: named)
  func knowsASecretByItsName(template: String, value: String, rule: String) throws {
    let parts = template.split(separator: "§", omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let text = parts[0] + value + parts[1]
    let hits = Self.redactor.secrets(in: String(text))
    #expect(hits.map(\.rule) == [rule], "\(text)")
    let start = parts[0].utf8.count
    #expect(hits.map(\.range) == [start..<(start + value.utf8.count)])
  }

  @Test(arguments: [
    "commit \(run(hex, 40))", "\"id\": \"8c2f9d1e-4b7a-4c3d-9e5f-1a2b3c4d5e6f\"",
    "\"id\":\"toolu_01\(run(mixed, 22))\"", "msg_01\(run(mixed, 22))", "req_011\(run(mixed, 21))",
    "\"integrity\": \"sha512-\(mixed)==\"", "sha256:\(run(hex, 64))", "api_key = \"YOUR_API_KEY\"",
    "token: xxxxxxxxxxxxxxxxxxxx", "token=<token>", "GH_TOKEN=$GITHUB_TOKEN",
    "token: ${{ secrets.NPM_TOKEN }}", "token = getToken()", "password = getpass.getpass('x')",
    "func login(password: String, token: Token) -> Bool {", "const key = process.env.API_KEY",
    "AKIA" + "IOSFODNN7EXAMPLE", "gh" + "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "postgres://user:password@localhost:5432/test", "\"input_tokens\": 12345",
    "nextPageToken: \(run(mixed, 30))", "secret_name: my-app-database-credentials-prod",
    "--- PASS: TestLogin/wrong_password2 (0.01s)", "PWD=/home/ann/src/2024", "bypass: rule42",
    "return s.listCheckpointsForBranch(x)", "clientSecret: env.GITHUB_CLIENT_SECRET,",
    "<password>${env.PASSWORD}</password>",
    ".. _`RFC6749#Authorization`: https://e.org/html/rfc6749",
    "cache_key=build-abcdef-\(run(hex, 12))-42", "the token is refreshed every 15 minutes",
    "-----BEGIN PUBLIC KEY-----\n\(run(mixed, 40))\n\(run(mixed, 40))\n-----END PUBLIC KEY-----",
    "matches -----BEGIN RSA PRIVATE KEY----- in files", "kostet 5 € — Größe: 日本語",
  ])
  func leavesWhatIsNoSecret(text: String) {
    #expect(Self.redactor.secrets(in: text).isEmpty)
    #expect(Self.redactor.redact(text) == text)
  }

  @Test(arguments: ["RSA ", "OPENSSH ", "EC ", ""], ["\n", "\\n"])
  func removesAKeyBlockAsAWhole(kind: String, newline: String) {
    let lines = (0..<8).map { _ in Self.mixed }
    let head = "-----BEGIN \(kind)PRIVATE " + "KEY-----"
    let whole = ([head] + lines + ["-----END \(kind)PRIVATE KEY-----"]).joined(separator: newline)
    let redacted = Self.redactor.redact("a\n\(whole)\nb")
    #expect(redacted.hasPrefix("a\n[redacted:private-key:"))
    #expect(redacted.hasSuffix("]\nb"))
    let cut = ([head] + lines).joined(separator: newline)
    #expect(!Self.redactor.redact(cut + newline + "rest of it").contains(Self.mixed))
  }

  @Test func tagsAreKeyedAndRedactionIsStable() {
    let secret = Self.tokens[0].secret
    let text = "a \(secret) b \(secret) DB_PASSWORD=hun" + "ter2 postgres://a:\(secret)@h/x"
    let once = Self.redactor.redact(text)
    #expect(Self.redactor.redact(once) == once)
    #expect(once != Redactor(key: "other").redact(text))
    let tags = once.split(separator: " ").filter { $0.hasPrefix("[redacted:github-token:") }
    #expect(tags.count == 2 && tags[0] == tags[1])
  }

  @Test func keepsTheTextAroundASecret() {
    let secret = Self.tokens[0].secret
    let redacted = Self.redactor.redact("größer ✓ \(secret) ✓ größer")
    #expect(redacted.hasPrefix("größer ✓ [redacted:github-token:"))
    #expect(redacted.hasSuffix("] ✓ größer"))
  }
}
