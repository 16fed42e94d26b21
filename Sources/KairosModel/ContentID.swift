/// Makes ids from content, so that the same input has the same id on every machine.
public enum ContentID {
  /// Lower-case Crockford base 32: no letters that are read as digits.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// `prefix_` and 20 base-32 digits (100 bits of SHA-256) of the parts. Parts are joined by a
  /// byte that cannot occur in UTF-8 text, so no two different lists of parts collide by joining.
  public static func make(_ prefix: String, _ parts: [String]) -> String {
    var joined: [UInt8] = []
    for part in parts {
      joined.append(contentsOf: part.utf8)
      joined.append(0xff)
    }
    return prefix + "_" + base32(SHA256Digest.of(joined).bytes, digits: 20)
  }

  /// The same for parts written one by one.
  public static func make(_ prefix: String, _ parts: String...) -> String { make(prefix, parts) }

  /// The first `digits` base-32 digits of `bytes`, most significant bit first.
  static func base32(_ bytes: [UInt8], digits: Int) -> String {
    var out: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes where out.count < digits {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5, out.count < digits {
        bits -= 5
        out.append(alphabet[Int(buffer >> UInt32(bits)) & 31])
      }
      buffer &= (1 << UInt32(bits)) - 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}
