import KairosModel

/// Gives the paths that a document writes their place in the tree.
///
/// Documents write paths from their own folder, from a folder that a heading names, or by the bare
/// name of a file.
struct DocumentPaths {
  let index: WorkspaceIndex
  /// The document's folder.
  let folder: String

  /// The text with the paths in its code spans from the root, as far as the tree has them.
  ///
  /// The label of an item (its first code span) belongs to the folder of the nearest heading that
  /// names one: there it is, or it is gone. The bare name of another folder's file is no proof.
  func resolved(_ text: String, headings: [String], isLabelled: Bool) -> String {
    let named = headings.reversed().compactMap { heading in
      Self.codeSpans(heading).lazy.compactMap { span in folderPath(span) }.first
    }
    var parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    for at in parts.indices where at % 2 == 1 {
      let isLabel = isLabelled && at == 1
      guard isPath(parts[at], isLabel: isLabel) else { continue }
      if isLabel, let base = named.first {
        parts[at] = label(parts[at], base: base)
      } else {
        parts[at] = path(parts[at], bases: named + [folder]) ?? parts[at]
      }
    }
    return parts.joined(separator: "`")
  }

  private func isPath(_ span: String, isLabel: Bool) -> Bool {
    if Names.isPath(Substring(span)) { return true }
    return isLabel && span.contains("/") && !span.contains(" ") && !span.hasPrefix("@")
      && !span.contains("://")
  }

  private func folderPath(_ span: String) -> String? {
    guard let path = index.resolve(path: span), index.isFolder(path) else { return nil }
    return path
  }

  private func label(_ name: String, base: String) -> String {
    let plain = name.hasSuffix("/") ? String(name.dropLast()) : name
    if exists(plain) { return plain }
    let inner = base + "/" + plain
    if exists(inner) { return inner }
    // `strategy/hooks.go` below a heading about `strategy/`.
    return index.resolve(path: plain) ?? (plain.contains("*") ? plain : inner)
  }

  private func path(_ name: String, bases: [String]) -> String? {
    if index.file(at: name) != nil { return name }
    for base in bases where !base.isEmpty {
      let inner = base + "/" + (name.hasPrefix("./") ? String(name.dropFirst(2)) : name)
      if exists(inner) { return inner.hasSuffix("/") ? String(inner.dropLast()) : inner }
    }
    return index.resolve(path: name)
  }

  private func exists(_ path: String) -> Bool {
    index.file(at: path) != nil || index.isFolder(path)
  }

  static func codeSpans(_ text: String) -> [String] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
  }
}
