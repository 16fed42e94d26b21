/// Letters that look like letters of ASCII, so that a rejected value in another script or with
/// invisible marks is still the same value.
///
/// The table holds the lower-case letters that Unicode's list of confusables (UTS #39) and plain
/// accents offer for `a` to `z`; styled alphabets are folded by arithmetic. Text in another
/// language stays distinct from other text in that language, since equal letters fold alike.
enum Lookalikes {
  /// Letters and digits of `text` in lower case, lookalikes as ASCII; nothing else stays.
  static func skeleton(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      // Marks are letters to some tables, but nobody sees them.
      if invisible(scalar) { continue }
      let folded = fold(scalar)
      guard folded.properties.isAlphabetic || folded.properties.numericType != nil else { continue }
      out.append(folded)
    }
    // Styled capitals fold to capitals.
    return String(out).lowercased()
  }

  private static func invisible(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80 else { return false }
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return true
    default: return false
    }
  }

  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let value = scalar.value
    guard value >= 0x80 else { return scalar }
    let ascii: UInt32?
    switch value {
    case 0xff10...0xff19: ascii = value - 0xff10 + 0x30
    case 0xff21...0xff3a: ascii = value - 0xff21 + 0x41
    case 0xff41...0xff5a: ascii = value - 0xff41 + 0x61
    case 0x24b6...0x24cf: ascii = value - 0x24b6 + 0x41
    case 0x24d0...0x24e9: ascii = value - 0x24d0 + 0x61
    // Mathematical letters: thirteen alphabets of capitals and small letters, then digits.
    case 0x1d400...0x1d6a3:
      let at = (value - 0x1d400) % 52
      ascii = at < 26 ? 0x41 + at : 0x61 + at - 26
    case 0x1d7ce...0x1d7ff: ascii = 0x30 + (value - 0x1d7ce) % 10
    case 0x1f130...0x1f149: ascii = value - 0x1f130 + 0x41
    case 0x1f150...0x1f169: ascii = value - 0x1f150 + 0x41
    case 0x1f170...0x1f189: ascii = value - 0x1f170 + 0x41
    default: return table[scalar] ?? scalar
    }
    return ascii.flatMap(Unicode.Scalar.init) ?? scalar
  }

  private static let table: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, others) in letters {
      for other in others.unicodeScalars { table[other] = letter }
    }
    return table
  }()

  private static let letters: [(Unicode.Scalar, String)] = [
    ("a", "аαàáâãäåāăąǎȧạảấɑᴀ⍺"), ("b", "ьƅЬᏏᑲɓḃᴃ"), ("c", "сϲçćĉċčᴄⅽƈꮯ"), ("d", "ԁďđɗḋḍᴅⅾᑯ"),
    ("e", "еёєҽèéêëēĕėęěẹẻẽεᴇ℮"), ("f", "ƒẝſꞙḟ"), ("g", "ɡցĝğġģǧᶃɢ"), ("h", "һհĥħḥʜᏂ"),
    ("i", "іιїìíîïĩīĭįıǐɩɪịⅰꭵ"), ("j", "јϳĵʝᴊ"), ("k", "кκķĸƙᴋḳ"), ("l", "ӏĺļľŀłⅼʟɭ"),
    ("m", "мᴍⅿṁɱ"), ("n", "пηñńņňŉŋոɴṇ"), ("o", "оοσòóôõöøōŏőǒọỏօᴏ૦୦ο"), ("p", "рρϱƿᴘṗ"),
    ("q", "ԛգզʠ"), ("r", "гŕŗřɼᴦꮁʀṛ"), ("s", "ѕśŝşšșꜱꮪṣ"), ("t", "тτţťŧțᴛṭ"),
    ("u", "υսùúûüũūŭůűųǔụᴜ"), ("v", "ѵνᴠⅴṿ"), ("w", "ѡωԝŵꮃᴡẁẃẅ"), ("x", "хχⅹ×ҳ"),
    ("y", "уүγýÿŷʏყỳỵ"), ("z", "źżžᴢꮓẓ"),
  ]
}
