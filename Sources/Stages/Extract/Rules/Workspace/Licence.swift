import KairosModel

/// Under which licence the project is published.
struct Licence: WorkspaceRule {
  let name = "licence"

  /// The first words that tell the texts apart; longer names first.
  private static let texts: [(String, String)] = [
    ("GNU AFFERO GENERAL PUBLIC LICENSE", "AGPL-3.0"), ("GNU LESSER GENERAL PUBLIC", "LGPL"),
    ("GNU GENERAL PUBLIC LICENSE", "GPL"), ("Apache License", "Apache-2.0"),
    ("Mozilla Public License", "MPL-2.0"), ("MIT License", "MIT"),
    ("Permission is hereby granted, free of charge", "MIT"), ("ISC License", "ISC"),
    ("Redistribution and use in source and binary forms", "BSD"),
    ("This is free and unencumbered software", "Unlicense"),
    ("Business Source License", "BUSL"), ("Functional Source License", "FSL"),
  ]

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let names = ["license", "licence", "copying"]
    let file = workspace.files.first { file in
      let stem = file.path.lowercased().prefix { $0 != "." }
      return names.contains(String(stem)) && file.text != nil
    }
    guard let file, let text = file.text?.prefix(3000),
      let licence = Self.texts.first(where: { text.firstRange(of: $0.0) != nil })?.1
    else { return [] }
    return [
      facts.stated(
        in: file, lines: nil, kind: .layout, predicate: "setting.license", value: licence,
        statement: "The project is licensed under \(licence) (`\(file.path)`).", quote: licence)
    ]
  }
}
