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

/// The kernels of one instruction set; documented in Sources/VectorKernels/Shared.
@safe package struct KernelTable: Sendable {
  typealias Read = UnsafePointer<Float>
  typealias Write = UnsafeMutablePointer<Float>

  let panelWidth: Int
  let tileRows: Int
  let fetchSteps: Int
  let convolutionTile:
    @Sendable (
      UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int, Read?, Int
    ) -> Void
  let applyEpilogue:
    @Sendable (UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int, Int) ->
      Void
  let winogradInput: @Sendable (Int, Int, Int, Read, Int, Int, Write, Int, Int, Write) -> Void
  let winogradOutput:
    @Sendable (Int, Int, Int, Read, Int, Write, Int, Int, Int, Read, Bool, Write) -> Void
  let affine: @Sendable (Read, Int, Write, Int, Int, Int, Read, Read, Bool) -> Void
  let reluRow: @Sendable (Read, Int, Write, Int, Int, Int) -> Void
  let addRows: @Sendable (Read, Int, Read, Int, Write, Int, Int, Int) -> Void
  let maxPoolRow:
    @Sendable (Read, Int, Int, Int, Int, Write, Int, Int, Int, Read?, Read?, Bool) -> Void
  let globalAverage: @Sendable (Read, Int, Int, Int, Int, Write, Int) -> Void
  let narrowTile:
    @Sendable (UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int) -> Void
  let depthwiseRow:
    @Sendable (Read, Read, Read, Int, Write, Int, Int, Int, Read, Int, Read, Bool) -> Void
  let addUpsampledRow: @Sendable (Read, Int, Read, Int, Write, Int, Int, Int) -> Void
  let multiplyAddLoop: @Sendable (Int, Float) -> Float
  /// Floating-point operations of one of its rounds.
  let multiplyAddLoopOperations: Int

  /// The kernels of `set`, or of the newest older one that this build has.
  package static func kernels(of set: InstructionSet) -> KernelTable {
    switch set {
    #if canImport(KernelsAVX512)
      case .avx512:
        unsafe KernelTable(
          panelWidth: KernelsAVX512.panelWidth(), tileRows: KernelsAVX512.maximumTileRows(),
          fetchSteps: KernelsAVX512.stepsOfAFetch(),
          convolutionTile: KernelsAVX512.convolutionTile,
          applyEpilogue: KernelsAVX512.applyEpilogue,
          winogradInput: KernelsAVX512.winogradInput, winogradOutput: KernelsAVX512.winogradOutput,
          affine: KernelsAVX512.affine,
          reluRow: KernelsAVX512.reluRow, addRows: KernelsAVX512.addRows,
          maxPoolRow: KernelsAVX512.maxPoolRow, globalAverage: KernelsAVX512.globalAverage,
          narrowTile: KernelsAVX512.narrowTile, depthwiseRow: KernelsAVX512.depthwiseRow,
          addUpsampledRow: KernelsAVX512.addUpsampledRow,
          multiplyAddLoop: KernelsAVX512.multiplyAddLoop,
          multiplyAddLoopOperations: KernelsAVX512.multiplyAddLoopOperations())
      case .avx2:
        unsafe KernelTable(
          panelWidth: KernelsAVX2.panelWidth(), tileRows: KernelsAVX2.maximumTileRows(),
          fetchSteps: KernelsAVX2.stepsOfAFetch(),
          convolutionTile: KernelsAVX2.convolutionTile, applyEpilogue: KernelsAVX2.applyEpilogue,
          winogradInput: KernelsAVX2.winogradInput, winogradOutput: KernelsAVX2.winogradOutput,
          affine: KernelsAVX2.affine,
          reluRow: KernelsAVX2.reluRow, addRows: KernelsAVX2.addRows,
          maxPoolRow: KernelsAVX2.maxPoolRow, globalAverage: KernelsAVX2.globalAverage,
          narrowTile: KernelsAVX2.narrowTile, depthwiseRow: KernelsAVX2.depthwiseRow,
          addUpsampledRow: KernelsAVX2.addUpsampledRow,
          multiplyAddLoop: KernelsAVX2.multiplyAddLoop,
          multiplyAddLoopOperations: KernelsAVX2.multiplyAddLoopOperations())
    #endif
    default:
      unsafe KernelTable(
        panelWidth: KernelsPortable.panelWidth(), tileRows: KernelsPortable.maximumTileRows(),
        fetchSteps: KernelsPortable.stepsOfAFetch(),
        convolutionTile: KernelsPortable.convolutionTile,
        applyEpilogue: KernelsPortable.applyEpilogue,
        winogradInput: KernelsPortable.winogradInput,
        winogradOutput: KernelsPortable.winogradOutput,
        affine: KernelsPortable.affine,
        reluRow: KernelsPortable.reluRow, addRows: KernelsPortable.addRows,
        maxPoolRow: KernelsPortable.maxPoolRow, globalAverage: KernelsPortable.globalAverage,
        narrowTile: KernelsPortable.narrowTile, depthwiseRow: KernelsPortable.depthwiseRow,
        addUpsampledRow: KernelsPortable.addUpsampledRow,
        multiplyAddLoop: KernelsPortable.multiplyAddLoop,
        multiplyAddLoopOperations: KernelsPortable.multiplyAddLoopOperations())
    }
  }

  /// What `convolutionTile` fetches at a time of `floats` for each step of K, shared out among tiles.
  func fetchShare(_ floats: Int, tiles: Int = 1) -> Int {
    (floats * fetchSteps / tiles + 15) / 16 * 16
  }
}
