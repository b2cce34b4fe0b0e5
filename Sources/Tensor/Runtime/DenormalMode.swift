#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Whether tiny numbers count as zero in this thread's arithmetic.
///
/// Trained networks hold values that become denormal on the way; each then costs over a hundred
/// cycles. Results change by less than 1e-38.
package struct DenormalMode {
  #if arch(x86_64)
    private let before: UInt32
    private static let flushAndIgnore: UInt32 = 0x8040  // FTZ and DAZ of MXCSR

    /// Turns flushing on for this thread; keep the result to go back.
    @discardableResult package static func flush() -> DenormalMode {
      // SAFETY: both calls read or write the one structure given.
      unsafe withEnvironment { environment in
        let before = unsafe environment.pointee.__mxcsr
        unsafe environment.pointee.__mxcsr |= flushAndIgnore
        unsafe fesetenv(environment)
        return DenormalMode(before: before)
      }
    }

    /// Sets the mode back to what it was before ``flush()``.
    package func restore() {
      if before & Self.flushAndIgnore == Self.flushAndIgnore { return }
      unsafe Self.withEnvironment { environment in
        unsafe environment.pointee.__mxcsr = before
        unsafe fesetenv(environment)
      }
    }

    private static func withEnvironment<R>(_ body: (UnsafeMutablePointer<fenv_t>) -> R) -> R {
      var environment = fenv_t()
      return unsafe withUnsafeMutablePointer(to: &environment) { pointer in
        unsafe fegetenv(pointer)
        return unsafe body(pointer)
      }
    }
  #else
    @discardableResult package static func flush() -> DenormalMode { DenormalMode() }
    package func restore() {}
  #endif
}
