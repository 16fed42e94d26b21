import Ingest
import KairosJSON
import KairosSources

/// What stands beside a transcript in an agent's home about its folder, where the transcript itself
/// does not tell.
enum HomeMarks {
  /// Adds the folder of the editor's window (`workspaceStorage/<id>/workspace.json`), of Gemini's
  /// project (`tmp/<name>/.project_root`), and the names that were made of it: by early Gemini
  /// (`tmp/<sha256>/`) and by Cursor's command line (`chats/<md5>/`).
  static func add(to marks: inout SessionMarks, path: String) {
    if let window = folder(above: path, below: "workspaceStorage"),
      let folder = workspaceFolder(window + "/workspace.json")
    {
      marks.add(folder: folder)
    }
    if let project = folder(above: path, below: "tmp") {
      let name = FilePath.name(of: project)
      if name.utf8.count == 64, name.allSatisfy(\.isHexDigit) { marks.pathDigests.append(name) }
      if let bytes = try? WholeFile.read(project + "/.project_root", limit: 1 << 16) {
        let line = String(decoding: bytes.prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
        marks.add(folder: line)
      }
    }
    if let chat = folder(above: path, below: "chats") {
      let name = FilePath.name(of: chat)
      if name.utf8.count == 32, name.allSatisfy(\.isHexDigit) { marks.pathDigests.append(name) }
    }
  }

  /// The part of the path up to the folder that lies in a folder called `parent`.
  private static func folder(above path: String, below parent: String) -> String? {
    let parts = path.split(separator: "/")
    guard let at = parts.lastIndex(of: Substring(parent)), at + 2 < parts.count else { return nil }
    return "/" + parts[...(at + 1)].joined(separator: "/")
  }

  private static func workspaceFolder(_ path: String) -> String? {
    guard let bytes = try? WholeFile.read(path, limit: 1 << 20),
      let root = try? JSONDocument.parse(bytes).root
    else { return nil }
    if let folder = root["folder"]?.string { return localPath(folder) }
    // A window of several folders: the file that lists them lies in or beside the project.
    return (root["workspace"]?.string ?? root["configuration"]?.string).flatMap(localPath)
      .map(FilePath.parent(of:))
  }

  /// The path of an address like `file:///home/ann/lamp`; of a remote machine, the path there.
  static func localPath(_ address: String) -> String? {
    guard let scheme = address.firstRange(of: "://"),
      let slash = address[scheme.upperBound...].firstIndex(of: "/")
    else { return address.hasPrefix("/") ? address : nil }
    return percentDecoded(address[slash...])
  }

  private static func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
