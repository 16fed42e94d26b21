import CKairos

/// Finds short byte strings in long ones, at the speed of memory.
public enum ByteScan {
  /// Offset of the first occurrence of `needle` at or after `start`, or `nil`.
  public static func first(
    _ needle: StaticString, in bytes: UnsafeRawBufferPointer, from start: Int = 0
  ) -> Int? {
    first(
      UnsafeRawBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount), in: bytes,
      from: start)
  }

  /// Offset of the first occurrence of `needle` at or after `start`, or `nil`.
  public static func first(
    _ needle: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer, from start: Int = 0
  ) -> Int? {
    guard let base = bytes.baseAddress, let wanted = needle.baseAddress, start >= 0,
      start < bytes.count
    else { return nil }
    let begin = base.assumingMemoryBound(to: UInt8.self)
    let hit = kairos_find(
      begin + start, begin + bytes.count, wanted.assumingMemoryBound(to: UInt8.self), needle.count)
    return hit.map { $0 - begin }
  }

  /// Offset of the first newline at or after `start`, or `nil`.
  public static func newline(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count,
      let hit = memchr(base + start, 0x0a, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(hit) - base
  }
}
