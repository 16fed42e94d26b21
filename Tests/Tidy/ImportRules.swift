/// Which module may import which: the graph of `Sources/README.md`, written as a table.
enum ImportRules {
  /// Modules of this project that each module may import. Arrows only point down; stages and
  /// other siblings never see each other.
  static let allowed: [String: Set<String>] = [
    "kairos": ["KairosCLI"],
    "KairosCLI": ["KairosPipeline", "KairosModel", "KairosJSON", "CTerminal"],
    "KairosPipeline": [
      "Ingest", "Extract", "Merge", "Reconcile", "Promote", "Snapshot", "Export", "KairosStore",
      "KairosArchive", "KairosSources", "KairosRedaction", "KairosModel", "KairosJSON",
    ],
    "Ingest": ["KairosModel", "KairosRedaction", "KairosJSON"],
    "Extract": ["KairosModel", "KairosJSON"],
    "Merge": ["KairosModel"],
    "Reconcile": ["KairosModel"],
    "Promote": ["KairosModel"],
    "Snapshot": ["KairosModel", "KairosJSON"],
    "Export": ["KairosModel", "KairosRedaction", "KairosJSON"],
    "KairosStore": ["KairosModel", "KairosJSON"],
    "KairosArchive": ["KairosModel", "CArchive", "CZstd"],
    "KairosSources": ["KairosModel", "KairosRedaction", "KairosJSON", "CKairos"],
    "KairosRedaction": ["KairosModel"],
    "KairosModel": ["KairosJSON", "CCrypto"],
    "KairosJSON": ["CKairos"],
  ]

  /// Packages and system libraries with the only module that may use them.
  static let owners = [
    "ArgumentParser": "KairosCLI", "GRDB": "KairosStore", "Yams": "KairosPipeline",
  ]

  /// C libraries that exactly one Swift file talks to.
  static let libraries = ["CArchive", "CZstd", "CCrypto", "CTerminal"]

  static func violations(_ file: SwiftText, module: String) -> [String] {
    guard let allowed = allowed[module] else {
      return ["\(file.path): the module \(module) has no row in ImportRules; add one"]
    }
    return imports(file).compactMap { line, name in
      if let owner = owners[name], owner != module {
        return "\(file.path):\(line): only \(owner) may import \(name); call it through \(owner)"
      }
      guard Self.allowed[name] != nil || libraries.contains(name) || name == "CKairos",
        !allowed.contains(name)
      else { return nil }
      return "\(file.path):\(line): \(module) must not import \(name) (see Sources/README.md); "
        + "pass what you need as a value, or move the code"
    }
  }

  /// Files that talk to a C library besides the one that may.
  static func libraryUsers(_ files: [SwiftText]) -> [String] {
    libraries.compactMap { library in
      let users = files.filter { imports($0).contains { $0.name == library } }.map(\.path)
      return users.count <= 1
        ? nil : "\(library) is used by \(users.joined(separator: ", ")); keep it to one file"
    }
  }

  static func imports(_ file: SwiftText) -> [(line: Int, name: String)] {
    file.code.enumerated().compactMap { index, line in
      let words = line.split { $0 == " " || $0 == "." }.map(String.init)
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
        words[..<at].allSatisfy({ $0.hasPrefix("@") || ["public", "package"].contains($0) })
      else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let isKind = kinds.contains(words[at + 1]) && at + 2 < words.count
      return (index + 1, words[at + (isKind ? 2 : 1)])
    }
  }
}
