import KairosJSON

/// One state of a project's files, as far as kairos keeps it: enough to extract from and to
/// verify against, without the tree.
public struct Workspace: Sendable, Equatable {
  /// `w_…`, derived from commit, dirty flag and the digests of all files.
  public let id: String
  public let commit: String?
  public let dirty: Bool
  /// Time of the commit; `nil` for a tree without one, which counts as newer than all evidence.
  public let at: Timestamp?
  /// Remote of the repository in canonical form (`github.com/owner/name`), if it has one.
  public let remote: String?
  /// Sorted by path.
  public let files: [File]

  public init(
    id: String, commit: String?, dirty: Bool, at: Timestamp?, remote: String?, files: [File]
  ) {
    self.id = id
    self.commit = commit
    self.dirty = dirty
    self.at = at
    self.remote = remote
    self.files = files
  }

  /// One file of the tree.
  public struct File: Sendable, Equatable {
    /// What the file is to a reader of the project.
    public enum Kind: String, Sendable {
      /// Manifests, lockfiles, task runners, tool versions, CI, linter and container settings.
      case manifest
      /// AGENTS.md, CLAUDE.md, .cursor/rules and the like.
      case instructions
      /// README, CONTRIBUTING, docs.
      case document
      case code, other
    }

    /// Relative to the root, `/` between parts.
    public let path: String
    public let size: Int
    /// `sha256:…` of the content.
    public let digest: String
    public let kind: Kind
    /// Redacted text of manifests, instructions and documents (within a limit); for code the
    /// leading comment only; `nil` when there is none.
    public let text: String?
    /// Definitions in code, in order of lines.
    public let symbols: [Symbol]
    /// Comments in code that give a reason, in order of lines.
    public let remarks: [Remark]
    /// Distinct words of identifiers, flags and keys in the file, sorted; they answer whether a
    /// name still occurs.
    public let words: [String]

    public init(
      path: String, size: Int, digest: String, kind: Kind, text: String?, symbols: [Symbol],
      remarks: [Remark] = [], words: [String]
    ) {
      self.path = path
      self.size = size
      self.digest = digest
      self.kind = kind
      self.text = text
      self.symbols = symbols
      self.remarks = remarks
      self.words = words
    }
  }

  /// One comment in a code file that tells why the code is as it is.
  public struct Remark: Sendable, Equatable {
    /// First line of the comment, 1-based.
    public let line: Int
    /// Name of the definition that it documents; `nil` inside of code.
    public let symbol: String?
    /// Redacted; paragraphs are lines.
    public let text: String

    public init(line: Int, symbol: String?, text: String) {
      self.line = line
      self.symbol = symbol
      self.text = text
    }
  }

  /// One definition in a code file.
  public struct Symbol: Sendable, Equatable {
    /// `func`, `type`, `package`, `const`, … in the language's own word.
    public let kind: String
    public let name: String
    /// 1-based.
    public let line: Int
    /// First sentence of the comment that documents it.
    public let doc: String?

    public init(kind: String, name: String, line: Int, doc: String?) {
      self.kind = kind
      self.name = name
      self.line = line
      self.doc = doc
    }
  }
}

extension Workspace.File: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("path", path)
      $0.member("size", size)
      $0.member("digest", digest)
      $0.member("kind", kind.rawValue)
      $0.member("text", text)
      $0.key("symbols")
      $0.array(symbols) { json, symbol in
        json.object {
          $0.member("kind", symbol.kind)
          $0.member("name", symbol.name)
          $0.member("line", symbol.line)
          $0.member("doc", symbol.doc)
        }
      }
      $0.key("remarks")
      $0.array(remarks) { json, remark in
        json.object {
          $0.member("line", remark.line)
          $0.member("symbol", remark.symbol)
          $0.member("text", remark.text)
        }
      }
      $0.member("words", words)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("workspace file", json)
    var symbols: [Workspace.Symbol] = []
    for element in json["symbols"]?.elements ?? [] {
      let symbol = RecordReader("workspace symbol", element)
      symbols.append(
        .init(
          kind: try symbol.string("kind"), name: try symbol.string("name"),
          line: Int(try symbol.int("line")), doc: symbol.optionalString("doc")))
    }
    var remarks: [Workspace.Remark] = []
    for element in json["remarks"]?.elements ?? [] {
      let remark = RecordReader("workspace remark", element)
      remarks.append(
        .init(
          line: Int(try remark.int("line")), symbol: remark.optionalString("symbol"),
          text: try remark.string("text")))
    }
    self.init(
      path: try reader.string("path"), size: Int(try reader.int("size")),
      digest: try reader.string("digest"), kind: try reader.choice("kind", Kind.self),
      text: reader.optionalString("text"), symbols: symbols, remarks: remarks,
      words: reader.strings("words"))
  }
}
