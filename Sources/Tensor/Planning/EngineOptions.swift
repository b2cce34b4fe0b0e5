/// How convolutions are computed.
public enum Engine: String, Sendable, CaseIterable {
  /// `vector` where the processor has AVX2 or AVX-512 or the build has no OpenBLAS, else `openblas`.
  case auto
  /// SIMD microkernels and Winograd, weights packed once.
  case vector
  /// im2col, or Winograd, and single-threaded `cblas_sgemm` over this package's own threads.
  case openblas

  /// Those that this build has, `auto` left out: `openblas` needs the package's trait `OpenBLAS`.
  public static let available: [Engine] = OpenBLAS.isAvailable ? [.vector, .openblas] : [.vector]
}

/// Which machine code the kernels use.
public enum InstructionSet: String, Sendable, CaseIterable, Comparable {
  /// What every processor of the architecture has.
  case portable
  /// AVX2 and FMA (x86-64-v3).
  case avx2
  /// AVX-512 F, VL, DQ, BW and CD (x86-64-v4).
  case avx512

  /// Whether `a` is the older of the two.
  public static func < (a: InstructionSet, b: InstructionSet) -> Bool {
    allCases.firstIndex(of: a) ?? 0 < allCases.firstIndex(of: b) ?? 0
  }
}

/// Which algorithms a convolution may be computed by.
public enum AlgorithmSelection: String, Sendable, CaseIterable {
  /// Winograd where it is faster: errors of a layer up to 2e-5 of its largest output.
  case fast
  /// Direct convolution only: up to 1.5e-6.
  case strict
}

/// What a ``Network`` should run on.
public struct EngineOptions: Sendable, Hashable {
  /// How convolutions are computed.
  public var engine: Engine
  /// Machine code to use, or nil for the newest that this processor has.
  public var instructionSet: InstructionSet?
  /// Which algorithms a convolution may be computed by.
  public var algorithms: AlgorithmSelection
  /// How many threads work, the calling one included; 1 to 1024.
  public private(set) var threads: Int
  /// Whether an image has the same bits in a batch of any size, with the engine `vector`: each
  /// convolution's algorithm is chosen as for one image. OpenBLAS may round a row by its place.
  public var isBatchInvariant = false

  /// Creates options for all threads that the machine has; without arguments for all else, too.
  public init(
    engine: Engine = .auto, instructionSet: InstructionSet? = nil,
    algorithms: AlgorithmSelection = .fast
  ) {
    self.init(
      engine: engine, instructionSet: instructionSet, algorithms: algorithms,
      checkedThreads: min(ProcessorCount.available, 1024))
  }

  /// Creates options for some number of threads, or nil for all that the machine has.
  ///
  /// - Throws: ``TensorError/invalidOption(name:value:expected:)`` unless `threads` is 1 to 1024.
  public init(
    engine: Engine = .auto, instructionSet: InstructionSet? = nil,
    algorithms: AlgorithmSelection = .fast,
    threads: Int?
  ) throws(TensorError) {
    self.init(engine: engine, instructionSet: instructionSet, algorithms: algorithms)
    guard let threads else { return }
    guard (1...1024).contains(threads) else {
      throw .invalidOption(name: "threads", value: "\(threads)", expected: "1 to 1024")
    }
    self.threads = threads
  }

  /// Creates options for a number of threads that was checked.
  package init(
    engine: Engine = .auto, instructionSet: InstructionSet? = nil,
    algorithms: AlgorithmSelection = .fast,
    checkedThreads threads: Int
  ) {
    precondition((1...1024).contains(threads), "\(threads) threads")
    self.engine = engine
    self.instructionSet = instructionSet
    self.algorithms = algorithms
    self.threads = threads
  }

  /// The same options with `auto` and nil replaced by what this processor has.
  package var resolved: EngineOptions {
    var result = self
    let best = InstructionSet.best
    result.instructionSet = min(instructionSet ?? best, best)
    if engine == .auto {
      let prefersBLAS = result.instructionSet == .portable && OpenBLAS.isAvailable
      result.engine = prefersBLAS ? .openblas : .vector
    }
    return result
  }
}
