import ArgumentParser
import CommandSupport
import Foundation
import ResNetV2
import Tensor
import WeightLoader

/// Finds the fastest algorithm of each layer on this machine.
struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Find each layer's fastest algorithm on this machine, and keep it.",
    discussion: """
      It runs the network with every algorithm in turn, and chooses the fastest for each layer. The \
      choice is kept for this processor, this number of threads and this input size, and used from \
      then on. It stands in the cache folder: $XDG_CACHE_HOME/mood or ~/.cache/mood. MOOD_CACHE names \
      another folder, or turns the cache off ("off").

      EXAMPLES
        mood-cli tune
        mood-cli tune --batch 8 --threads 2 --rounds 20
      """)

  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @Option(help: "Images in one pass.") var batch = 1
  @Option(help: "How often each algorithm runs the network.") var rounds = 15

  func validate() throws {
    if !(1...1024).contains(batch) { throw ValidationError("--batch is from 1 to 1024.") }
    if !(1...1000).contains(rounds) { throw ValidationError("--rounds is from 1 to 1000.") }
  }

  func run() throws {
    try reportingFailures {
      guard let directory = WeightCache.userDirectory else {
        throw Failure("no_cache", "there is no cache directory to keep the choice in")
      }
      let network = try ResNetV2(weights: weights.file(), options: engine.options)
      let height = network.metadata.inputHeight ?? 224
      let width = network.metadata.inputWidth ?? 224
      let showsProgress = Terminal.redrawsLines
      let choices = try network.network.tune(
        batch: batch, height: height, width: width, rounds: rounds
      ) {
        if showsProgress { Terminal.redraw("round \($0) of \(rounds) ") }
      }
      if showsProgress { Terminal.clearLine() }
      for (shape, algorithm) in choices.sorted(by: { "\($0.key)" < "\($1.key)" })
      where shape.candidates(network.network.options).count > 1 {
        let usual = shape.defaultAlgorithm(network.network.options)
        try StandardOutput.writeLine(
          "\(shape.height)×\(shape.width)×\(shape.input) → \(shape.output), "
            + "\(shape.images) at a time: \(algorithm.rawValue)"
            + (algorithm == usual ? "" : " (usually \(usual.rawValue))"))
      }
      if !TunedAlgorithms(directory: directory, options: network.network.options).add(choices) {
        throw Failure("unwritable_file", "\(directory) cannot be written", Failure.cannotWrite)
      }
    }
  }
}
