import KairosRedaction
import Testing

/// Secrets in the shapes in which transcripts carry them: encoded, escaped, in diffs, cut.
@Suite struct EncodedSecretTests {
  static let redactor = Redactor(key: "dir:test")

  /// Text, the secret in it. Assembled from parts, so that no scanner takes this file for a leak.
  static let texts: [(text: String, secret: String)] = [
    ("DB_PASSWORD=" + password, password), ("{\"password\": \"\(password)\"}", password),
    ("api_key: " + hex, hex), ("use \(token) now", token),
    ("Authorization: Bearer " + hex, hex),
    ("postgres://app:\(password.dropLast(3))@db.internal:5432/app", String(password.dropLast(3))),
  ]
  static let password = "blue" + "Horse!42"
  static let hex = "9f3c1e7b5a0d" + "4826e1c7b9a3f05d8241"
  static let token = "gh" + "p_q7Zt2Lw9Xk4Rv1" + "Bn8Sd6Pf3Hg5Jc0YmA1zE7"

  static let forms: [(name: String, encode: @Sendable (String) -> String)] = [
    ("plain", { $0 }), ("escaped", { escaped($0) }), ("escaped twice", { escaped(escaped($0)) }),
    ("escaped three times", { escaped(escaped(escaped($0))) }),
    ("quotes as code points", { $0.replacing("\"", with: "\\u0022") }),
    ("percent", { percent($0) }), ("in an address", { "https://h.example/x?q=" + percent($0) }),
    ("entities", { $0.replacing("\"", with: "&quot;") }),
    ("added line", { "@@ -1 +1 @@\n+" + $0 }), ("removed line", { "-  " + $0 }),
    ("numbered line", { "    12\t" + $0 }), ("quoted line", { "> " + $0 }),
    ("coloured", { "\u{1b}[32m" + $0.replacing("=", with: "\u{1b}[0m=\u{1b}[31m") + "\u{1b}[0m" }),
    ("in code", { "let text = '" + $0 + "'" }), ("carriage return", { $0 + "\r\nnext" }),
  ]

  @Test(arguments: forms.indices, texts.indices)
  func isFoundInEveryForm(form: Int, text: Int) {
    let (plain, secret) = Self.texts[text]
    let encoded = Self.forms[form].encode(plain)
    let redacted = Self.redactor.redact(encoded)
    #expect(!redacted.contains(secret), "\(Self.forms[form].name): \(redacted)")
    #expect(!redacted.contains(Self.percent(secret)), "\(Self.forms[form].name): \(redacted)")
    #expect(Self.redactor.redact(redacted) == redacted)
  }

  @Test(arguments: ["\n", "\r\n", "\\\n", "\n+", "\n> ", "\" + \"", "\" +\n    \""])
  func isFoundWhenALineCutsIt(cut: String) {
    for secret in [Self.token, Self.hex] {
      let middle = secret.index(secret.startIndex, offsetBy: secret.count / 2)
      let text = "\"token\": \"" + secret[..<middle] + cut + secret[middle...] + "\" end"
      let redacted = Self.redactor.redact(text)
      #expect(!redacted.contains(secret[..<middle].suffix(8)), "\(redacted)")
      #expect(!redacted.contains(secret[middle...].prefix(8)), "\(redacted)")
      #expect(redacted.hasSuffix(" end"))
    }
  }

  @Test(arguments: [
    "vendor_key = \"§\"", "vendorKEY=§", "vendor SECRET §", "vendor-token-§", "vendor_secret §",
    "statuspage_token = §", "token: \"§",
  ])
  func aMachinesValueNeedsNoKnownName(template: String) {
    let text = template.replacing("§", with: Self.hex)
    #expect(!Self.redactor.redact(text).contains(Self.hex), "\(text)")
  }

  @Test(arguments: [
    "cache_key=build-\(hex)", "restore-key Linux-node-\(hex)", "primary_key: \(hex)",
    "nextPageToken: \(hex.prefix(20))-x", "the key \(hex) is in the table", "100%20done",
    "accept(token:flags:for:tokenCallback:)", "sha_key_file: docs/keys/readme2024.md",
    "etag=\(hex)", "a + b", "\"a\" + \"b\"", "tom &amp; jerry", "\u{1b}[1mbold\u{1b}[0m",
    "dictionary_key: identifierWithWordsAndKeywords", "the SECRET lies in the details of it all",
    "commit \(hex)\n\(hex)",
  ])
  func leavesWhatOnlyLooksLikeOne(text: String) {
    #expect(Self.redactor.redact(text) == text)
  }

  private static func escaped(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func percent(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_")
      let hex = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count < 2 ? "0" : "") + hex
    }.joined()
  }
}
