import CZstd

/// Frames of zstd; the only file that talks to libzstd.
enum Zstd {
  /// Logs are written on every run: level 9 would cost four times the time for a third less.
  static let level: Int32 = 3
  /// Larger windows are refused when reading: they would let a small file ask for much memory.
  static let windowLogMax: Int32 = 27

  /// One frame with a checksum of its content. The same bytes give the same frame (no workers).
  static func frame(_ content: [UInt8]) throws(ArchiveError) -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { throw .compression(reason: "out of memory") }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    let bound = ZSTD_compressBound(content.count)
    var result = 0
    let frame = [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      result = content.withUnsafeBytes {
        ZSTD_compress2(context, out.baseAddress, out.count, $0.baseAddress, $0.count)
      }
      count = ZSTD_isError(result) == 0 ? result : 0
    }
    guard ZSTD_isError(result) == 0 else { throw .compression(reason: name(result)) }
    return frame
  }

  /// How a walk over frames ended.
  enum Walk: Equatable {
    /// The bytes end where a frame ends.
    case whole
    /// The bytes end inside a frame that starts at this offset.
    case torn(Int)
    /// There is no frame at this offset.
    case damaged(Int)
  }

  /// The byte ranges of the complete frames of `bytes`, by their headers alone.
  static func frames(_ bytes: [UInt8]) -> (ranges: [Range<Int>], end: Walk) {
    bytes.withUnsafeBytes { buffer in
      var ranges: [Range<Int>] = []
      var at = 0
      while at < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[at...])
        let size = ZSTD_findFrameCompressedSize(rest.baseAddress, rest.count)
        guard ZSTD_isError(size) == 0 else {
          let isTorn = ZSTD_getErrorCode(size) == ZSTD_error_srcSize_wrong
          return (ranges, isTorn ? .torn(at) : .damaged(at))
        }
        ranges.append(at..<(at + size))
        at += size
      }
      return (ranges, .whole)
    }
  }

  /// Decodes one frame in pieces of at most 128 KiB. Returns whether it was sound to its end.
  static func decode(
    _ frame: ArraySlice<UInt8>, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Bool {
    guard let context = ZSTD_createDCtx() else {
      throw ArchiveError.compression(reason: "out of memory")
    }
    defer { ZSTD_freeDCtx(context) }
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLogMax)
    var piece = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    return try frame.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while true {
        let (left, count) = piece.withUnsafeMutableBytes { target in
          var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let left = ZSTD_decompressStream(context, &output, &input)
          return (left, output.pos)
        }
        guard ZSTD_isError(left) == 0 else { return false }
        try piece.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        if left == 0 { return input.pos == input.size }
        if input.pos == input.size, count < piece.count { return false }
      }
    }
  }

  private static func name(_ code: Int) -> String {
    ZSTD_getErrorName(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
