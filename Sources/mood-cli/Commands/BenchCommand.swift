import ArgumentParser
import CommandSupport
import Foundation
import ONNXImport
import ResNetV2
import Tensor
import WeightLoader

/// Measures the network's speed.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast the network runs here.",
    discussion: """
      It warms up, then runs one pass after the other for some seconds. On a machine that others use \
      too, look at the minimum and the lower quartile. GFLOP/s count the operations of the layer's \
      definition; Winograd needs fewer, so it can exceed the peak of the machine. With \
      --random-weights no weight file is needed: the network gets random weights, at any input size.

      EXAMPLES
        mood-cli bench
        mood-cli bench --random-weights --input-size 224 --batch 8 --threads 1 --json
        mood-cli bench --per-layer --isa avx2
        mood-cli bench --model mobilenet.onnx --batch 8
        mood-cli bench --scaling
      """)

  @OptionGroup var weights: WeightsArguments
  @OptionGroup var model: ModelArguments
  @OptionGroup var engine: EngineArguments
  @Option(help: "Height and width of the input; else the weight file's, or 224.")
  var inputSize: Int?
  @Option(help: "Images in one pass.") var batch = 1
  @Option(help: "How long to measure.") var seconds = 3.0
  @Flag(help: "Make weights up instead of reading them.") var randomWeights = false
  @Flag(help: "A table of the layers with the algorithm of each.") var perLayer = false
  @Flag(help: "Measure with 1, 2, … threads up to --threads, three times in turns.")
  var scaling = false
  @Flag(help: "One JSON object.") var json = false

  func validate() throws {
    if scaling && perLayer { throw ValidationError("--scaling has no table of the layers.") }
    if model.model != nil, weights.weights != nil || randomWeights || inputSize != nil {
      throw ValidationError(
        "--model takes the place of --weights, --random-weights and --input-size.")
    }
    if let inputSize, !(32...4096).contains(inputSize) {
      throw ValidationError("--input-size is from 32 to 4096.")
    }
    if !(1...1024).contains(batch) { throw ValidationError("--batch is from 1 to 1024.") }
    if !(0.01...3600).contains(seconds) {
      throw ValidationError("--seconds is from 0.01 to 3600.")
    }
  }

  func run() throws {
    try reportingFailures {
      let options = try engine.options
      guard scaling else { return try measure(try compiled(options)) }
      let plans = try (1...options.threads).map { threads in
        try compiled(
          EngineOptions(
            engine: options.engine, instructionSet: options.instructionSet,
            algorithms: options.algorithms, threads: threads)
        ).plan
      }
      var times = plans.map { _ in Double.infinity }
      for _ in 0..<3 {
        for (index, plan) in plans.enumerated() {
          let measurement = try Measurement(
            plan, seconds: seconds / 3, perLayer: false, showsProgress: Terminal.redrawsLines)
          times[index] = min(times[index], measurement.times[0])
        }
      }
      let report = ScalingReport(batch: batch, times: times)
      try StandardOutput.writeLine(json ? try jsonLine(report) : report.text)
    }
  }

  /// The network ready to run, and its input's size.
  private func compiled(_ options: EngineOptions) throws -> (plan: CompiledPlan, size: [Int]) {
    if let opened = try model.opened(options) {
      return (
        try opened.network.compile(batch: batch, inputs: opened.imageShapes),
        opened.imageShapes.first?.dimensions ?? []
      )
    }
    let network = try makeNetwork(options)
    let side = inputSize ?? network.metadata.inputHeight ?? 224
    let width = inputSize ?? network.metadata.inputWidth ?? side
    guard network.accepts(height: side, width: width) else {
      throw Failure(
        "bad_size", "the weights are for another input size; --random-weights takes any",
        .validationFailure)
    }
    return (try network.network.compile(batch: batch, height: side, width: width), [side, width])
  }

  private func measure(_ compiled: (plan: CompiledPlan, size: [Int])) throws {
    let measurement = try Measurement(
      compiled.plan, seconds: seconds, perLayer: perLayer, showsProgress: Terminal.redrawsLines)
    let report = BenchReport(measurement, plan: compiled.plan.plan, inputSize: compiled.size)
    try StandardOutput.writeLine(json ? try jsonLine(report) : report.text)
  }

  private func makeNetwork(_ options: EngineOptions) throws -> ResNetV2 {
    if !randomWeights { return try ResNetV2(weights: weights.file(), options: options) }
    let size = inputSize ?? 224
    let metadata = ModelMetadata(
      architecture: Architecture.resNet50V2.rawValue, inputHeight: size, inputWidth: size,
      classNames: (0..<7).map { "class \($0)" },
      headLayers: [
        .batchNormalization(name: "batch_normalization", epsilon: 1e-3), .flatten(name: "flatten"),
        .dense(name: "dense", units: 64, activation: .relu),
        .batchNormalization(name: "batch_normalization_1", epsilon: 1e-3),
        .dense(name: "dense_1", units: 7, activation: .softmax),
      ])
    return try ResNetV2(
      metadata: metadata, options: options, source: try RandomWeights.source(for: metadata))
  }
}
