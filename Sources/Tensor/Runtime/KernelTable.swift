import KernelTypes
private import KernelsPortable

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

#if canImport(KernelsAVX512)
  private import KernelsAVX2
  private import KernelsAVX512
#endif

extension InstructionSet {
  /// The newest instruction set that this processor and this build have.
  ///
  /// `MOOD_ISA` (`portable`, `avx2` or `avx512`) lowers it, for tests and comparisons.
  public static let best: InstructionSet = {
    var found = InstructionSet.portable
    #if canImport(KernelsAVX512)
      if Processor.flags.isSuperset(of: ["avx2", "fma", "bmi2", "f16c"]) { found = .avx2 }
      if Processor.flags.isSuperset(of: ["avx512f", "avx512vl", "avx512dq", "avx512bw", "avx512cd"])
      {
        found = .avx512
      }
    #endif
    // SAFETY: getenv's string is copied before anything could change the environment.
    if let name = unsafe getenv("MOOD_ISA"),
      let asked = unsafe InstructionSet(rawValue: String(cString: name))
    {
      found = min(found, asked)
    }
    return found
  }()
}

extension KernelTable {
  /// The kernels of `set`, or of the newest older one that this build has.
  static func kernels(of set: InstructionSet) -> KernelTable {
    switch set {
    #if canImport(KernelsAVX512)
      case .avx512: KernelsAVX512.kernels()
      case .avx2: KernelsAVX2.kernels()
    #endif
    default: KernelsPortable.kernels()
    }
  }

  /// What `convolutionTile` fetches at a time of `floats` for each step of K, shared out among tiles.
  func fetchShare(_ floats: Int, tiles: Int = 1) -> Int {
    (floats * fetchSteps / tiles + 15) / 16 * 16
  }
}
