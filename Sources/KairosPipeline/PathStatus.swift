import KairosModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the file system says about a path.
public struct PathStatus: Sendable, Equatable {
  public let isFolder: Bool
  public let size: Int
  public let mode: mode_t

  /// The status of what is at `path` (links followed), or `nil` when nothing is there.
  public static func of(_ path: String) -> PathStatus? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    return PathStatus(
      isFolder: found.st_mode & S_IFMT == S_IFDIR, size: Int(found.st_size),
      mode: found.st_mode & 0o7777)
  }

  /// Whether a symbolic link is at `path`.
  static func isLink(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFLNK
  }

  /// The path without links, or `nil` when nothing is there.
  static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Whether this process may write at `path`.
  public static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// Whether this process may read at `path`.
  public static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }
}

/// Names in folders.
public enum FolderNames {
  /// The names in `folder` except `.` and `..`, sorted by bytes; empty when it cannot be read.
  public static func sorted(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Creates folders.
public enum FolderMaker {
  /// Creates `path` and its parents; an existing folder is left alone.
  public static func make(_ path: String, mode: mode_t = 0o755) throws(FileFailure) {
    if let status = PathStatus.of(path) {
      guard status.isFolder else { throw .cannotWrite(path: path, code: ENOTDIR) }
      return
    }
    let parent = FilePath.parent(of: path)
    if parent != path { try make(parent, mode: mode) }
    guard mkdir(path, mode) == 0 || errno == EEXIST else {
      throw .cannotWrite(path: path, code: errno)
    }
  }

  /// Makes a rename inside the folder durable. Some file systems refuse to sync folders; the
  /// rename is atomic there all the same.
  static func sync(_ path: String) {
    let folder = open(path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }
}

/// Moves damaged files out of the way.
enum PathRename {
  /// Gives the file the first free name `PATH.damaged-N`.
  static func aside(_ path: String) throws(FileFailure) {
    var number = 1
    while PathStatus.of("\(path).damaged-\(number)") != nil { number += 1 }
    guard rename(path, "\(path).damaged-\(number)") == 0 else {
      throw .cannotWrite(path: path, code: errno)
    }
  }
}

/// Removes single files.
enum FileRemoval {
  static func remove(_ path: String) { unlink(path) }
}

/// Arithmetic on paths, without looking at the disk.
public enum FilePath {
  /// Everything before the last `/`.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Everything after the last `/`.
  public static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// `path` seen from `folder`, with `.` and `..` resolved by text.
  public static func absolute(_ path: String, in folder: String) -> String {
    let whole = path.hasPrefix("/") ? path : folder + "/" + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": if !parts.isEmpty { parts.removeLast() }
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether `path` is `folder` or lies inside it.
  public static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// `path` as it is seen from `folder`; `nil` when it does not lie inside it.
  static func below(_ folder: String, _ path: String) -> String? {
    guard path != folder, isInside(path, folder) else { return nil }
    return String(path.dropFirst(folder == "/" ? 1 : folder.count + 1))
  }

  /// A file name for any key: the key itself where every file system takes it, else its id.
  static func safeName(_ key: String) -> String {
    let isSafe = key.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
      default: false
      }
    }
    return isSafe && (1...100).contains(key.utf8.count) ? key : ContentID.make("n", key)
  }
}
