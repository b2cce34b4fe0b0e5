public import ArgumentParser
public import Tensor

/// What the network runs on.
public struct EngineArguments: ParsableArguments {
  @Option(help: "Engine: auto, vector (SIMD kernels, Winograd) or openblas (im2col, GEMM).")
  package var engine = Engine.auto
  @Option(help: "Instruction set: portable, avx2 or avx512; else the newest there is.")
  package var isa: InstructionSet?
  @Option(help: "fast, or strict: direct convolution only, no Winograd.")
  package var algorithms = AlgorithmSelection.fast
  @Option(help: "Threads; else one for each core.")
  package var threads: Int?

  /// Creates the arguments.
  public init() {}

  /// Refuses what is out of range.
  public func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is from 1 to 1024.")
    }
    if let isa, isa > InstructionSet.best {
      throw ValidationError("This processor, or this build, has no \(isa.rawValue).")
    }
  }

  /// The engine's options.
  ///
  /// - Throws: `TensorError` for a number of threads that ``validate()`` refuses.
  public var options: EngineOptions {
    get throws {
      try EngineOptions(
        engine: engine, instructionSet: isa, algorithms: algorithms, threads: threads)
    }
  }
}

extension Engine: ExpressibleByArgument {}
extension InstructionSet: ExpressibleByArgument {}
extension AlgorithmSelection: ExpressibleByArgument {}
