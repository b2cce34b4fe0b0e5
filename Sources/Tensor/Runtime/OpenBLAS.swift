#if OpenBLAS
  private import COpenBLAS
#endif

/// The library, where the package's trait `OpenBLAS` is on, and the settings that are relied on.
package enum OpenBLAS {
  #if OpenBLAS
    /// Whether this build has the library.
    package static let isAvailable = true

    private static let oneThread: Void = openblas_set_num_threads(1)

    /// The kernels that the library took for this processor, such as "Zen" or "SkylakeX".
    package static let kernels: String = {
      // SAFETY: the library's own constant string.
      guard let name = unsafe openblas_get_corename() else { return "unknown" }
      return unsafe String(cString: name)
    }()

    /// Overwrites C `[rows, columns]` with A `[rows, depth]` · B `[depth, columns]`, all row-major,
    /// their rows `lda`, `ldb` and `ldc` elements apart.
    @inline(__always) static func multiply(
      rows: Int, columns: Int, depth: Int, _ a: UnsafePointer<Float>, lda: Int,
      _ b: UnsafePointer<Float>, ldb: Int, into c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), 1,
        a, Int32(lda), b, Int32(ldb), 0, c, Int32(ldc))
    }
  #else
    /// Whether this build has the library.
    package static let isAvailable = false
    private static let oneThread: Void = ()
    /// Nothing, without the library.
    package static let kernels = "none"

    static func multiply(
      rows: Int, columns: Int, depth: Int, _ a: UnsafePointer<Float>, lda: Int,
      _ b: UnsafePointer<Float>, ldb: Int, into c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
      preconditionFailure("no network gets an engine that this build lacks")
    }
  #endif

  /// Makes every `cblas_sgemm` run on its caller's thread: the parallelism is this package's own.
  ///
  /// Both pools at once would fight for the cores: 86 to 300 ms instead of 40 for one image.
  package static func useOneThread() { oneThread }

  /// The environment's `OPENBLAS_CORETYPE` that fits this processor better, if the library does not
  /// know it and took kernels without AVX2; nil if it did well.
  ///
  /// OpenBLAS 0.3.21 (Debian 12) takes an Emerald Rapids for a Prescott: 103 ms for 38. These old
  /// kernels also round a row by its place in the matrix.
  package static let betterKernels: String? = {
    if !isAvailable { return nil }
    let modern = ["Haswell", "Zen", "Excavator", "SkylakeX", "Cooperlake", "SapphireRapids"]
    if modern.contains(where: { $0.lowercased() == kernels.lowercased() }) { return nil }
    return switch InstructionSet.best {
    case .avx512: "SkylakeX"
    case .avx2: "Haswell"
    case .portable: nil
    }
  }()
}
