private import COpenBLAS

/// The library's settings that this package relies on.
package enum OpenBLAS {
  /// Makes every `cblas_sgemm` run on its caller's thread: the parallelism is this package's own.
  ///
  /// Both pools at once would fight for the cores: 86 to 300 ms instead of 40 for one image.
  package static func useOneThread() { oneThread }

  /// The kernels that the library took for this processor, such as "Zen" or "SkylakeX".
  package static let kernels: String = {
    // SAFETY: the library's own constant string.
    guard let name = unsafe openblas_get_corename() else { return "unknown" }
    return unsafe String(cString: name)
  }()

  /// The environment's `OPENBLAS_CORETYPE` that fits this processor better, if the library does not
  /// know it and took kernels without AVX2; nil if it did well.
  ///
  /// OpenBLAS 0.3.21 (Debian 12) takes an Emerald Rapids for a Prescott: 103 ms for 38. These old
  /// kernels also round a row by its place in the matrix.
  package static let betterKernels: String? = {
    let modern = ["Haswell", "Zen", "Excavator", "SkylakeX", "Cooperlake", "SapphireRapids"]
    if modern.contains(where: { $0.lowercased() == kernels.lowercased() }) { return nil }
    return switch InstructionSet.best {
    case .avx512: "SkylakeX"
    case .avx2: "Haswell"
    case .portable: nil
    }
  }()

  private static let oneThread: Void = openblas_set_num_threads(1)
}
