/// A function, initialiser or computed property with the lines that it covers.
struct FunctionLength: Equatable {
  let name: String
  /// 1-based line of the declaration.
  let line: Int
  /// From the declaration to the closing brace.
  let count: Int
}

extension SwiftText {
  /// Every function with a body, in the order of the file.
  var functions: [FunctionLength] {
    let tokens = Token.list(code)
    return tokens.indices.compactMap { index in
      guard let open = bodyStart(tokens, index) else { return nil }
      let close = Self.closing(tokens, open)
      let name =
        tokens[index].text == "func" || tokens[index].text == "var"
        ? tokens[index + 1].text : tokens[index].text
      let line = tokens[index].line
      return FunctionLength(name: name, line: line, count: tokens[close].line - line + 1)
    }
  }

  /// Index of the brace that opens the body of the function declared at `index`.
  private func bodyStart(_ tokens: [Token], _ index: Int) -> Int? {
    let word = tokens[index].text
    guard ["func", "init", "deinit", "subscript", "var"].contains(word) else { return nil }
    // `.init(…)` and `self.init(…)` are calls.
    if index > 0, tokens[index - 1].text == "." { return nil }
    guard index + 1 < tokens.count, word != "func" || tokens[index + 1].text != "(" else {
      return nil
    }
    var depth = 0
    for next in (index + 1)..<tokens.count {
      switch tokens[next].text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return next
      case "}" where depth == 0: return nil
      case "=" where depth == 0 && word == "var": return nil
      case "func", "var", "let", "init", "case", "import", "struct", "enum", "extension":
        if depth == 0, next > index + 1 { return nil }
      default: break
      }
      if depth < 0 { return nil }
    }
    return nil
  }

  private static func closing(_ tokens: [Token], _ open: Int) -> Int {
    var depth = 0
    for index in open..<tokens.count {
      if tokens[index].text == "{" { depth += 1 }
      if tokens[index].text == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return tokens.count - 1
  }
}

/// A word or a single mark of code.
struct Token: Equatable {
  let text: String
  /// 1-based.
  let line: Int

  static func list(_ code: [String]) -> [Token] {
    var tokens: [Token] = []
    for (index, line) in code.enumerated() {
      var word = ""
      for character in line {
        if character.isLetter || character.isNumber || character == "_" {
          word.append(character)
          continue
        }
        if !word.isEmpty { tokens.append(Token(text: word, line: index + 1)) }
        word = ""
        if !character.isWhitespace {
          tokens.append(Token(text: String(character), line: index + 1))
        }
      }
      if !word.isEmpty { tokens.append(Token(text: word, line: index + 1)) }
    }
    return tokens
  }
}
