import CCrypto

/// SHA-256 by OpenSSL's libcrypto; this file is the only one that talks to it.
public struct SHA256Digest: Hashable, Comparable, Sendable {
  /// 32 bytes.
  public let bytes: [UInt8]

  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The digest of bytes.
  public static func of(_ content: some Sequence<UInt8>) -> SHA256Digest {
    let hashed: [UInt8]? = content.withContiguousStorageIfAvailable { hash($0) }
    return SHA256Digest(unchecked: hashed ?? Array(content).withUnsafeBufferPointer { hash($0) })
  }

  /// The digest of the UTF-8 bytes of `text`.
  public static func of(_ text: String) -> SHA256Digest { of(text.utf8) }

  /// The digest of raw memory.
  public static func of(raw: UnsafeRawBufferPointer) -> SHA256Digest {
    SHA256Digest(unchecked: raw.withMemoryRebound(to: UInt8.self) { hash($0) })
  }

  private static func hash(_ buffer: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { out, count in
      _ = SHA256(buffer.baseAddress, buffer.count, out.baseAddress)
      count = 32
    }
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `sha256:` and the hexadecimal digits, as written in every stored record.
  public var text: String { "sha256:" + hex }

  /// A total order, so that output never depends on hashing.
  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// SHA-256 over content that arrives in pieces.
public struct SHA256Stream: ~Copyable {
  private let context: OpaquePointer?

  public init() {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds raw memory.
  public mutating func update(_ raw: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, raw.baseAddress, raw.count)
  }

  /// Adds bytes.
  public mutating func update(_ content: [UInt8]) {
    content.withUnsafeBytes { update($0) }
  }

  /// The digest of everything so far; the stream can go on.
  public func digest() -> SHA256Digest {
    let copy = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(copy) }
    EVP_MD_CTX_copy_ex(copy, context)
    let bytes = [UInt8](unsafeUninitializedCapacity: 32) { out, count in
      EVP_DigestFinal_ex(copy, out.baseAddress, nil)
      count = 32
    }
    return SHA256Digest(bytes: bytes) ?? .of([UInt8]())
  }
}

/// MD5, only for names that other programs made with it: it identifies nothing safely.
public enum MD5Name {
  /// 32 lower-case hexadecimal digits; `nil` where the system forbids MD5.
  public static func of(_ text: String) -> String? {
    let content = Array(text.utf8)
    var bytes = [UInt8](repeating: 0, count: 16)
    guard EVP_Digest(content, content.count, &bytes, nil, EVP_md5(), nil) == 1 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
