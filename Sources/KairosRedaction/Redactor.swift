import KairosModel

/// One secret in a text: which rule knew it, and where it stands.
public struct SecretHit: Sendable, Equatable {
  /// Name of the rule, as in the placeholder.
  public let rule: String
  /// UTF-8 bytes of the text.
  public let range: Range<Int>
}

/// Replaces secrets by placeholders before a text is kept, and again before it leaves.
///
/// A placeholder is `[redacted:<rule>:<4 hex>]`. Its tag is keyed by the project, so that equal
/// secrets stay equal inside one project and cannot be looked up from outside it.
public struct Redactor: Sendable {
  private let key: [UInt8]

  /// `key` is the project's id.
  public init(key: String) { self.key = Array(key.utf8) }

  /// The text with placeholders for its secrets; the same text when it has none.
  public func redact(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      let hits = SecretScanner.scan(bytes)
      return hits.isEmpty ? nil : replaced(bytes, hits)
    } ?? text
  }

  /// The secrets of the text in order; they do not overlap.
  public func secrets(in text: String) -> [SecretHit] {
    var text = text
    return text.withUTF8 { SecretScanner.scan($0) }
  }

  private func replaced(_ bytes: UnsafeBufferPointer<UInt8>, _ hits: [SecretHit]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var done = 0
    for hit in hits {
      out.append(contentsOf: bytes[done..<hit.range.lowerBound])
      out.append(contentsOf: "[redacted:\(hit.rule):\(tag(bytes[hit.range]))]".utf8)
      done = hit.range.upperBound
    }
    out.append(contentsOf: bytes[done...])
    return String(decoding: out, as: UTF8.self)
  }

  private func tag(_ secret: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(SHA256Digest.of(key + secret).hex.prefix(4))
  }
}
