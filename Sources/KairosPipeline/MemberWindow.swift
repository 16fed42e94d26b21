import KairosArchive
import KairosSources

/// Reads members of archives ahead, session by session, so that an archive is passed through once
/// when the files of a session lie together.
struct MemberWindow {
  /// Bytes that are held at a time. Longer sessions are read straight from their archive.
  private static let bytesMax = 64 << 20

  /// Where each member lies among all.
  private let order: [String: Int]
  private var open: Reading?

  /// An archive that is being read.
  private final class Reading {
    let archive: String
    var stream: ArchiveStream

    init(_ archive: String) throws {
      self.archive = archive
      stream = try ArchiveStream(archive)
    }
  }

  init(order: [String: Int]) { self.order = order }

  /// The sessions in the order of the archives, put together so that each batch fits.
  func batches(_ sessions: [SessionTask]) -> [[SessionTask]] {
    func place(_ task: SessionTask) -> Int {
      task.changed.compactMap { order[$0.file.path] }.min() ?? 0
    }
    var batches: [[SessionTask]] = []
    var bytes = Self.bytesMax + 1
    for task in sessions.sorted(by: { place($0) < place($1) }) {
      let size = Self.members(of: task, order).reduce(0) { $0 + $1.size }
      if bytes + size > Self.bytesMax {
        batches.append([])
        bytes = 0
      }
      bytes += size
      batches[batches.count - 1].append(task)
    }
    return batches
  }

  /// The members of a batch. Those that do not fit are left to be read one by one.
  mutating func fetch(_ batch: [SessionTask]) throws -> SourceBytes {
    let members = batch.flatMap { Self.members(of: $0, order) }
    guard members.reduce(0, { $0 + $1.size }) <= Self.bytesMax else { return SourceBytes() }
    var bytes = SourceBytes()
    let byArchive = Dictionary(grouping: members) { ArchivedPath.split($0.path)?.archive ?? "" }
    for (archive, members) in byArchive.sorted(by: { $0.key < $1.key }) {
      var wanted = Set(members.map(\.path))
      if let open, open.archive == archive { try collect(&wanted, from: open, into: &bytes) }
      guard !wanted.isEmpty else { continue }
      let fresh = try Reading(archive)
      open = fresh
      try collect(&wanted, from: fresh, into: &bytes)
    }
    return bytes
  }

  private func collect(
    _ wanted: inout Set<String>, from reading: Reading, into bytes: inout SourceBytes
  ) throws {
    while !wanted.isEmpty, let name = try reading.stream.next() {
      let path = ArchivedPath.make(reading.archive, name)
      guard wanted.remove(path) != nil else { continue }
      var content: [UInt8] = []
      try reading.stream.read {
        content.append(contentsOf: $0)
        return true
      }
      bytes.held[path] = content
    }
  }

  private static func members(of task: SessionTask, _ order: [String: Int]) -> [SourceFile] {
    task.changed.map(\.file).filter { order[$0.path] != nil }
  }
}
