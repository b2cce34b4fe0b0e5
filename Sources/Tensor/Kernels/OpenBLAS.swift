private import COpenBLAS

/// The library's settings that this package relies on.
package enum OpenBLAS {
  /// Makes every `cblas_sgemm` run on its caller's thread: the parallelism is this package's own.
  ///
  /// Both pools at once would fight for the cores: 86 to 300 ms instead of 40 for one image.
  package static func useOneThread() { oneThread }

  private static let oneThread: Void = openblas_set_num_threads(1)
}
